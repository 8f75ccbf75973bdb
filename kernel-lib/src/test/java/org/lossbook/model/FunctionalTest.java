package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.add;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.concatenate;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.dropout;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.gradientCheck;
import static org.lossbook.Lossbook.huber;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.learned;
import static org.lossbook.Lossbook.model;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Dataset;
import org.lossbook.layer.Node;

/** Networks that are no straight line: how they are said, trained, shown, and what they refuse. */
class FunctionalTest {
  private static final int SAMPLES = 64;

  @Test
  void aStraightLineIsTheSameModelHoweverItIsSaid() {
    var x = input(3);
    var y = dense(1).of(dense(8).relu().of(x));
    var data = data(SAMPLES);
    try (var said = model(x, y).seed(1).compile(adam(), mse());
        var sequential =
            sequential(input(3), dense(8).relu(), dense(1)).seed(1).compile(adam(), mse())) {
      var options = epochs(3).seed(2).quiet();
      assertThat(said.fit(data, options).get("loss"))
          .isEqualTo(sequential.fit(data, options).get("loss"));
      assertThat(said.summary()).isEqualTo(sequential.summary());
    }
  }

  @Test
  void eachOutputHasItsLossAndItsMetricsInTheHistory() {
    try (var two = priceAndSold()) {
      var history = two.fit(facts(), targets(), epochs(40).seed(1).quiet());

      assertThat(history.names())
          .containsExactly("loss", "price_loss", "sold_loss", "sold_accuracy");
      assertThat(history.last("loss"))
          .isEqualTo(history.last("price_loss") + history.last("sold_loss"), within(1e-6));
      assertThat(history.last("price_loss")).isLessThan(history.get("price_loss").get(0) / 2);
      var judged = two.evaluate(facts(), targets());
      assertThat(judged.figures().keySet()).isEqualTo(history.names());
      assertThat(two.predictValues(facts(), "sold").shape()).containsExactly(SAMPLES, 1);
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  @Test
  void severalInputsCountBySamplesAndValidateToo() {
    try (var two = priceAndSold()) {
      var history =
          two.fit(
              facts(), targets(), epochs(2).validationSplit(0.25).batchSize(10).seed(1).quiet());
      assertThat(history.names()).contains("val_price_loss", "val_sold_accuracy");
      var whole = Dataset.of(facts(), targets());
      assertThat(whole.sampleShapes()).hasSize(2);
      assertThat(two.evaluate(whole.rows(0, 9)).samples()).isEqualTo(9);
    }
  }

  @Test
  void oneTaskAloneAndBothGiveTheirSumAndWeights() {
    var x = input(3);
    var h = dense(4).tanh().of(x);
    var network = model(x, List.of(dense(1).named("a").of(h), dense(1).named("b").of(h))).seed(3);
    var y = List.of(column(1), column(2));
    try (var both = network.compile(sgd(), List.of(mse(), mse().times(0.25)));
        var halves = network.compile(sgd(), List.of(mse(), mse().times(0.125)))) {
      double a = both.evaluate(rows(3), y).get("a_loss");
      double b = both.evaluate(rows(3), y).get("b_loss");
      assertThat(halves.evaluate(rows(3), y).loss()).isEqualTo(a + b / 2, within(1e-6));
    }
  }

  @Test
  void aLearnedSettingOfOneOutputCarriesItsName() {
    var x = input(3);
    var network = model(x, List.of(dense(1).named("a").of(x), dense(1).named("b").of(x))).seed(3);
    try (var both = network.compile(adam(), List.of(mse(), huber().delta(learned(1))))) {
      var history = both.fit(rows(3), List.of(column(1), column(2)), epochs(2).seed(1).quiet());
      assertThat(history.names()).contains("b_delta");
      assertThat(both.setting("b_delta"))
          .isEqualTo(history.last("b_delta"), within(1e-6))
          .isNotEqualTo(1);
    }
  }

  @Test
  void aLayerThatIsUsedTwiceHasItsWeightsOnce() {
    var a = input(3);
    var b = input(3);
    var both = dense(4).relu();
    var network = model(List.of(a, b), dense(1).of(add().of(both.of(a), both.of(b))));
    assertThat(network.summary().totalParameters()).isEqualTo(3 * 4 + 4 + 4 + 1);
    assertThat(network.toString()).contains("dense  ", "dense (dense, again)", "Connected to");
  }

  @Test
  void frozenWeightsStayAndTheOthersMove() {
    var network = sequential(input(3), dense(4).relu().frozen(), dropout(0.2), dense(1)).seed(1);
    assertThat(network.summary().trainableParameters()).isEqualTo(5);
    try (var still = network.compile(adam(), mse())) {
      var before = still.weightValues("dense/kernel");
      var moving = still.weightValues("dense_1/kernel");
      still.fit(data(SAMPLES), epochs(2).seed(1).quiet());
      assertThat(still.weightValues("dense/kernel")).isEqualTo(before);
      assertThat(still.weightValues("dense_1/kernel")).isNotEqualTo(moving);
    }
  }

  @Test
  void ofAWhollyFrozenNetworkThereIsNothingToCheck() {
    try (var still = sequential(input(3), dense(1).frozen()).compile(adam(), mse())) {
      assertThat(gradientCheck(still, rows(3), column(1)).toString())
          .contains("no weight is trainable");
    }
  }

  @Test
  void aTrainedNetworkIsALayerOfAnother() {
    var data = data(SAMPLES);
    try (var first =
        sequential(input(3), dense(6).relu().named("eyes"), dense(1))
            .seed(1)
            .compile(adam(), mse())) {
      first.fit(data, epochs(3).seed(1).quiet());
      var eyes = first.network().upTo("eyes").frozen().named("seen");
      try (var second = sequential(input(3), eyes, dense(1)).seed(2).compile(adam(), mse());
          var again = first.network().compile(sgd(), mse())) {
        assertThat(second.weightNames())
            .containsExactly("seen/eyes/kernel", "seen/eyes/bias", "dense/kernel", "dense/bias");
        assertThat(again.predictValues(data)).isEqualTo(first.predictValues(data));
        second.fit(data, epochs(2).seed(1).quiet());
        assertThat(second.weightValues("seen/eyes/kernel"))
            .isEqualTo(first.weightValues("eyes/kernel"));
      }
    }
  }

  @Test
  void aPartOfANetworkIsWhatItsEndIsComputedFromAndNoMore() {
    var a = input(3).named("a");
    var b = input(3).named("b");
    var shared = dense(4).named("shared");
    var left = dense(2).named("left").of(shared.of(a));
    var right = dense(2).named("right").of(shared.of(b));
    var whole = model(List.of(a, b), add().named("both").of(left, right)).seed(1);
    try (var all = whole.compile(sgd(), mse());
        var one = all.network().upTo("right").compile(sgd(), mse())) {
      assertThat(one.weightNames())
          .containsExactly("shared/kernel", "shared/bias", "right/kernel", "right/bias");
      assertThat(one.weightValues("shared/kernel")).isEqualTo(all.weightValues("shared/kernel"));
      assertThat(one.predictValues(rows(3)).shape()).containsExactly(SAMPLES, 2);
      assertThat(one.summary().toString()).doesNotContain("left", "again");
      assertThat(all.network().upTo("both").summary()).isEqualTo(all.summary());
    }
  }

  @Test
  void theGradientOfWhatIsFrozenIsRefused() {
    try (var still = sequential(input(3), dense(1).frozen()).compile(sgd(), mse())) {
      assertThatThrownBy(() -> still.gradient("dense/kernel"))
          .hasMessageContaining("receives dense/kernel, which is frozen");
    }
  }

  @Test
  void theLoopByHandTakesSeveralInputsAndOutputs() {
    try (var byHand = priceAndSold();
        var fitted = priceAndSold()) {
      for (int epoch = 0; epoch < 2; epoch++) {
        byHand.zeroGrad();
        byHand.loss(facts(), targets()).backward();
        byHand.step();
      }
      fitted.fit(facts(), targets(), epochs(2).batchSize(SAMPLES).shuffle(false).seed(1).quiet());
      for (String name : fitted.weightNames()) {
        assertThat(byHand.weightValues(name)).as(name).isEqualTo(fitted.weightValues(name));
      }
    }
  }

  @Test
  void mistakesGetAnAnswerThatSaysWhatToWrite() {
    var a = input(3).named("a");
    var b = input(3).named("b");
    Node sum = add().of(a, b);
    assertThatThrownBy(() -> add().of(a, input(4)))
        .hasMessage(
            "add expects values of one shape, or with extents of 1 that it can repeat, but receives [batch, 3] and [batch, 4]: give both layers before it the same size, or take concatenate().");
    assertThatThrownBy(() -> add().of(a))
        .hasMessageStartingWith("add expects two or more values but receives 1");
    assertThatThrownBy(() -> dense(2).of(a, b))
        .hasMessage(
            "dense expects one value but receives 2: join them before it, with concatenate().of(…) or add().of(…).");
    assertThatThrownBy(() -> model(a, dense(1).of(sum)))
        .hasMessageContaining(
            "model expects every input that its outputs need but lacks an input \"b\"");
    assertThatThrownBy(() -> model(List.of(a, b), dense(1).of(a)))
        .hasMessageContaining("but b leads to none");
    assertThatThrownBy(() -> model(sum, a)).hasMessageContaining("put the outputs second");
    assertThatThrownBy(() -> concatenate().axis(0)).hasMessageContaining("0, the batch");
    assertThatThrownBy(() -> dense(1).of((Node) null)).hasMessageContaining("receives null");
    assertThatThrownBy(() -> dense(1).named(null)).hasMessageContaining("a name without a slash");
    assertThatThrownBy(() -> sequential(input(2), dense(1)).named(null))
        .hasMessageContaining("a name without a slash");
    var shared = dense(2);
    assertThatThrownBy(() -> model(List.of(a), List.of(shared.of(a), shared.of(dense(5).of(a)))))
        .hasMessageContaining("as its weights are shared");
  }

  @Test
  void severalOutputsAskForTheirLossesTargetsAndNames() {
    var x = input(3);
    var network =
        model(x, List.of(dense(1).named("price").of(x), dense(1).sigmoid().named("sold").of(x)));
    assertThatThrownBy(() -> network.compile(adam(), mse()))
        .hasMessage(
            "compile expects a loss for each of the 2 outputs, price, sold, but receives 1: give them in that order, in List.of(…).");
    var losses = List.of(mse(), binaryCrossentropy());
    assertThatThrownBy(() -> network.compile(adam(), losses, accuracy()))
        .hasMessageContaining("write .on(\"price\") after it");
    assertThatThrownBy(
            () -> network.compile(adam(), List.of(mse(), binaryCrossentropy().fromLogits())))
        .hasMessageStartingWith("sold: ");
    try (var two = network.compile(adam(), losses)) {
      assertThatThrownBy(() -> two.predict(rows(3)))
          .hasMessage(
              "predict expects the name of one of the outputs price, sold but receives none: write predict(x, \"price\").");
      assertThatThrownBy(() -> two.fit(rows(3), column(1), epochs(1).quiet()))
          .hasMessageContaining("expects a target for each");
      assertThatThrownBy(() -> two.fit(List.of(rows(3), rows(3)), column(1), epochs(1).quiet()))
          .hasMessageContaining("give an array");
    }
  }

  @Test
  void anOutputThatOthersReadKeepsItsFunctionInTraining() {
    var x = input(3);
    var p = dense(3).softmax().named("p").of(x);
    var network = model(x, List.of(p, dense(1).named("after").of(p)));
    var y = List.of(labels(), column(2));
    try (var both =
        network.seed(1).compile(sgd(), List.of(sparseCategoricalCrossentropy(), mse()))) {
      double before = both.evaluate(rows(3), y).loss();
      double trained =
          both.fit(rows(3), y, epochs(1).batchSize(SAMPLES).seed(1).quiet()).last("loss");
      assertThat(trained).isEqualTo(before, within(1e-5));
    }
  }

  private static Model priceAndSold() {
    var place = input(2).named("place");
    var size = input(1).named("size");
    var h = dense(8).relu().of(concatenate().of(place, size));
    var price = dense(1).named("price").of(h);
    var sold = dense(1).sigmoid().named("sold").of(h);
    return model(List.of(place, size), List.of(price, sold))
        .seed(5)
        .compile(
            adam().learningRate(0.01), List.of(mse(), binaryCrossentropy()), accuracy().on("sold"));
  }

  private static List<double[][]> facts() {
    return List.of(rows(2), rows(1));
  }

  private static List<double[]> targets() {
    double[] price = column(1);
    double[] sold = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      sold[i] = price[i] > 0 ? 1 : 0;
    }
    return List.of(price, sold);
  }

  private static Dataset data(int samples) {
    return Dataset.of(rows(3), column(1)).take(samples);
  }

  private static double[][] rows(int width) {
    var random = new Random(width);
    double[][] rows = new double[SAMPLES][width];
    for (double[] row : rows) {
      for (int i = 0; i < width; i++) {
        row[i] = random.nextGaussian();
      }
    }
    return rows;
  }

  private static double[] column(int factor) {
    double[][] rows = rows(2);
    double[] y = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      y[i] = factor * rows[i][0] - rows[i][1];
    }
    return y;
  }

  private static double[] labels() {
    double[] y = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      y[i] = i % 3;
    }
    return y;
  }
}
