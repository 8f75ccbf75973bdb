package org.lossbook.layer.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.augMix;
import static org.lossbook.Lossbook.autoContrast;
import static org.lossbook.Lossbook.cutMix;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.equalization;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.mixUp;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.randAugment;
import static org.lossbook.Lossbook.randomBrightness;
import static org.lossbook.Lossbook.randomColorJitter;
import static org.lossbook.Lossbook.randomContrast;
import static org.lossbook.Lossbook.randomCrop;
import static org.lossbook.Lossbook.randomElasticTransform;
import static org.lossbook.Lossbook.randomErasing;
import static org.lossbook.Lossbook.randomFlip;
import static org.lossbook.Lossbook.randomGaussianBlur;
import static org.lossbook.Lossbook.randomGrayscale;
import static org.lossbook.Lossbook.randomHue;
import static org.lossbook.Lossbook.randomPerspective;
import static org.lossbook.Lossbook.randomPosterization;
import static org.lossbook.Lossbook.randomRotation;
import static org.lossbook.Lossbook.randomShear;
import static org.lossbook.Lossbook.randomTranslation;
import static org.lossbook.Lossbook.randomZoom;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.Lossbook.solarization;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.engine.Engine;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.onednn.OneDnnEngine;
import org.lossbook.layer.Layer;
import org.lossbook.layer.saved.LayerRegistry;
import org.lossbook.testing.Golden;

/** Layers that change images in training alone. */
class RandomImagesTest {
  private static final int TRIES = 64;

  private static final List<Layer> ALL =
      List.of(
          randomFlip(),
          randomRotation(0.2),
          randomTranslation(0.3, 0.2),
          randomZoom(0.4),
          randomShear(0.3, 0.2),
          randomPerspective(1),
          randomElasticTransform(1),
          randomBrightness(0.4),
          randomContrast(0.4),
          randomHue(0.5),
          randomGrayscale(0.5),
          randomPosterization(4),
          randomErasing(1),
          randomGaussianBlur(1),
          randomColorJitter().brightnessFactor(0.2).hueFactor(0.3),
          solarization().thresholdFactor(0.5, 1));

  static Stream<Golden.Case> cases() {
    return Golden.cases("random_images");
  }

  private static Layer layer(Golden.Case golden) {
    return Golden.read(LayerRegistry.LAYERS, golden.text("layer"), golden.object("settings"));
  }

  /** Where a few results are possible, they are Keras's, and each of them occurs. */
  @ParameterizedTest
  @MethodSource("cases")
  void trainingGivesOneOfKerassResults(Golden.Case golden) {
    List<double[]> results =
        StreamSupport.stream(golden.json().getAsJsonArray("trained").spliterator(), false)
            .map(each -> Golden.Values.of(each.getAsJsonObject()).data())
            .toList();
    boolean[] seen = new boolean[results.size()];
    try (Images images = new Images(layer(golden), true, 1, 5, 7, 3)) {
      for (int run = 0; run < TRIES; run++) {
        float[] y = images.forward(golden.tensor("x").floats());
        int found =
            IntStream.range(0, seen.length)
                .filter(i -> isClose(y, results.get(i)))
                .findFirst()
                .orElse(-1);
        assertThat(found).as("result %s", Arrays.toString(y)).isNotNegative();
        seen[found] = true;
      }
    }
    assertThat(seen).doesNotContain(false);
  }

  private static boolean isClose(float[] y, double[] expected) {
    double size = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    return IntStream.range(0, y.length)
        .allMatch(i -> Math.abs(y[i] - expected[i]) <= 2e-5 * Math.max(1, size));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void predictionGivesKerassResult(Golden.Case golden) {
    if (golden.text("layer").equals("RandomCrop")) {
      return; // Keras leaves the image at another size than it says
    }
    try (Images images = new Images(layer(golden), false, 1, 5, 7, 3)) {
      float[] y = images.forward(golden.tensor("x").floats());
      assertThat(isClose(y, golden.tensor("predicted").data())).isTrue();
    }
  }

  @Test
  void eachImageOfABatchAndEachRunIsChangedByItself() {
    float[] one = image(6, 8, 3);
    float[] batch = new float[3 * one.length];
    for (int i = 0; i < 3; i++) {
      System.arraycopy(one, 0, batch, i * one.length, one.length);
    }
    for (Layer layer : ALL) {
      try (Images images = new Images(layer, true, 3, 6, 8, 3)) {
        boolean differ = false;
        boolean again = false;
        for (int run = 0; run < 5; run++) {
          images.plan.seed(run);
          float[] y = images.forward(batch);
          float[] next = images.forward(batch);
          images.plan.seed(run);
          assertThat(images.forward(batch)).as(layer.toString()).isEqualTo(y);
          differ |=
              !Arrays.equals(
                  Arrays.copyOfRange(y, 0, one.length),
                  Arrays.copyOfRange(y, one.length, 2 * one.length));
          again |= !Arrays.equals(y, next);
          assertThat(y).as(layer.toString()).doesNotContain(Float.NaN);
        }
        assertThat(differ).as("%s differs among images", layer).isTrue();
        assertThat(again).as("%s differs among runs", layer).isTrue();
      }
    }
  }

  @Test
  void anImageOfOnePixelStaysOne() {
    for (Layer layer : ALL) {
      try (Images images = new Images(layer, true, 1, 1, 1, 3)) {
        assertThat(images.forward(new float[] {1, 2, 3})).doesNotContain(Float.NaN);
      }
    }
  }

  @Test
  void aCropIsAWindowOfTheImage() {
    float[] x = image(6, 8, 1);
    try (Images images = new Images(randomCrop(4, 5), true, 1, 6, 8, 1)) {
      boolean[] seen = new boolean[3 * 4];
      for (int run = 0; run < 300; run++) {
        float[] y = images.forward(x);
        int found =
            IntStream.range(0, seen.length)
                .filter(place -> Arrays.equals(y, window(x, place / 4, place % 4)))
                .findFirst()
                .orElseThrow();
        seen[found] = true;
      }
      assertThat(seen).doesNotContain(false);
    }
    try (Images images = new Images(randomCrop(3, 4), false, 1, 6, 8, 1)) {
      float[] y = images.forward(x);
      assertThat(y[0]).isEqualTo((x[0] + x[1] + x[8] + x[9]) / 4); // of half the size
    }
  }

  private static float[] window(float[] x, int top, int left) {
    float[] window = new float[4 * 5];
    for (int row = 0; row < 4; row++) {
      System.arraycopy(x, (top + row) * 8 + left, window, 5 * row, 5);
    }
    return window;
  }

  @Test
  void anErasedRectangleHasTheSizeThatWasAskedFor() {
    float[] x = new float[40 * 40];
    Arrays.fill(x, 9);
    Layer layer = randomErasing(1).factor(1, 1).scale(0.25, 0.25).fillValue(0);
    try (Images images = new Images(layer, true, 1, 40, 40, 1)) {
      for (int run = 0; run < 20; run++) {
        int erased = 0;
        for (float value : images.forward(x)) {
          assertThat(value).isIn(0f, 9f);
          erased += value == 0 ? 1 : 0;
        }
        assertThat(erased).isEqualTo(400);
      }
    }
  }

  @Test
  void aNetworkThatBeginsWithThemTrainsAndPredictsAsWithoutThem() {
    float[][][][] x = new float[6][5][5][3];
    Random random = new Random(1);
    for (float[][][] image : x) {
      for (float[][] row : image) {
        for (float[] pixel : row) {
          for (int c = 0; c < 3; c++) {
            pixel[c] = random.nextFloat();
          }
        }
      }
    }
    double[] y = {0, 1, 0, 1, 0, 1};
    try (var model =
        sequential(
                input(5, 5, 3),
                randomFlip("horizontal"),
                randomRotation(0.1),
                randomContrast(0.2).valueRange(0, 1),
                flatten(),
                dense(1))
            .compile(sgd(), mse())) {
      model.fit(x, y, org.lossbook.Lossbook.epochs(2).quiet());
      double[] once = model.predict(x).toDoubleVector();
      assertThat(model.predict(x).toDoubleVector()).isEqualTo(once);
    }
  }

  @Test
  void whatStandsBehindWeightsIsRefusedInTraining() {
    assertThatThrownBy(
            () -> {
              try (var model =
                  sequential(input(4, 4, 3), dense(3), randomFlip(), flatten(), dense(1))
                      .compile(sgd(), mse())) {
                model.fit(
                    new float[2][4][4][3], new double[2], org.lossbook.Lossbook.epochs(1).quiet());
              }
            })
        .hasMessage(
            "randomFlip expects to stand before all that is trained, as it passes no gradient on,"
                + " but what comes before it needs one: put it first.");
  }

  @Test
  void mixedImagesAreSumsOfTwoWithSharesOfABetaDistribution() {
    int count = 16;
    double squares = 0;
    double all = 0;
    int runs = 100;
    try (Images images = new Images(mixUp(0.5), true, count, 1, 2, 1)) {
      float[] batch = new float[2 * count];
      for (int i = 0; i < count; i++) {
        batch[2 * i] = i;
        batch[2 * i + 1] = i * i; // a chord of the parabola says which two and how much
      }
      for (int run = 0; run < runs; run++) {
        images.plan.seed(run);
        float[] y = images.forward(batch);
        for (int i = 0; i < count; i++) {
          double x = y[2 * i];
          boolean isSelf = Math.abs(x - i) < 1e-4;
          int other = (int) Math.round(isSelf ? i : (y[2 * i + 1] - i * i) / (x - i) - i);
          assertThat(other).isBetween(0, count - 1);
          double kept = other == i ? 1 : (x - other) / (i - other);
          assertThat(kept).isBetween(-1e-3, 1.001);
          squares += other == i ? 0 : (kept - 0.5) * (kept - 0.5);
          all += other == i ? 0 : 1;
        }
      }
    }
    assertThat(all / (count * runs)).isCloseTo(1 - 1.0 / count, within(0.05)); // not itself
    assertThat(squares / all).isCloseTo(1 / (4 * (2 * 0.5 + 1)), within(0.01)); // Beta's variance
  }

  @Test
  void aCutIsARectangleOfAnotherImageWithAShareOfABetaDistribution() {
    double sum = 0;
    double squares = 0;
    int runs = 200;
    Layer layer = cutMix(1).factor(1, 1);
    try (Images images = new Images(layer, true, 4, 20, 20, 2)) {
      float[] batch = new float[4 * 800];
      for (int i = 0; i < batch.length; i++) {
        batch[i] = i / 800;
      }
      int others = 0;
      for (int run = 0; run < runs; run++) {
        images.plan.seed(run);
        float[] y = images.forward(batch);
        for (int i = 0; i < 4; i++) {
          int changed = 0;
          float from = i;
          for (int k = i * 800; k < (i + 1) * 800; k++) {
            if (y[k] != i) {
              assertThat(from == i || from == y[k]).as("one other image").isTrue();
              from = y[k];
              changed++;
            }
          }
          if (changed > 0) {
            others++;
            sum += changed / 800.0;
            squares += changed / 800.0 * changed / 800.0;
          }
        }
      }
      assertThat(sum / others).isCloseTo(0.5, within(0.04)); // Beta(1, 1) is uniform
      assertThat(squares / others).isCloseTo(1 / 3.0, within(0.04));
    }
  }

  @Test
  void policiesChangeAWholeBatchInOneWayAndKeepTheRange() {
    for (Layer layer : List.of(randAugment(0.5).numOps(1), randAugment(0.9), augMix(0.3))) {
      Set<Integer> results = new HashSet<>();
      try (Images images = new Images(layer, true, 2, 6, 8, 3)) {
        float[] one = image(6, 8, 3);
        float[] batch = new float[2 * one.length];
        System.arraycopy(one, 0, batch, 0, one.length);
        System.arraycopy(one, 0, batch, one.length, one.length);
        for (int run = 0; run < 40; run++) {
          images.plan.seed(run);
          float[] y = images.forward(batch);
          for (float each : y) {
            assertThat(each).as(layer.toString()).isBetween(-1e-3f, 255.001f);
          }
          results.add(Arrays.hashCode(y));
          images.plan.seed(run);
          assertThat(images.forward(batch)).isEqualTo(y);
        }
      }
      assertThat(results.size()).as(layer.toString()).isGreaterThan(15);
    }
    assertThat(new Images(augMix(0.3).allOps(false), true, 1, 4, 4, 1).forward(new float[16]))
        .doesNotContain(Float.NaN);
  }

  @Test
  void onePolicyGivesWhatOneOfItsLayersGives() {
    // With a strength of 0 only these still change an image, so each occurs about as often.
    Layer layer = randAugment(0).factor(0, 0).numOps(1);
    float[] one = image(6, 8, 3);
    Map<String, Integer> counts = new TreeMap<>();
    List<Layer> parts =
        List.of(randomPosterization(1), autoContrast(), equalization(), solarization());
    Map<String, float[]> results = new TreeMap<>();
    for (Layer part : parts) {
      try (Images images = new Images(part, true, 1, 6, 8, 3)) {
        results.put(part.kind(), images.forward(one));
      }
    }
    int runs = 550;
    try (Images images = new Images(layer, true, 1, 6, 8, 3)) {
      for (int run = 0; run < runs; run++) {
        images.plan.seed(run);
        float[] y = images.forward(one);
        results.forEach(
            (name, result) -> {
              if (Arrays.equals(result, y)) {
                counts.merge(name, 1, Integer::sum);
              }
            });
      }
    }
    assertThat(counts.get("auto_contrast")).isBetween(25, 75);
    assertThat(counts.get("equalization")).isBetween(25, 75);
    assertThat(counts.get("random_posterization")).isBetween(25, 75);
  }

  @Test
  void settingsOutOfTheirRangeAreAnswered() {
    assertThatThrownBy(() -> randomFlip("sideways"))
        .hasMessage(
            "randomFlip expects one of [horizontal, vertical, horizontal_and_vertical] but receives"
                + " sideways: \"horizontal\" suits most photographs.");
    assertThatThrownBy(() -> randomRotation(2))
        .hasMessage(
            "randomRotation expects a factor from -1 to 1 but receives 2: 0.2 is a usual one.");
    assertThatThrownBy(() -> randomContrast(-0.1)).hasMessageStartingWith("randomContrast expects");
    assertThatThrownBy(() -> randomRotation(0.1).fillMode("mirror"))
        .hasMessage(
            "randomRotation expects reflect, wrap, constant or nearest as fillMode but receives"
                + " mirror: reflect is the usual one.");
    assertThatThrownBy(() -> randomHue(0.1).outputShape(4, 4, 1))
        .hasMessage(
            "randomHue expects images of 3 channels, red, green and blue, but receives [batch, 4,"
                + " 4, 1]: leave it out for grey images.");
    assertThatThrownBy(() -> randomRotation(0.1).outputShape(16))
        .hasMessageStartingWith("randomRotation expects images");
    assertThatThrownBy(() -> randomZoom(0.1).verticalFactor(0, 0.1))
        .hasMessage("randomZoom expects no y_factor: it has height_factor and width_factor.");
    assertThatThrownBy(() -> equalization().bins(1)).hasMessageStartingWith("equalization expects");
    assertThatThrownBy(() -> autoContrast().valueRange(1, 1))
        .hasMessageStartingWith("autoContrast expects a valueRange of two numbers");
  }

  private static float[] image(int height, int width, int channels) {
    Random random = new Random(5);
    float[] x = new float[height * width * channels];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextInt(256);
    }
    return x;
  }

  /** A plan of one layer, without a gradient of its input. */
  private static final class Images implements AutoCloseable {
    private final Parameters parameters;
    private final Plan plan;
    private final int size;

    Images(Layer layer, boolean training, int batch, int... shape) {
      Engine engine = OneDnnEngine.instance();
      parameters = engine.parameters(List.of());
      Graph graph = engine.graph(parameters, batch, training);
      Tensor x = graph.input(shape);
      Tensor y = layer.build(graph, x, parameters::slot);
      assertThat(y.shape()).isEqualTo(layer.outputShape(shape));
      plan = graph.plan(List.of(x), List.of(y));
      size = batch * y.size();
    }

    float[] forward(float[] x) {
      plan.input(0, x);
      plan.forward();
      float[] y = new float[size];
      plan.output(0, y);
      return y;
    }

    @Override
    public void close() {
      plan.close();
      parameters.close();
    }
  }
}
