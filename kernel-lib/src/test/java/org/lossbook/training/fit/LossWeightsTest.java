package org.lossbook.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.huber;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.learned;
import static org.lossbook.Lossbook.loadModel;
import static org.lossbook.Lossbook.mae;
import static org.lossbook.Lossbook.model;
import static org.lossbook.Lossbook.mse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.callback.History;
import org.lossbook.loss.Loss;
import org.lossbook.model.Model;
import org.lossbook.model.keras.HostileFileTest;

/** Keras's {@code loss_weights}: they weigh the total, and no output's own history. */
class LossWeightsTest {
  private static final Offset<Double> CLOSE = within(1e-6);

  @TempDir private Path folder;
  private final float[][] x = {{0.1f, 0.7f}, {0.4f, -0.2f}, {-0.9f, 0.3f}, {0.8f, 0.5f}};
  private final List<Object> y =
      List.of(
          new float[][] {{1}, {0}, {2}, {-1}}, new float[][] {{1, 2}, {0, 1}, {0.5f, -1}, {2, 0}});

  private Model compiled(List<Loss> losses) {
    var given = input(2);
    var h = dense(3).tanh().of(given);
    var outputs = List.of(dense(1).named("price").of(h), dense(2).named("place").of(h));
    return model(given, outputs).seed(1).compile(adam(), losses);
  }

  @Test
  void aFilesLossWeightsWeighTheTotalAlone() throws IOException {
    String plain = folder.resolve("plain.keras").toString();
    try (Model model = compiled(List.of(mse(), mae()))) {
      model.save(plain);
    }
    for (String weights :
        List.of("{\"price\":0.5,\"place\":3.0}", "[0.5,3]", "{\"place\":3,\"price\":0.5}")) {
      try (Model model = loadModel(with(plain, weights));
          Model beside = loadModel(plain);
          Model twin = compiled(List.of(mse().times(0.5), mae().times(3)))) {
        Evaluation said = model.evaluate(x, y);
        Evaluation alone = beside.evaluate(x, y);
        assertThat(said.get("price_loss")).isEqualTo(alone.get("price_loss"));
        assertThat(said.get("place_loss")).isEqualTo(alone.get("place_loss"));
        double total = 0.5 * alone.get("price_loss") + 3 * alone.get("place_loss");
        assertThat(said.loss()).isCloseTo(total, CLOSE);

        History history = model.fit(x, y, epochs(3).batchSize(2).seed(1).quiet());
        History other = twin.fit(x, y, epochs(3).batchSize(2).seed(1).quiet());
        assertThat(history.last("loss")).isCloseTo(other.last("loss"), CLOSE);
        assertThat(3 * history.last("place_loss")).isCloseTo(other.last("place_loss"), CLOSE);

        String again = folder.resolve("again.keras").toString();
        model.save(again);
        try (Model loaded = loadModel(again)) {
          assertThat(loaded.evaluate(x, y).toString()).isEqualTo(model.evaluate(x, y).toString());
        }
      }
    }
  }

  @Test
  void whatALossLearnsFollowsItsWeightToo() throws IOException {
    String plain = folder.resolve("plain.keras").toString();
    List<Loss> learning = List.of(mse(), huber().delta(learned(0.5)));
    try (Model model = compiled(learning)) {
      model.save(plain);
    }
    try (Model still = loadModel(with(plain, "[1, 0]"))) {
      still.fit(x, y, epochs(3).seed(1).quiet());
      assertThat(still.setting("place_delta")).isEqualTo(0.5, within(1e-7));
      assertThat(still.history().last("place_loss")).isPositive();
    }
  }

  @Test
  void aWeightThatIsNoNumberIsNamed() throws IOException {
    String plain = folder.resolve("plain.keras").toString();
    try (Model model = compiled(List.of(mse(), mae()))) {
      model.save(plain);
    }
    try (Model model = loadModel(with(plain, "[1, \"a lot\"]"))) {
      assertThatThrownBy(() -> model.fit(x, y, epochs(1).quiet()))
          .hasMessageContaining("it has loss_weights \"a lot\", which are not numbers");
    }
  }

  @Test
  void aReductionOfNoneIsNoMean() throws IOException {
    String plain = folder.resolve("plain.keras").toString();
    try (Model model = compiled(List.of(mse(), mae()))) {
      model.save(plain);
    }
    String sum = "\"reduction\":\"sum_over_batch_size\"";
    for (String none : List.of("null", "\"none\"")) {
      String file = edited(plain, sum, "\"reduction\":" + none);
      try (Model model = loadModel(file)) {
        assertThatThrownBy(() -> model.fit(x, y, epochs(1).quiet()))
            .hasMessageContaining("MeanSquaredError expects one of")
            .hasMessageContaining("for reduction but the file says");
      }
    }
  }

  private String with(String file, String lossWeights) throws IOException {
    return edited(file, "\"loss_weights\":null", "\"loss_weights\":" + lossWeights);
  }

  private String edited(String file, String there, String instead) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (var zip = new ZipFile(file)) {
      for (var entry : zip.stream().toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    String config = new String(entries.get("config.json"), StandardCharsets.UTF_8);
    String compact = config.replace("\": ", "\":");
    assertThat(compact).contains(there);
    entries.put("config.json", compact.replace(there, instead).getBytes(StandardCharsets.UTF_8));
    Path edited = folder.resolve("edited.keras");
    return Files.write(edited, HostileFileTest.archive(entries)).toString();
  }
}
