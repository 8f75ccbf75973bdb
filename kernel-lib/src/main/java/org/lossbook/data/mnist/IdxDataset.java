package org.lossbook.data.mnist;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.lossbook.base.Messages;
import org.lossbook.data.DataException;
import org.lossbook.data.Split;
import org.lossbook.data.download.Download;
import org.lossbook.data.download.Locations;
import org.lossbook.data.picture.ImageDataset;

/**
 * A published dataset of images and labels in four IDX files, which are looked for in the user's
 * folder, then in the cache, then on mirrors.
 *
 * @param title the common name of the dataset
 * @param folder the name of its folder, in the user's data folder and in the cache
 */
record IdxDataset(
    String title,
    String folder,
    List<String> classNames,
    IdxFile trainImages,
    IdxFile trainLabels,
    IdxFile testImages,
    IdxFile testLabels,
    List<URI> mirrors) {

  /**
   * Loads and verifies training and test data.
   *
   * @throws DataException.Unavailable if a file is in no folder and on no mirror
   * @throws DataException if a file exists but is not the published one
   */
  Split load(Locations locations) {
    var train = images(trainImages, trainLabels, locations);
    var test = images(testImages, testLabels, locations);
    return new Split(title, train, test);
  }

  private ImageDataset images(IdxFile pixels, IdxFile labels, Locations locations) {
    byte[] bytes = bytes(pixels, locations);
    byte[] classes = bytes(labels, locations);
    return new ImageDataset(
        bytes, classes, pixels.shape().get(1), pixels.shape().get(2), 1, classNames);
  }

  private byte[] bytes(IdxFile file, Locations locations) {
    var cached = locations.cache().resolve(folder).resolve(file.fileName());
    return Stream.concat(
            locations.data().stream()
                .map(data -> data.resolve(folder))
                .flatMap(d -> names(d, file)),
            names(cached.getParent(), file))
        .filter(Files::isRegularFile)
        .findFirst()
        .map(path -> read(file, path))
        .orElseGet(
            () ->
                new Download(title, mirrors, locations.timeouts(), locations.out())
                    .fetch(file, cached));
  }

  private static byte[] read(IdxFile file, Path path) {
    try {
      return file.read(path);
    } catch (IOException e) {
      throw new DataException(
          Messages.of(
              "%s (%s bytes) is expected but %s %s: delete that file, and the next call fetches it again.",
              file.name(), file.shapeText(), path, e.getMessage()),
          e);
    }
  }

  private static Stream<Path> names(Path folder, IdxFile file) {
    return Stream.of(folder.resolve(file.fileName()), folder.resolve(file.name()));
  }
}
