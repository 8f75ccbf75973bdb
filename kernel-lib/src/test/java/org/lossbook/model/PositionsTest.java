package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.anyLength;
import static org.lossbook.Lossbook.augment;
import static org.lossbook.Lossbook.batch;
import static org.lossbook.Lossbook.batchSize;
import static org.lossbook.Lossbook.categoricalCrossentropy;
import static org.lossbook.Lossbook.confusionMatrix;
import static org.lossbook.Lossbook.conv2d;
import static org.lossbook.Lossbook.dataset;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.gradientCheck;
import static org.lossbook.Lossbook.images;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.landscape;
import static org.lossbook.Lossbook.loadModel;
import static org.lossbook.Lossbook.makeScenes;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.report;
import static org.lossbook.Lossbook.rocCurve;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.Lossbook.stream;
import static org.lossbook.Lossbook.worst;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.loss.Loss;
import org.lossbook.training.fit.FitOptions;

/** A network with a target at every position, through all that a model is asked. */
class PositionsTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-5);
  private static final int N = 5;
  private static final int POSITIONS = 4 * 3;
  private final Random random = new Random(1);
  private final Values x = numbers(N, 4, 3, 2);
  private final Values y = labels(3, N, 4, 3);
  private final Values weights = labels(4, N, 4, 3);

  private Values numbers(int... shape) {
    float[] all = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) random.nextGaussian();
    }
    return Values.of(all, shape);
  }

  private Values labels(int classes, int... shape) {
    float[] all = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < all.length; i++) {
      all[i] = random.nextInt(classes);
    }
    return Values.of(all, shape);
  }

  private static Model model(Loss loss) {
    return sequential(input(4, 3, 2), conv2d(3, 3).same().tanh(), conv2d(3, 1).softmax())
        .seed(3)
        .compile(sgd().learningRate(0.1), loss, accuracy(), accuracy().sampleWeighted());
  }

  private static Model model() {
    return model(sparseCategoricalCrossentropy());
  }

  private static FitOptions once() {
    return epochs(1).batchSize(N).shuffle(false).quiet();
  }

  @Test
  void fitEvaluateTheLoopAndStreamsGiveTheSameLossAndStep() {
    try (Model fitted = model();
        Model looped = model();
        Model streamed = model()) {
      double first = fitted.evaluate(x, y, weights).get("loss");
      assertThat(fitted.fit(x, y, once().sampleWeight(weights)).last("loss"))
          .isCloseTo(first, CLOSE);
      looped.zeroGrad();
      var loss = looped.loss(x, y, weights);
      assertThat(loss.value()).isCloseTo(first, CLOSE);
      loss.backward();
      looped.step();
      streamed.fit(stream(List.of(batch(x, y, weights))), epochs(1).quiet());
      double[] after = fitted.predictValues(x).toDoubles();
      assertThat(looped.predictValues(x).toDoubles()).containsExactly(after, CLOSE);
      assertThat(streamed.predictValues(x).toDoubles()).containsExactly(after, CLOSE);
      assertThat(fitted.evaluate(x, y, weights).get("loss")).isLessThan(first);
    }
  }

  @Test
  void aSamplesWeightIsThatOfAllItsPositions() {
    Values ofSamples = Values.of(new float[] {1, 0, 2, 0.5f, 3}, N);
    float[] spread = new float[N * POSITIONS];
    for (int i = 0; i < spread.length; i++) {
      spread[i] = (float) ofSamples.get(i / POSITIONS);
    }
    Values ofPositions = Values.of(spread, N, 4, 3);
    try (Model model = model()) {
      assertThat(model.evaluate(x, y, ofSamples).get("loss"))
          .isCloseTo(model.evaluate(x, y, ofPositions).get("loss"), CLOSE);
      assertThat(model.evaluate(x, y, ofSamples).get("weighted_accuracy"))
          .isCloseTo(accuracy().of(y, model.predictValues(x), ofPositions), CLOSE);
      assertThat(model.evaluate(x, y).get("accuracy"))
          .isCloseTo(accuracy().of(y, model.predictValues(x)), CLOSE);
      double inTwo =
          model.fit(x, y, epochs(1).batchSize(2).quiet().sampleWeight(ofSamples)).last("loss");
      assertThat(inTwo).isFinite();
    }
  }

  @Test
  void theLastPartOfTheWeightsIsForTheValidationSplit() {
    try (Model model = model()) {
      var history = model.fit(x, y, once().validationSplit(0.4).sampleWeight(weights));
      assertThat(history.last("val_loss")).isFinite();
    }
  }

  @Test
  void classesWeighTheirPositions() {
    Map<Integer, Integer> classes = Map.of(0, 2, 2, 5);
    float[] spread = new float[N * POSITIONS];
    for (int i = 0; i < spread.length; i++) {
      spread[i] = classes.getOrDefault((int) y.get(i), 1);
    }
    try (Model byClass = model();
        Model byPosition = model();
        Model byLoss = model(sparseCategoricalCrossentropy().classWeight(classes))) {
      double loss = byClass.fit(x, y, once().classWeight(classes)).last("loss");
      var positions = once().sampleWeight(Values.of(spread, N, 4, 3));
      assertThat(loss).isCloseTo(byPosition.fit(x, y, positions).last("loss"), CLOSE);
      assertThat(loss).isCloseTo(byLoss.fit(x, y, once()).last("loss"), CLOSE);
      assertThat(byClass.predictValues(x).toDoubles())
          .containsExactly(byPosition.predictValues(x).toDoubles(), CLOSE);
    }
  }

  @Test
  void anIgnoredLabelCountsNeitherInTheLossNorInTheMetrics(@TempDir Path folder) {
    float[] some = y.toFloats();
    for (int i = 0; i < some.length; i += 3) {
      some[i] = 255;
    }
    Values known = Values.of(some, N, 4, 3);
    try (Model model = model(sparseCategoricalCrossentropy().ignore(255))) {
      Values said = model.predictValues(x);
      double loss = sparseCategoricalCrossentropy().ignore(255).of(known, said);
      double right = accuracy().ignore(255).of(known, said);
      assertThat(model.evaluate(x, known).get("loss")).isCloseTo(loss, CLOSE);
      assertThat(model.evaluate(dataset(x, known), batchSize(2)).get("loss"))
          .isCloseTo(loss, CLOSE);
      assertThat(model.evaluate(x, known).get("accuracy")).isCloseTo(right, CLOSE);
      assertThat(model.fit(x, known, once()).last("accuracy")).isCloseTo(right, CLOSE);
      String file = folder.resolve("m.keras").toString();
      model.save(file);
      try (Model loaded = loadModel(file)) {
        assertThat(loaded.evaluate(x, known).get("loss"))
            .isCloseTo(model.evaluate(x, known).get("loss"), CLOSE);
      }
    }
  }

  @Test
  void gradientsAgreeWithFiniteDifferencesAndTheLandscapeIsFinite() {
    try (Model model = model(sparseCategoricalCrossentropy().ignore(2))) {
      assertThat(gradientCheck(model, x, y).agrees()).isTrue();
      double[][] z = landscape(model, dataset(x, y)).resolution(3).grid().z();
      assertThat(z[1][1]).isCloseTo(model.evaluate(x, y).get("loss"), CLOSE);
    }
  }

  @Test
  void targetsOfAnotherShapeAreRefusedWithTheShapeThatWasWanted() {
    try (Model model = model();
        Model oneHot = model(categoricalCrossentropy())) {
      String wanted = "fit expects targets [4, 3] or [4, 3, 1] of labels 0…2";
      refused(model, dataset(x, labels(2, N)), wanted, "add globalAveragePooling2d()");
      refused(model, dataset(x, numbers(N, 4, 3, 3)), wanted, "categoricalCrossentropy()");
      refused(model, dataset(x, labels(2, N, 3, 4)), wanted, "but receives [3, 4] for each sample");
      refused(oneHot, dataset(x, y), "[4, 3, 3]", "use sparseCategoricalCrossentropy()");
      assertThatThrownBy(
              () -> model.fit(x, y, once().sampleWeight(Values.of(new float[N * 4], N, 4))))
          .hasMessageContaining("5 samples, or 60, one for each position, but receives 20");
      model.fit(x, y.reshape(N, 4, 3, 1), once());
      model.fit(x, y.reshape(N, POSITIONS), once());
    }
  }

  private static void refused(Model model, Dataset data, String wanted, String fix) {
    assertThatThrownBy(() -> model.fit(data, once()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(wanted)
        .hasMessageContaining(fix);
  }

  @Test
  void aSmallNetworkLearnsMasksAndShowsThem() {
    var scenes = makeScenes(120).seed(1);
    assertThat(scenes.x().toArray()).isEqualTo(makeScenes(120).seed(1).x().toArray());
    assertThat(scenes.toString()).isEqualTo("120 images 32×32×3, targets [32, 32]");
    try (Model model =
        sequential(
                input(32, 32, 3),
                conv2d(8, 3).same().relu(),
                conv2d(8, 3).same().relu(),
                conv2d(4, 1).softmax())
            .seed(1)
            .compile(adam().learningRate(0.01), sparseCategoricalCrossentropy(), accuracy())) {
      var history = model.fit(scenes, epochs(3).batchSize(10).seed(1).quiet());
      assertThat(history.last("loss")).isLessThan(0.8 * history.get("loss").get(0));
      Dataset few = scenes.take(4);
      assertThat(images(few, 4).toString())
          .startsWith("4 images with masks: 1 is ")
          .contains("% ground");
      assertThat(images(few, 2, model).toString())
          .startsWith("2 images with masks, ")
          .contains("% of the pixels right: 1 is ")
          .contains("predicted");
      assertThat(confusionMatrix(model, few).toString()).contains("triangle");
      assertThat(report(model, few).get("accuracy"))
          .isCloseTo(model.evaluate(few).get("accuracy"), CLOSE);
      assertThat(report(model, few).get("support", "ground")).isGreaterThan(1000);
      assertThatThrownBy(() -> worst(few, 2, model)).hasMessageContaining("images(data, 6, model)");
    }
  }

  @Test
  void reportsLeaveOutWhatTheLossIgnores() {
    float[] some = y.toFloats();
    some[0] = 255;
    some[7] = 255;
    Dataset data = dataset(x, Values.of(some, N, 4, 3));
    try (Model model = model(sparseCategoricalCrossentropy().ignore(255))) {
      assertThat(report(model, data).get("accuracy"))
          .isCloseTo(model.evaluate(data).get("accuracy"), CLOSE);
      assertThat(rocCurve(model, data).toString()).contains("0");
    }
  }

  @Test
  void masksBecomeOneHotRowsAndMoveWithTheirImages() {
    var scenes = makeScenes(3);
    Dataset rows = scenes.oneHot();
    assertThat(rows.targetShape()).containsExactly(32, 32, 4);
    float[] labels = scenes.y().toArray();
    float[] each = rows.y().toArray();
    for (int i = 0; i < labels.length; i++) {
      assertThat(each[4 * i + (int) labels[i]]).isEqualTo(1);
    }
    assertThat(dataset(x, y).oneHot(3).targetShape()).containsExactly(4, 3, 3);
    assertThatThrownBy(() -> dataset(x, y).oneHot(2)).hasMessageContaining("labels from 0 to 1");
    Dataset mirrored = scenes.augmented(augment().flipHorizontally()).forEpoch(2);
    float[] moved = mirrored.y().toArray();
    assertThat(moved).isNotEqualTo(labels);
    for (int row = 0; row < moved.length; row += 32) {
      int from = row;
      float[] backwards = new float[32];
      IntStream.range(0, 32).forEach(i -> backwards[i] = labels[from + 31 - i]);
      assertThat(Arrays.copyOfRange(moved, row, row + 32))
          .isIn(backwards, Arrays.copyOfRange(labels, row, row + 32));
    }
    assertThatThrownBy(() -> scenes.augmented(augment().mixup(0.2)))
        .hasMessageContaining("call oneHot(…) before augmented(…)");
    assertThat(scenes.augmented(augment().noise(0.1)).size()).isEqualTo(3);
  }

  @Test
  void sequencesOfAnyLengthHaveATargetAtEachStep() {
    Values steps = numbers(2, 5, 3);
    Values truth = labels(4, 2, 5);
    Values ofSteps = labels(3, 2, 5);
    try (Model model =
        sequential(input(anyLength(), 3), dense(4).softmax())
            .seed(1)
            .compile(adam(), sparseCategoricalCrossentropy(), accuracy())) {
      double loss = sparseCategoricalCrossentropy().of(truth, model.predictValues(steps), ofSteps);
      assertThat(model.evaluate(steps, truth, ofSteps).get("loss")).isCloseTo(loss, CLOSE);
      assertThat(report(model, dataset(steps, truth)).get("accuracy"))
          .isCloseTo(model.evaluate(steps, truth).get("accuracy"), CLOSE);
      var batches = stream(List.of(batch(steps, truth, ofSteps)));
      assertThat(model.fit(batches, epochs(1).quiet()).last("loss")).isCloseTo(loss, CLOSE);
    }
  }

  @Test
  void regressionHasATargetForEachNumber() {
    try (Model model = sequential(input(4, 3, 2), conv2d(2, 1)).seed(1).compile(adam(), mse())) {
      Values truth = numbers(N, 4, 3, 2);
      assertThat(model.evaluate(x, truth).get("loss"))
          .isCloseTo(mse().of(truth, model.predictValues(x)), CLOSE);
      assertThatThrownBy(() -> model.fit(x, numbers(N, 2, 4, 3), once()))
          .hasMessageContaining("fit expects targets [4, 3, 2]");
    }
  }
}
