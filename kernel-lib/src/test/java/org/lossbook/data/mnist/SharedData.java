package org.lossbook.data.mnist;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.lossbook.data.download.Locations;

/** Where tests find the real MNIST: {@code $LOSSBOOK_DATA}, else {@code shared/data} above us. */
final class SharedData {
  private SharedData() {}

  static Locations places() {
    var usual = Locations.standard();
    return new Locations(
        usual.data().or(SharedData::nearby), usual.cache(), usual.timeouts(), usual.out());
  }

  private static Optional<Path> nearby() {
    return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolve("shared").resolve("data"))
        .filter(folder -> Files.isDirectory(folder.resolve("mnist")))
        .findFirst();
  }
}
