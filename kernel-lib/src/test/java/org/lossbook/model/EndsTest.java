package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.layer.Input;
import org.lossbook.layer.Layer;
import org.lossbook.layer.Node;
import org.lossbook.loss.Loss;

/**
 * What a model ends in is judged by the numbers that come out, whichever layer made them: what fits
 * trains, what does not is refused, and the change that the refusal advises helps.
 */
class EndsTest {
  private static final int SAMPLES = 24;
  private static final Loss LOGITS = binaryCrossentropy().fromLogits();
  private static final Loss CLASSES = sparseCategoricalCrossentropy();
  private static final Loss CLASS_LOGITS = sparseCategoricalCrossentropy().fromLogits();

  private static Blueprint<?> row(Layer... layers) {
    return after(input(3), layers);
  }

  private static Blueprint<?> image(Layer... layers) {
    return after(input(4, 4, 1), layers);
  }

  private static Blueprint<?> after(Input input, Layer... layers) {
    return sequential(Stream.concat(Stream.of(input), Arrays.stream(layers)).toArray(Layer[]::new));
  }

  /** A network of one input in which values are joined. */
  private static Blueprint<?> joined(Function<Node, Node> end) {
    var x = input(3);
    return model(x, end.apply(x));
  }

  private static Node of(Layer join, Node x, Layer... layers) {
    return join.of(Arrays.stream(layers).map(layer -> layer.of(x)).toArray(Node[]::new));
  }

  private static Blueprint<?> both(Layer join, Layer first, Layer second) {
    return joined(x -> of(join, x, first, second));
  }

  static Stream<Arguments> fitting() {
    return Stream.of(
        fit(binaryCrossentropy(), row(dense(16).sigmoid(), reshape(4, 4, 1))),
        fit(binaryCrossentropy(), image(conv2d(2, 1).sigmoid(), flatten())),
        fit(binaryCrossentropy(), image(conv2d(2, 1).sigmoid(), maxPooling2d(2))),
        fit(binaryCrossentropy(), image(conv2d(2, 1).sigmoid(), averagePooling2d(2).same())),
        fit(binaryCrossentropy(), image(conv2d(2, 1).sigmoid(), globalMaxPooling2d())),
        fit(binaryCrossentropy(), image(conv2d(2, 1).sigmoid(), globalAveragePooling2d())),
        fit(binaryCrossentropy(), row(dense(2).sigmoid(), dropout(0), gaussianNoise(0))),
        fit(binaryCrossentropy(), row(dense(2).sigmoid(), activation("relu"))),
        fit(binaryCrossentropy(), row(dense(2).softmax(), activation("linear"))),
        fit(binaryCrossentropy(), row(sequential(input(3), dense(2).sigmoid(), reshape(2, 1)))),
        fit(binaryCrossentropy(), both(concatenate(), dense(1).sigmoid(), dense(2).sigmoid())),
        fit(binaryCrossentropy(), both(average(), dense(2).sigmoid(), dense(2).softmax())),
        fit(binaryCrossentropy(), both(multiply(), dense(2).sigmoid(), dense(2).sigmoid())),
        fit(binaryCrossentropy(), both(maximum(), dense(2).sigmoid(), dense(2).sigmoid())),
        fit(binaryCrossentropy(), both(minimum(), dense(2).sigmoid(), dense(2).relu())),
        fit(binaryCrossentropy(), both(dot(), dense(2).sigmoid(), dense(2).softmax())),
        fit(binaryCrossentropy(), both(dot().normalized(), dense(9).relu(), dense(9).sigmoid())),
        fit(dice(), image(conv2d(1, 1).sigmoid(), reshape(16))),
        fit(CLASSES, row(dense(4).softmax(), reshape(4))),
        fit(CLASSES, row(dense(4).softmax(), reshape(1, 4), flatten())),
        fit(CLASSES, row(dense(4).softmax(), dropout(0))),
        fit(CLASSES, row(dense(4), reshape(2, 2), flatten(), activation("softmax"))),
        fit(CLASSES, image(conv2d(3, 1).softmax(), globalAveragePooling2d())),
        fit(CLASSES, image(conv2d(3, 1).softmax(), averagePooling2d(4))),
        fit(CLASSES, row(sequential(input(3), dense(4).softmax()), flatten())),
        fit(CLASSES, both(average(), dense(3).softmax(), dense(3).softmax())),
        fit(CLASS_LOGITS, row(dense(4), reshape(4))),
        fit(CLASS_LOGITS, both(average(), dense(3), dense(3).tanh())),
        fit(LOGITS, both(subtract(), dense(1).sigmoid(), dense(1).sigmoid())),
        fit(LOGITS, both(dot().normalized(), dense(5).tanh(), dense(5))),
        fit(poisson(), image(conv2d(2, 1).relu(), flatten())),
        fit(poisson(), image(conv2d(2, 1).softplus(), maxPooling2d(2), dropout(0.2))),
        fit(poisson(), both(add(), dense(2).relu(), dense(2).softplus())),
        fit(poisson(), both(maximum(), dense(2), dense(2).softplus())),
        fit(gaussianNll(), both(concatenate(), dense(1), dense(1).softplus())),
        fit(hinge(), row(dense(1).tanh(), flatten())),
        fit(mse(), row(dense(2).sigmoid(), reshape(2, 1), batchNormalization())));
  }

  private static Arguments fit(Loss loss, Blueprint<?> network) {
    return Arguments.of(loss, network);
  }

  @ParameterizedTest(name = "{index}: {0}")
  @MethodSource("fitting")
  void whatFitsTrains(Loss loss, Blueprint<?> network) {
    assertLearns(network, loss);
  }

  static Stream<Arguments> refused() {
    Layer twice = dense(2).sigmoid().named("twice");
    Layer once = dense(2).named("twice");
    return Stream.of(
        refusal(
            LOGITS,
            row(dense(16).sigmoid(), reshape(4, 4, 1)),
            "the sigmoid of dense, which has already turned them into probabilities: drop .sigmoid()"
                + " from dense, or .fromLogits() from the loss.",
            row(dense(16), reshape(4, 4, 1))),
        refusal(
            CLASS_LOGITS,
            row(dense(4).softmax(), reshape(4)),
            "the softmax of dense, which has already turned them into probabilities: drop .softmax()"
                + " from dense, or .fromLogits() from the loss.",
            row(dense(4), reshape(4))),
        refusal(
            CLASS_LOGITS,
            row(dense(4).sigmoid(), flatten()),
            "drop .sigmoid() from dense.",
            row(dense(4), flatten())),
        refusal(
            CLASS_LOGITS,
            row(dense(4), activation("softmax"), flatten()),
            "the softmax before flatten, which has already turned them into probabilities: drop"
                + " activation(\"softmax\") before flatten, or .fromLogits() from the loss.",
            row(dense(4), flatten())),
        refusal(
            LOGITS,
            image(conv2d(2, 1).sigmoid(), maxPooling2d(2), flatten()),
            "drop .sigmoid() from conv2d, or",
            image(conv2d(2, 1), maxPooling2d(2), flatten())),
        refusal(
            LOGITS,
            row(dense(2).sigmoid(), dropout(0.2)),
            "drop .sigmoid() from dense.",
            row(dense(2), dropout(0.2))),
        refusal(
            LOGITS,
            row(dense(2).sigmoid(), activation("sigmoid")),
            "drop activation(\"sigmoid\"), the last layer, and drop .sigmoid() from dense, or",
            row(dense(2))),
        refusal(
            LOGITS,
            row(sequential(input(3), dense(2).sigmoid(), reshape(2, 1)).named("inner")),
            "drop .sigmoid() from inner/dense, or .fromLogits() from the loss.",
            row(sequential(input(3), dense(2), reshape(2, 1)).named("inner"))),
        refusal(
            LOGITS,
            row(sequential(input(3), dense(2).sigmoid()).frozen(), activation("linear")),
            "drop .sigmoid() from sequential/dense, or",
            row(sequential(input(3), dense(2)), activation("linear"))),
        refusal(
            LOGITS,
            both(average(), dense(2).sigmoid(), dense(2).sigmoid()),
            "drop .sigmoid() from dense and dense_1, or .fromLogits() from the loss.",
            both(average(), dense(2), dense(2))),
        refusal(
            LOGITS,
            both(multiply(), dense(2).sigmoid(), dense(2).softmax()),
            "drop .sigmoid() from dense, and drop .softmax() from dense_1, or",
            both(multiply(), dense(2), dense(2))),
        refusal(
            LOGITS,
            joined(x -> average().of(twice.of(x), twice.of(dense(3).of(x)))),
            "the sigmoid of twice, which has already turned them into probabilities: drop .sigmoid()"
                + " from twice, or",
            joined(x -> average().of(once.of(x), once.of(dense(3).of(x))))),
        refusal(
            hinge(),
            row(dense(2).sigmoid(), flatten()),
            "which squeezes them between 0 and 1: drop .sigmoid() from dense.",
            row(dense(2), flatten())),
        refusal(
            hinge(),
            both(add(), dense(2).sigmoid(), dense(2).softmax()),
            "which squeezes them between 0 and 2: drop .sigmoid() from dense, and drop .softmax()"
                + " from dense_1.",
            both(add(), dense(2), dense(2))),
        refusal(
            binaryCrossentropy(),
            row(dense(16), reshape(4, 4, 1)),
            "the model ends in dense without a function, which gives no probabilities: add"
                + " .sigmoid() to dense, or .fromLogits() to the loss.",
            row(dense(16).sigmoid(), reshape(4, 4, 1))),
        refusal(
            binaryCrossentropy(),
            image(conv2d(2, 1).relu(), globalMaxPooling2d()),
            "the relu of conv2d, which gives no probabilities: put .sigmoid() instead of .relu()"
                + " in conv2d, or add .fromLogits() to the loss.",
            image(conv2d(2, 1).sigmoid(), globalMaxPooling2d())),
        refusal(
            binaryCrossentropy(),
            both(concatenate(), dense(1).sigmoid(), dense(2)),
            "dense_1 without a function, which gives no probabilities: add .sigmoid() to dense_1.",
            both(concatenate(), dense(1).sigmoid(), dense(2).sigmoid())),
        refusal(
            binaryCrossentropy(),
            both(add(), dense(2).sigmoid(), dense(2).sigmoid()),
            "the model ends in add, which gives no probabilities: drop .sigmoid() from dense and"
                + " dense_1, and add activation(\"sigmoid\") as the last layer.",
            joined(x -> activation("sigmoid").of(of(add(), x, dense(2), dense(2))))),
        refusal(
            binaryCrossentropy(),
            both(add(), dense(2).relu(), dense(2)),
            "add activation(\"sigmoid\") as the last layer, or .fromLogits() to the loss.",
            joined(x -> activation("sigmoid").of(of(add(), x, dense(2).relu(), dense(2))))),
        refusal(
            binaryCrossentropy(),
            row(dense(2).sigmoid(), batchNormalization()),
            "drop batch_normalization, the last layer, or put it before dense.",
            row(dense(2).sigmoid())),
        refusal(
            binaryCrossentropy(),
            row(dense(2).sigmoid(), gaussianNoise(0.1), flatten()),
            "drop gaussian_noise, or put it before dense.",
            row(dense(2).sigmoid(), flatten())),
        refusal(
            binaryCrossentropy(),
            row(dense(2).tanh(), activation("leaky_relu")),
            "drop activation(\"leaky_relu\"), the last layer, and drop .tanh() from dense, and add"
                + " activation(\"sigmoid\") as the last layer.",
            row(dense(2), activation("sigmoid"))),
        refusal(
            CLASSES,
            row(dense(4), reshape(1, 4), flatten()),
            "add .softmax() to dense, or .fromLogits() to the loss.",
            row(dense(4).softmax(), reshape(1, 4), flatten())),
        refusal(
            CLASSES,
            row(dense(4), reshape(2, 2), flatten()),
            "add activation(\"softmax\") as the last layer, or .fromLogits() to the loss.",
            row(dense(4), reshape(2, 2), flatten(), activation("softmax"))),
        refusal(
            CLASSES,
            row(dense(4).sigmoid(), reshape(4)),
            "the sigmoid of dense, whose outputs are independent of each other: put .softmax() instead of .sigmoid() in dense, or use binaryCrossentropy()",
            row(dense(4).softmax(), reshape(4))),
        refusal(
            CLASSES,
            row(dense(4).softmax(), dropout(0.5)),
            "the softmax of dense, whose rows no longer sum to one after dropout: drop dropout, the"
                + " last layer, or put it before dense.",
            row(dense(4).softmax())),
        refusal(
            CLASSES,
            row(dense(4).softmax(), reshape(2, 2)),
            "the softmax of dense, whose rows no longer sum to one after reshape: drop .softmax()"
                + " from dense, and add activation(\"softmax\") as the last layer.",
            row(dense(4), reshape(2, 2), activation("softmax"))),
        refusal(
            CLASSES,
            image(conv2d(3, 1).softmax(), flatten()),
            "whose rows no longer sum to one after flatten: drop .softmax() from conv2d, and add"
                + " activation(\"softmax\") as the last layer.",
            image(conv2d(3, 1), flatten(), activation("softmax"))),
        refusal(
            CLASSES,
            image(conv2d(3, 1).softmax(), globalMaxPooling2d()),
            "whose rows no longer sum to one after global_max_pooling2d: drop .softmax() from"
                + " conv2d, and add activation(\"softmax\") as the last layer.",
            image(conv2d(3, 1), globalMaxPooling2d(), activation("softmax"))),
        refusal(
            CLASSES,
            both(concatenate(), dense(2).softmax(), dense(2).softmax()),
            "the softmax of dense and dense_1, whose rows no longer sum to one after concatenate:"
                + " drop .softmax() from dense and dense_1, and add activation(\"softmax\") as the"
                + " last layer.",
            joined(x -> activation("softmax").of(of(concatenate(), x, dense(2), dense(2))))),
        refusal(
            CLASSES,
            both(maximum(), dense(3).softmax(), dense(3).softmax()),
            "whose rows no longer sum to one after maximum: drop",
            joined(x -> activation("softmax").of(of(maximum(), x, dense(3), dense(3))))),
        refusal(
            CLASSES,
            both(average(), dense(3).softmax(), dense(3)),
            "dense_1 without a function, which gives no probabilities: add .softmax() to dense_1.",
            both(average(), dense(3).softmax(), dense(3).softmax())),
        refusal(
            poisson(),
            image(conv2d(2, 1).tanh(), flatten()),
            "the tanh of conv2d, which may go below 0: put .softplus() instead of .tanh() in"
                + " conv2d, or relu in its place.",
            image(conv2d(2, 1).softplus(), flatten())),
        refusal(
            poisson(),
            row(dense(2).relu(), batchNormalization()),
            "batch_normalization, which may go below 0: add activation(\"softplus\") as the last"
                + " layer, or relu in its place.",
            row(dense(2).relu(), batchNormalization(), activation("softplus"))),
        refusal(
            poisson(),
            both(subtract(), dense(2).relu(), dense(2).relu()),
            "add activation(\"softplus\") as the last layer",
            joined(
                x ->
                    activation("softplus")
                        .of(of(subtract(), x, dense(2).relu(), dense(2).relu())))),
        refusal(
            giou(),
            row(dense(4).softmax(), flatten()),
            "the softmax of dense, which makes the four sum to one: drop .softmax() from dense.",
            row(dense(4), flatten())),
        refusal(
            gaussianNll(),
            row(dense(2).relu(), reshape(2)),
            "the relu of dense, which never goes below 0 as a logarithm may: drop .relu() from"
                + " dense.",
            row(dense(2), reshape(2))),
        refusal(
            cosineSimilarity(),
            row(dense(1)),
            "the model has one output, of which only the sign would matter: give its last layer 2"
                + " units or more.",
            row(dense(2))),
        refusal(
            mse(),
            row(dense(1).softmax()),
            "the model ends in softmax, which is always 1 for a single number: drop .softmax() from"
                + " the last layer.",
            row(dense(1))),
        refusal(
            mse(),
            row(dense(3).softmax(), reshape(3, 1), activation("softmax")),
            "which is always 1 for a single number: drop activation(\"softmax\"), the last layer",
            row(dense(3).softmax(), reshape(3, 1))),
        refusal(
            binaryCrossentropy(),
            row(dense(1).softmax()),
            "put .sigmoid() instead of .softmax().",
            row(dense(1).sigmoid())),
        refusal(
            binaryCrossentropy(),
            image(conv2d(1, 1).softmax(), flatten()),
            "the softmax of conv2d, which is always 1 for a single number: put .sigmoid() instead of .softmax() in conv2d.",
            image(conv2d(1, 1).sigmoid(), flatten())),
        refusal(
            LOGITS, row(dense(1).softmax()), "drop .softmax() from the last layer.", row(dense(1))),
        refusal(
            hinge(),
            both(multiply(), dense(1).softmax(), dense(1).softmax()),
            "which is always 1 for a single number: drop .softmax() from dense and dense_1.",
            both(multiply(), dense(1), dense(1))),
        refusal(
            poisson(),
            row(dense(1).softmax()),
            "put .softplus() instead of .softmax().",
            row(dense(1).softplus())));
  }

  private static Arguments refusal(
      Loss loss, Blueprint<?> network, String says, Blueprint<?> advised) {
    return Arguments.of(loss, network, says, advised);
  }

  @ParameterizedTest(name = "{index}: {0} says {2}")
  @MethodSource("refused")
  void whatDoesNotFitIsRefusedAndTheFirstAdviceHelps(
      Loss loss, Blueprint<?> network, String says, Blueprint<?> advised) {
    assertThatThrownBy(() -> network.compile(sgd(), loss))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(loss.name())
        .hasMessageContaining(says)
        .hasMessageEndingWith(
            " To see what happens anyway, call allowMismatch() on the network before compile(…).");
    network.allowMismatch().compile(sgd(), loss).close();
    assertLearns(advised, loss);
  }

  private static void assertLearns(Blueprint<?> network, Loss loss) {
    try (var model = network.seed(3).compile(adam().learningRate(0.03), loss)) {
      var random = new Random(5);
      int[] in = ModelState.of("test", model).compiled().network().inputShapes().get(0);
      float[] x = new float[SAMPLES * size(in)];
      IntStream.range(0, x.length).forEach(i -> x[i] = (float) random.nextGaussian());
      int targets = ModelState.of("test", model).compiled().heads().get(0).targets();
      double[][] y = new double[SAMPLES][targets];
      for (int i = 0; i < SAMPLES; i++) {
        for (int j = 0; j < targets; j++) {
          y[i][j] = target(loss, x[i * size(in) + j % size(in)], j);
        }
      }
      var samples = Values.of(x, batched(in));
      var options = epochs(40).batchSize(SAMPLES).seed(2).quiet();
      var losses = model.fit(samples, y, options).get("loss");
      assertThat(losses).allMatch(Double::isFinite);
      assertThat(mean(losses.subList(30, 40))).isLessThan(mean(losses.subList(0, 10)));
    }
  }

  private static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(number -> number).average().orElseThrow();
  }

  private static double target(Loss loss, float x, int j) {
    return switch (loss.name()) {
      case "poisson" -> x > 0 ? 3 : 1;
      case "giou" -> (j < 2 ? 0 : 1) + (x > 0 ? 0.5 : 0.2);
      case "categoricalHinge" -> j == 1 ? 1 : 0;
      default -> x > 0 ? 1 : 0;
    };
  }

  private static int size(int[] shape) {
    return IntStream.of(shape).reduce(1, (a, b) -> a * b);
  }

  private static int[] batched(int[] shape) {
    return IntStream.concat(IntStream.of(SAMPLES), IntStream.of(shape)).toArray();
  }

  @Test
  void aReshapeAtTheEndChangesNothingInTraining() {
    var random = new Random(1);
    double[][] x = new double[16][3];
    Arrays.stream(x).forEach(row -> Arrays.setAll(row, i -> 30 * random.nextGaussian()));
    double[] labels = random.ints(16, 0, 4).asDoubleStream().toArray();
    double[][] answers = new double[16][4];
    Arrays.stream(answers).forEach(row -> Arrays.setAll(row, i -> random.nextInt(2)));
    var options = epochs(3).batchSize(4).seed(1).quiet();
    for (Layer[] behind :
        new Layer[][] {{reshape(4)}, {reshape(1, 4), flatten()}, {flatten(), reshape(1, 1, 4)}}) {
      try (var plain = row(dense(4).softmax()).seed(2).compile(sgd(), CLASSES, accuracy());
          var shaped =
              row(Stream.concat(Stream.of(dense(4).softmax()), Stream.of(behind))
                      .toArray(Layer[]::new))
                  .seed(2)
                  .compile(sgd(), CLASSES, accuracy())) {
        assertThat(shaped.fit(x, labels, options).get("loss"))
            .isEqualTo(plain.fit(x, labels, options).get("loss"));
        assertThat(shaped.predictValues(x).toFloats()).isEqualTo(plain.predictValues(x).toFloats());
        assertThat(shaped.history().get("accuracy")).isEqualTo(plain.history().get("accuracy"));
      }
    }
    try (var plain = row(dense(4).sigmoid()).seed(2).compile(sgd(), binaryCrossentropy());
        var shaped =
            row(dense(4).sigmoid(), reshape(2, 2)).seed(2).compile(sgd(), binaryCrossentropy())) {
      assertThat(shaped.fit(x, answers, options).get("loss"))
          .isEqualTo(plain.fit(x, answers, options).get("loss"));
    }
  }

  @Test
  void aSureAndWrongSigmoidBehindAReshapeStillLearns() {
    try (var model =
        row(dense(2).sigmoid(), reshape(2, 1))
            .compile(sgd().learningRate(1), binaryCrossentropy())) {
      model.weights("dense/kernel", matrix(row(0, 0), row(0, 0), row(0, 0)));
      model.weights("dense/bias", vector(200, -200)); // exactly 1 and 0
      double[][] x = {{0, 0, 0}};
      double[][] y = {{0, 1}};
      assertThat(model.evaluate(x, y).loss()).isCloseTo(16.118, within(1e-3)); // −log 10⁻⁷
      model.fit(x, y, epochs(1).quiet());
      assertThat(model.weightValues("dense/bias").toDoubles()).containsExactly(199.5, -199.5);
    }
  }

  private static double[] row(double... numbers) {
    return numbers;
  }

  @Test
  void exactZerosAndOnesGiveFiniteLossesAndSlopesWhereNothingIsJoined() {
    Function<Layer, Blueprint<?>> twice = end -> both(average(), end, end.named("other"));
    for (Loss loss :
        List.of(
            CLASSES,
            categoricalCrossentropy().labelSmoothing(0.1),
            categoricalFocalCrossentropy(),
            categoricalGeneralizedCrossEntropy(),
            klDivergence(),
            jensenShannon())) {
      assertStaysFinite(twice.apply(dense(2).softmax()), loss, new double[] {200, -200});
    }
    for (Loss loss :
        List.of(binaryCrossentropy(), binaryFocalCrossentropy(), dice(), poisson(), msle())) {
      assertStaysFinite(twice.apply(dense(2).sigmoid()), loss, new double[] {200, -200});
    }
  }

  private static void assertStaysFinite(Blueprint<?> network, Loss loss, double[] bias) {
    try (var model = network.seed(1).compile(sgd(), loss)) {
      model.weights("dense/bias", bias);
      model.weights("other/bias", bias);
      boolean isLabel = ModelState.of("test", model).compiled().heads().get(0).targets() == 1;
      Object y = isLabel ? vector(0, 1) : matrix(row(1, 0), row(0, 1));
      double[][] x = {{0, 0, 0}, {0, 0, 0}};
      assertThat(model.fit(x, y, epochs(2).quiet()).get("loss")).allMatch(Double::isFinite);
      assertThat(model.weightValues("dense/kernel").toDoubles()).doesNotContain(Double.NaN);
    }
  }

  @Test
  void aFunctionWhoseNumbersAreReadElsewhereIsNotLeftOut() {
    var x = input(3);
    var chances = dense(4).softmax().of(x);
    var shaped = reshape(4).named("shaped").of(chances);
    var more = dense(1).named("more").of(chances);
    double[][] samples = {{1, 2, 3}, {3, 2, 1}};
    for (var second : List.of(more, chances)) {
      try (var model =
          model(x, List.of(shaped, second))
              .seed(1)
              .compile(sgd(), List.of(CLASSES, second == more ? mse() : CLASSES))) {
        var y = List.of(vector(0, 1), second == more ? vector(5, 7) : vector(0, 1));
        double before = model.evaluate(samples, y).loss();
        assertThat(model.fit(samples, y, epochs(1).batchSize(2).quiet()).get("loss").get(0))
            .isCloseTo(before, within(1e-5));
      }
    }
  }

  @Test
  void metricsTakeASigmoidBehindAnyLayerForAProbability() {
    try (var model =
        both(average(), dense(1).sigmoid(), dense(1).sigmoid().named("other"))
            .compile(sgd(), binaryCrossentropy(), accuracy())) {
      for (String name : List.of("dense", "other")) {
        model.weights(name + "/kernel", matrix(row(1), row(0), row(0)));
      }
      double[][] x = {{-1, 0, 0}, {1, 0, 0}};
      assertThat(model.evaluate(x, vector(0, 1)).get("accuracy")).isEqualTo(1);
    }
  }

  @Test
  void oneOutputOfSeveralIsNamed() {
    var x = input(3);
    var network = model(x, List.of(dense(1).named("a").of(x), dense(1).sigmoid().named("b").of(x)));
    assertThatThrownBy(() -> network.compile(sgd(), List.of(mse(), LOGITS)))
        .hasMessageStartingWith("b: binaryCrossentropy.fromLogits() expects logits");
  }

  @Test
  void aModelThatIsThereIsJudgedWhenItIsCompiledAnew() {
    try (var model = row(dense(4).softmax(), reshape(4)).compile(sgd(), CLASSES)) {
      assertThatThrownBy(() -> model.compile(sgd(), CLASS_LOGITS))
          .hasMessageContaining("drop .softmax() from dense")
          .hasMessageContaining("allowMismatch()");
      model.network().allowMismatch().compile(sgd(), CLASS_LOGITS).close();
    }
  }

  @Test
  void aLossThatNoPredictionChangesIsRefused() {
    Loss flat = loss("flat", (y, p) -> y.square());
    for (Loss loss :
        List.of(
            flat,
            flat.times(3),
            flat.sum().plus(l2(0.1)),
            flat.plus(loss("other", (y, p) -> y.abs())),
            loss("share", (y, p) -> p.greaterThan(0.5).minus(y).abs()),
            loss("signs", (y, p) -> p.sign().minus(y).square()),
            loss("none", (y, p) -> p.minus(p)),
            uncertaintyWeighted(flat),
            mse().plus(mse().times(-1)))) {
      assertThatThrownBy(() -> row(dense(1)).compile(sgd(), loss))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              loss.name() + " expects to depend on the prediction but its slope")
          .hasMessageContaining("use ŷ in the formula")
          .hasMessageContaining("allowMismatch()");
      row(dense(1)).allowMismatch().compile(sgd(), loss).close();
    }
    for (Loss loss : List.of(mse().plus(flat), loss("one side", (y, p) -> p.minus(y).max(0)))) {
      row(dense(1)).compile(sgd(), loss).close();
    }
  }

  @Test
  void aLossTimesZeroIsRefusedUnlessAnotherOutputLearns() {
    assertThatThrownBy(() -> row(dense(1)).compile(sgd(), mse().times(0)))
        .hasMessageContaining("is multiplied by 0: give times(…) another number.");
    row(dense(1)).compile(sgd(), mse().times(0).plus(l2(1))).close(); // the penalty is learnt by
    var x = input(3);
    var two = model(x, List.of(dense(1).named("a").of(x), dense(1).named("b").of(x)));
    two.compile(sgd(), List.of(mse(), mse().times(0))).close();
    assertThatThrownBy(() -> two.compile(sgd(), List.of(mse().times(0), mse().times(0))))
        .hasMessageStartingWith("a: 0·mse expects to depend on the prediction");
  }
}
