package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.data.Dataset;
import org.lossbook.layer.Node;

/** What goes around a model, around one of two inputs and two outputs, a part of it frozen. */
class SeveralOutputsTest {
  private static final int SAMPLES = 40;

  private static Functional network() {
    var place = input(2).named("place");
    var size = input(1).named("size");
    var shared = dense(4).tanh().l2(0.01).maxNorm(2).named("shared");
    var still = dense(3).relu().l2(0.5).frozen().named("still");
    var h = concatenate().of(shared.of(place), shared.of(still(size)), still.of(place));
    return model(
        List.of(place, size),
        List.of(dense(1).named("price").of(h), dense(1).sigmoid().named("sold").of(h)));
  }

  /** A network as a layer, to the width of the place. */
  private static Node still(Node size) {
    return sequential(input(1), dense(2).l1(0.01).named("inner")).named("nested").of(size);
  }

  private static Model compiled() {
    return network()
        .seed(3)
        .compile(
            adamw().learningRate(0.02).weightDecay(0.1),
            List.of(mse(), binaryCrossentropy()),
            accuracy().on("sold"));
  }

  private static Dataset data() {
    var random = new Random(1);
    double[][] place = new double[SAMPLES][2];
    double[][] size = new double[SAMPLES][1];
    double[] price = new double[SAMPLES];
    double[] sold = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      place[i][0] = random.nextGaussian();
      place[i][1] = random.nextGaussian();
      size[i][0] = random.nextGaussian();
      price[i] = place[i][0] - size[i][0];
      sold[i] = price[i] > 0 ? 1 : 0;
    }
    return Dataset.of(List.of(place, size), List.of(price, sold));
  }

  @Test
  void penaltiesAreOfWhatIsTrainedOnceHoweverOftenItIsUsed() {
    try (Model model = compiled()) {
      double expected = 0;
      for (float w : model.weightValues("shared/kernel").toFloats()) {
        expected += 0.01 * w * w;
      }
      for (float w : model.weightValues("nested/inner/kernel").toFloats()) {
        expected += 0.01 * Math.abs(w);
      }
      var judged = model.evaluate(data());
      assertThat(judged.loss() - judged.get("price_loss") - judged.get("sold_loss"))
          .isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void neitherDecayNorPenaltiesMoveWhatIsFrozen() {
    try (Model model = compiled()) {
      var still = model.weightValues("still/kernel");
      model.fit(data(), epochs(3).batchSize(16).seed(1).quiet());
      assertThat(model.weightValues("still/kernel")).isEqualTo(still);
    }
  }

  @Test
  void sampleWeightsCountInEachLossAndInTheSplit() {
    double[] weights = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      weights[i] = i % 2 == 0 ? 2 : 0;
    }
    var options = epochs(1).batchSize(SAMPLES).shuffle(false).seed(1).quiet();
    try (Model weighted = compiled();
        Model plain = compiled()) {
      var history = weighted.fit(data(), options.sampleWeight(weights));
      double sum = 0;
      for (int i = 0; i < SAMPLES; i += 2) {
        sum += plain.evaluate(data().rows(i, i + 1)).get("price_loss") * 2;
      }
      assertThat(history.last("price_loss")).isCloseTo(sum / SAMPLES, within(1e-5));
      var split = weighted.fit(data(), options.sampleWeight(weights).validationSplit(0.5));
      assertThat(split.names()).contains("val_sold_accuracy", "val_price_loss");
      assertThatThrownBy(() -> weighted.fit(data(), options.classWeight(Map.of(0, 1, 1, 2))))
          .hasMessageContaining("classWeight expects a model of one output");
    }
  }

  @Test
  void callbacksAndSearchFollowTheFigureOfOneOutput(@TempDir Path folder) {
    var best = checkpoint(folder.resolve("best.keras").toString()).saveBestOnly();
    var options = epochs(6).batchSize(16).validationSplit(0.25).seed(1).quiet();
    try (Model model = compiled()) {
      var history =
          model.fit(
              data(),
              options.callbacks(
                  best.monitor("val_price_loss"),
                  earlyStopping().monitor("val_sold_accuracy").patience(9).restoreBestWeights()));
      try (Model loaded = loadModel(folder.resolve("best.keras").toString())) {
        double least = history.get("val_price_loss").stream().min(Double::compare).orElseThrow();
        assertThat(loaded.evaluate(data().rows(30, 40)).get("price_loss"))
            .isCloseTo(least, within(1e-5));
      }
    }
    var found =
        search(
                space("rate", 1e-6, 0.05),
                s ->
                    network()
                        .seed(1)
                        .compile(
                            adam().learningRate(s.number("rate")),
                            List.of(mse(), binaryCrossentropy())))
            .grid()
            .monitor("val_price_loss")
            .seed(1)
            .quiet()
            .fit(data(), options);
    assertThat(found.best().settings().number("rate")).isEqualTo(0.05);
    found.bestModel().close();
  }

  @Test
  void whatIsOfOneOutputAsksForOne() {
    try (Model model = compiled()) {
      assertThat(landscape(model, data()).resolution(3).grid().z()[1][1])
          .isCloseTo(model.evaluate(data()).loss(), within(1e-5));
      assertThatThrownBy(() -> report(model, data()))
          .hasMessageStartingWith(
              "report expects a model of one output but this one has price, sold");
      assertThatThrownBy(() -> confusionMatrix(model, data()))
          .hasMessageStartingWith("confusionMatrix expects a model of one output");
      assertThatThrownBy(() -> rocCurve(model, data()))
          .hasMessageStartingWith("rocCurve expects a model of one output");
    }
  }
}
