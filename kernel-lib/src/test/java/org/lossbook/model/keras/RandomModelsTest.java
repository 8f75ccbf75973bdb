package org.lossbook.model.keras;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random models of all layers predict and train as in Keras. */
class RandomModelsTest {
  @TempDir static Path folder;

  static Stream<KerasFolder.Saved> models() throws IOException {
    try (InputStream packed =
            RandomModelsTest.class.getResourceAsStream("/golden/random_models.zip");
        ZipInputStream zip = new ZipInputStream(packed)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.write(folder.resolve(Path.of(entry.getName()).getFileName()), zip.readAllBytes());
      }
    }
    return new KerasFolder(folder).models().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void itPredictsAndTrainsAsInKeras(KerasFolder.Saved model) {
    model.check();
  }
}
