package org.lossbook.pretrained;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.data.download.Locations;
import org.lossbook.io.Json;

/** The names of ImageNet's 1,000 classes, from the file that Keras publishes. */
final class ImageNetClasses {
  private static final int COUNT = 1000;
  private static final PublishedFile FILE =
      new PublishedFile(
          "The names of the classes",
          URI.create(
              "https://storage.googleapis.com/download.tensorflow.org/data/imagenet_class_index.json"),
          Optional.of("c2c37ea517e94d9795004a39431a14cb"),
          1 << 20);

  private ImageNetClasses() {}

  static List<String> names(Locations locations) {
    try {
      return names(Files.readString(FILE.find(locations)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names in {@code {"0": ["n01440764", "tench"], …}}. */
  static List<String> names(String json) {
    Map<String, Object> index = Json.object(json);
    return IntStream.range(0, COUNT)
        .mapToObj(i -> Json.list("a class", index.get(String.valueOf(i))).get(1).toString())
        .map(name -> name.replace('_', ' '))
        .toList();
  }
}
