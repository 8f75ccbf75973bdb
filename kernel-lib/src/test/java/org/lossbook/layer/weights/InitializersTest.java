package org.lossbook.layer.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.batchNormalization;
import static org.lossbook.Lossbook.constant;
import static org.lossbook.Lossbook.conv2d;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.glorotNormal;
import static org.lossbook.Lossbook.glorotUniform;
import static org.lossbook.Lossbook.heNormal;
import static org.lossbook.Lossbook.heUniform;
import static org.lossbook.Lossbook.identityMatrix;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.lecunNormal;
import static org.lossbook.Lossbook.lecunUniform;
import static org.lossbook.Lossbook.ones;
import static org.lossbook.Lossbook.orthogonal;
import static org.lossbook.Lossbook.randomNormal;
import static org.lossbook.Lossbook.randomUniform;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.truncatedNormal;
import static org.lossbook.Lossbook.varianceScaling;
import static org.lossbook.Lossbook.zeros;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Initializer;
import org.lossbook.engine.Parameter;
import org.lossbook.layer.Layer;
import org.lossbook.layer.saved.LayerRegistry;

class InitializersTest {
  private static final double TRUNCATED = 0.87962566103423978;

  private static double[] drawn(Initializer initializer, int... shape) {
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    initializer.fill(values, shape, new SplittableRandom(5));
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /** The initializer, the weight's shape, and its mean, standard deviation and farthest number. */
  private static Arguments has(
      WeightInitializer initializer, double mean, double stddev, double farthest, int... shape) {
    return Arguments.of(initializer, shape, mean, stddev, farthest);
  }

  static Stream<Arguments> distributions() {
    double uniform = Math.sqrt(3);
    double cut = 2 / TRUNCATED;
    double he = Math.sqrt(2 / 300.0);
    double lecun = Math.sqrt(1 / 300.0);
    double glorot = Math.sqrt(2 / 400.0);
    double conv = Math.sqrt(2 / (9 * 50.0)); // a kernel of 3×3 windows on 50 channels
    double all = Double.POSITIVE_INFINITY;
    int[] wide = {300, 100};
    int[] filters = {3, 3, 50, 60};
    return Stream.of(
        has(zeros(), 0, 0, 0, wide),
        has(ones(), 1, 0, 1, wide),
        has(constant(0.5), 0.5, 0, 0.5, wide),
        has(randomNormal(1, 0.2), 1, 0.2, all, wide),
        has(randomUniform(-1, 3), 1, 4 / Math.sqrt(12), 3, wide),
        has(truncatedNormal(0, 0.1), 0, 0.1 * TRUNCATED, 0.2, wide),
        has(heNormal(), 0, he, he * cut, wide),
        has(heUniform(), 0, he, he * uniform, wide),
        has(lecunNormal(), 0, lecun, lecun * cut, wide),
        has(lecunUniform(), 0, lecun, lecun * uniform, wide),
        has(glorotNormal(), 0, glorot, glorot * cut, wide),
        has(glorotUniform(), 0, glorot, glorot * uniform, wide),
        has(heNormal(), 0, conv, conv * cut, filters),
        has(
            varianceScaling(2, "fan_out", "uniform"),
            0,
            0.1 * Math.sqrt(2),
            0.1 * Math.sqrt(6),
            wide),
        has(varianceScaling(4, "fan_avg", "untruncated_normal"), 0, 0.1 * Math.sqrt(2), all, wide),
        has(varianceScaling(3, "fan_in", "normal"), 0, 0.1, 0.1 * cut, wide),
        has(orthogonal(), 0, Math.sqrt(1 / 300.0), 1, wide));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("distributions")
  void theWeightsHaveTheMeanTheSpreadAndTheBoundsThatKerasGives(
      WeightInitializer initializer, int[] shape, double mean, double stddev, double farthest) {
    double[] values = drawn(initializer, shape);
    double found = Arrays.stream(values).average().orElseThrow();
    double spread =
        Math.sqrt(Arrays.stream(values).map(v -> (v - found) * (v - found)).average().orElse(0));
    assertThat(found).isCloseTo(mean, within(5 * stddev / Math.sqrt(values.length) + 1e-9));
    assertThat(spread).isCloseTo(stddev, within(0.02 * stddev + 1e-9));
    assertThat(Arrays.stream(values).map(Math::abs).max().orElseThrow())
        .isBetween(Double.isInfinite(farthest) ? 0 : 0.1 * farthest, farthest * (1 + 1e-6));
  }

  @Test
  void fansAreThoseOfKeras() {
    assertThat(Fans.of()).isEqualTo(new Fans(1, 1));
    assertThat(Fans.of(7)).isEqualTo(new Fans(7, 7));
    assertThat(Fans.of(3, 5)).isEqualTo(new Fans(3, 5));
    assertThat(Fans.of(4, 3, 5)).isEqualTo(new Fans(12, 20)); // conv1d
    assertThat(Fans.of(2, 4, 3, 5)).isEqualTo(new Fans(24, 40)); // conv2d
    assertThat(Fans.of(3, 3, 16, 1)).isEqualTo(new Fans(144, 9)); // a depthwise kernel
    assertThat(new Fans.Axes(List.of(0, 1), List.of(-1)).fans(4, 3, 5)).isEqualTo(new Fans(12, 5));
  }

  @Test
  void anOrthogonalKernelHasRowsOrColumnsAtRightAngles() {
    for (int[] shape : new int[][] {{5, 8}, {8, 5}, {6, 6}, {2, 3, 7}}) {
      double[] m = drawn(orthogonal(2), shape);
      int columns = shape[shape.length - 1];
      int rows = m.length / columns;
      boolean isWide = rows < columns;
      int count = Math.min(rows, columns);
      for (int a = 0; a < count; a++) {
        for (int b = 0; b < count; b++) {
          double dot = 0;
          for (int i = 0; i < Math.max(rows, columns); i++) {
            int first = isWide ? a * columns + i : i * columns + a;
            int second = isWide ? b * columns + i : i * columns + b;
            dot += m[first] * m[second];
          }
          assertThat(dot).isCloseTo(a == b ? 4 : 0, within(1e-5));
        }
      }
    }
  }

  @Test
  void theIdentityMatrixPassesInputsOn() {
    try (var model = sequential(input(3), dense(4).kernelInitializer(identityMatrix())).build()) {
      assertThat(model.predictValues(new double[][] {{1, 2, 3}}).toDoubles())
          .containsExactly(1, 2, 3, 0);
    }
    assertThatThrownBy(() -> drawn(identityMatrix(), 2, 2, 3))
        .hasMessage(
            "identityMatrix expects a kernel of 2 axes but receives [2, 2, 3]: leave it to dense kernels.");
    assertThatThrownBy(() -> drawn(orthogonal(), 3)).hasMessageContaining("receives [3]");
  }

  @Test
  void aModelBeginsWithTheWeightsThatItsLayersDraw() {
    var layers =
        sequential(
            input(4, 4, 2),
            conv2d(3, 2).kernelInitializer(constant(0.25)).biasInitializer(ones()),
            batchNormalization()
                .gammaInitializer(constant(2))
                .betaInitializer(constant(3))
                .movingMeanInitializer(constant(4))
                .movingVarianceInitializer(constant(5)));
    try (var model = layers.build()) {
      assertThat(model.weightValues("conv2d/kernel").toDoubles()).containsOnly(0.25);
      assertThat(model.weightValues("conv2d/bias").toDoubles()).containsOnly(1);
      assertThat(model.weightValues("batch_normalization/gamma").toDoubles()).containsOnly(2);
      assertThat(model.weightValues("batch_normalization/beta").toDoubles()).containsOnly(3);
      assertThat(model.weightValues("batch_normalization/moving_mean").toDoubles()).containsOnly(4);
      assertThat(model.weightValues("batch_normalization/moving_variance").toDoubles())
          .containsOnly(5);
    }
  }

  @Test
  void aSeedOfItsOwnGivesEqualValuesForEqualShapes() {
    Initializer seeded = heNormal().seed(3);
    float[] first = new float[6];
    float[] second = new float[6];
    seeded.fill(first, new int[] {2, 3}, new SplittableRandom(1));
    seeded.fill(second, new int[] {2, 3}, new SplittableRandom(2));
    assertThat(first).isEqualTo(second);
  }

  static Stream<Layer> saved() {
    return Stream.of(
            zeros(),
            ones(),
            constant(2),
            randomNormal(1, 2),
            randomUniform(-2, 1),
            truncatedNormal(1, 2),
            varianceScaling(3, "fan_out", "uniform"),
            glorotNormal(),
            glorotUniform(),
            heNormal().seed(7),
            heUniform(),
            lecunNormal(),
            lecunUniform(),
            orthogonal(2),
            identityMatrix())
        .flatMap(
            each ->
                Stream.of(
                    dense(3).kernelInitializer(each).biasInitializer(zeros()),
                    batchNormalization().gammaInitializer(each).movingMeanInitializer(each)));
  }

  @ParameterizedTest
  @MethodSource("saved")
  void aFileKeepsIt(Layer layer) {
    Config config = layer.config().orElseThrow();
    Layer read = LayerRegistry.LAYERS.read(config);
    assertThat(read.config()).contains(config);
    Parameter first = layer.parameters(5).get(0);
    Parameter again = read.parameters(5).get(0);
    assertThat(again.initializer()).isEqualTo(first.initializer());
  }

  @Test
  void kerasNamesAndFormsAreRead() {
    for (Object name :
        List.of("he_normal", "HeNormal", Config.of("keras.initializers", "HeNormal"))) {
      assertThat(read(name)).isEqualTo(heNormal());
    }
    assertThat(read("normal")).isEqualTo(randomNormal(0, 0.05));
    assertThat(read("uniform")).isEqualTo(randomUniform(-0.05, 0.05));
    assertThat(read("one")).isEqualTo(ones());
    assertThat(read("orthogonal")).isEqualTo(orthogonal());
    Config generator = Config.of("keras.random", "SeedGenerator").with("seed", 4).without("name");
    assertThat(read(Config.of("", "HeNormal").with("seed", generator)))
        .isEqualTo(heNormal().seed(4));
    Config old = Config.of("", "VarianceScaling").with("scale", 1.0).with("mode", "fan_avg");
    assertThat(read(old.with("distribution", "uniform").with("dtype", "float32")))
        .isEqualTo(varianceScaling(1, "fan_avg", "uniform"));
    Config axes = old.with("input_axes", List.of(0)).with("output_axes", List.of(1, 2));
    assertThat(drawn(read(axes), 300, 10, 10)).hasSize(30_000);
  }

  private static WeightInitializer read(Object saved) {
    var settings = new Settings(Config.of("", "Dense").with("kernel_initializer", saved));
    return Initializers.from(settings, "kernel_initializer").orElseThrow();
  }

  @Test
  void oneOfCodeThatAFileNamesIsRefusedOnceWeightsAreDrawn() {
    Config custom = Config.of("mine", "Mine>Init").with("x", 1);
    Config config =
        Config.of("keras.layers", "Dense").with("units", 2).with("kernel_initializer", custom);
    Layer read = LayerRegistry.LAYERS.read(config); // its weights are in the file
    assertThat(read.config().orElseThrow().get("kernel_initializer")).contains(custom);
    assertThatThrownBy(() -> sequential(input(3), read).build())
        .hasMessageContaining("kernel_initializer expects one of Keras's initializers, [Constant")
        .hasMessageContaining("but the file says Mine>Init");
  }

  @Test
  void oneOfAReadersOwnDrawsWeightsButIsInNoFile() {
    var layer =
        dense(2).kernelInitializer((values, shape, random) -> Arrays.fill(values, shape[0]));
    try (var model = sequential(input(3), layer).build()) {
      assertThat(model.weightValues("dense/kernel").toDoubles()).containsOnly(3);
    }
    assertThat(layer.config().orElseThrow().get("kernel_initializer")).isEmpty();
  }

  @Test
  void wrongSettingsAreRefusedInWords() {
    assertThatThrownBy(() -> randomUniform(1, 0))
        .hasMessageStartingWith("randomUniform expects the lower bound first but receives 1.0 and");
    assertThatThrownBy(() -> randomNormal(0, -1))
        .hasMessageStartingWith("randomNormal expects a spread of 0 or more but receives -1.0");
    assertThatThrownBy(() -> constant(Double.NaN)).hasMessageContaining("receives NaN");
    assertThatThrownBy(() -> varianceScaling(1, "fan", "uniform"))
        .hasMessage(
            "varianceScaling expects one of [fan_in, fan_out, fan_avg] for mode but receives \"fan\": use one of these.");
    assertThatThrownBy(() -> varianceScaling(0, "fan_in", "uniform"))
        .hasMessageContaining("a scale above 0");
    assertThatThrownBy(() -> dense(2).kernelInitializer(null))
        .hasMessage(
            "dense expects an initializer for kernelInitializer but receives none: write kernelInitializer(heNormal()).");
  }
}
