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
    return unpacked("random_models");
  }

  static Stream<KerasFolder.Saved> sequences() throws IOException {
    return unpacked("random_sequences");
  }

  private static Stream<KerasFolder.Saved> unpacked(String name) throws IOException {
    Path to = Files.createDirectories(folder.resolve(name));
    try (InputStream packed =
            RandomModelsTest.class.getResourceAsStream("/golden/" + name + ".zip");
        ZipInputStream zip = new ZipInputStream(packed)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.write(to.resolve(Path.of(entry.getName()).getFileName()), zip.readAllBytes());
      }
    }
    return new KerasFolder(to).models().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void itPredictsAndTrainsAsInKeras(KerasFolder.Saved model) {
    model.check();
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void aModelOfSequencesPredictsAndTrainsAsInKeras(KerasFolder.Saved model) {
    model.check();
  }
}
