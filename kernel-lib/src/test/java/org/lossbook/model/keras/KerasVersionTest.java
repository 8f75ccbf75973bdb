package org.lossbook.model.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.loadModel;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.tversky;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.loss.Loss;
import org.lossbook.model.Model;
import org.lossbook.training.fit.Evaluation;

/** What a file means follows from the version of Keras that wrote it. */
class KerasVersionTest {
  @TempDir private Path folder;
  private final double[][] x = {{0.2, 0.9}, {-0.5, 0.4}, {0.7, -0.1}};
  private final double[] y = {1, 0, 1};

  @Test
  void tverskysLettersAreThoseOfTheVersion() throws IOException {
    String file = folder.resolve("masks.keras").toString();
    for (Loss loss :
        new Loss[] {
          tversky(0.3, 0.7), tversky(0.3, 0.7).times(2).plus(binaryCrossentropy()), tversky()
        }) {
      try (Model model =
          sequential(input(2), dense(1).sigmoid())
              .seed(1)
              .compile(adam(), loss, tversky(0.2, 0.9))) {
        model.save(file);
        Evaluation said = model.evaluate(x, y);
        assertEvaluatesTo(file, said);

        boolean isEven = !loss.toString().contains("0.3");
        String config = entry(file, "config.json");
        assertThat(entry(file, "metadata.json")).contains("3.15.1");
        assertThat(config)
            .containsPattern("\"beta\": ?0.2")
            .containsPattern("\"alpha\": ?" + (isEven ? "0.5" : "0.7"));

        String newer = edited(file, "3.15.1", "3.16.0");
        try (Model turned = loadModel(newer)) {
          assertThat(turned.losses().get(0).toString().contains("α = 0.7")).isEqualTo(!isEven);
          assertThat(turned.evaluate(x, y).get("tversky"))
              .isCloseTo(tversky(0.9, 0.2).of(y, model.predictValues(x)), within(1e-6));
        }
        assertEvaluatesTo(edited(file, "3.15.1", "3.4.0-dev"), said);
        assertThat(loadModel(edited(file, "3.15.1", "of late")).losses()).hasSize(1);
      }
    }
  }

  @Test
  void aVersionIsReadAsFarAsItMatters() {
    assertThat(KerasVersion.of("3.15.1")).contains(new KerasVersion(3, 15));
    assertThat(KerasVersion.of("2.15.0")).contains(new KerasVersion(2, 15));
    assertThat(KerasVersion.of("4.0.0rc1")).contains(new KerasVersion(4, 0));
    assertThat(KerasVersion.of("")).isEmpty();
    assertThat(KerasVersion.of("99999999999999.1")).isEmpty();
    assertThat(KerasVersion.ofMetadata("{\"keras_version\": 3}")).isEmpty();
    assertThat(KerasVersion.ofMetadata("no json")).isEmpty();
  }

  private void assertEvaluatesTo(String file, Evaluation said) {
    try (Model loaded = loadModel(file)) {
      assertThat(loaded.evaluate(x, y)).hasToString(said.toString());
    }
  }

  private static String entry(String file, String name) throws IOException {
    try (var zip = new ZipFile(file)) {
      byte[] bytes = zip.getInputStream(zip.getEntry(name)).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private String edited(String file, String there, String instead) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (var zip = new ZipFile(file)) {
      for (var entry : zip.stream().toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    String metadata = entry(file, "metadata.json");
    assertThat(metadata).contains(there);
    entries.put("metadata.json", metadata.replace(there, instead).getBytes(StandardCharsets.UTF_8));
    Path edited = folder.resolve("edited.keras");
    return Files.write(edited, HostileFileTest.archive(entries)).toString();
  }
}
