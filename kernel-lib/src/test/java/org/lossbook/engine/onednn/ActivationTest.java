package org.lossbook.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Engine;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window;

/** Every function of the engine and its slope beside double precision, over all floats. */
class ActivationTest {
  private static final double ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI);
  private static final float INF = Float.POSITIVE_INFINITY;
  private final Engine engine = OneDnnEngine.instance();

  /** A function, its slope, and what it tends to at −∞ and ∞. */
  private record Case(
      String name,
      Activation activation,
      DoubleUnaryOperator value,
      DoubleUnaryOperator slope,
      float low,
      float high) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> functions() {
    return Stream.of(
        new Case("relu", Activation.RELU, x -> Math.max(x, 0), x -> x > 0 ? 1 : 0, 0, INF),
        leaky(0.2f),
        leaky(-0.2f),
        new Case("sigmoid", Activation.SIGMOID, x -> sigmoid(x), x -> sigmoidSlope(x), 0, 1),
        new Case("tanh", Activation.TANH, StrictMath::tanh, x -> 4 * sigmoidSlope(2 * x), -1, 1),
        elu(1),
        elu(0.3f),
        elu(-0.3f),
        new Case(
            "gelu", Activation.GELU, x -> x * normal(x), x -> normal(x) + x * density(x), 0, INF),
        new Case(
            "gelu by tanh",
            new Activation(Activation.Kind.GELU_TANH, 0),
            x -> x * sigmoid(inner(x)),
            x ->
                sigmoid(inner(x))
                    + x * sigmoidSlope(inner(x)) * 2 * ROOT_2_OVER_PI * (1 + 0.134145 * x * x),
            0,
            INF),
        new Case(
            "swish",
            Activation.SWISH,
            x -> x * sigmoid(x),
            x -> sigmoid(x) + x * sigmoidSlope(x),
            0,
            INF),
        new Case(
            "softplus",
            Activation.SOFTPLUS,
            x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))),
            x -> sigmoid(x),
            0,
            INF));
  }

  private static Case leaky(float alpha) {
    return new Case(
        "leaky relu " + alpha,
        Activation.leakyRelu(alpha),
        x -> x > 0 ? x : alpha * x,
        x -> x > 0 ? 1 : alpha,
        alpha > 0 ? -INF : INF,
        INF);
  }

  private static Case elu(float alpha) {
    return new Case(
        "elu " + alpha,
        Activation.elu(alpha),
        x -> x > 0 ? x : alpha * StrictMath.expm1(x),
        x -> x > 0 ? 1 : alpha * StrictMath.exp(x),
        -alpha,
        INF);
  }

  private static double sigmoid(double x) {
    double decay = StrictMath.exp(-Math.abs(x));
    return (x > 0 ? 1 : decay) / (1 + decay);
  }

  private static double sigmoidSlope(double x) {
    double decay = StrictMath.exp(-Math.abs(x));
    return decay / (1 + decay) / (1 + decay);
  }

  private static double inner(double x) {
    return 2 * ROOT_2_OVER_PI * (x + 0.044715 * x * x * x);
  }

  private static double density(double x) {
    return StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** Φ(x): Taylor's series in the middle, Laplace's continued fraction in the tails. */
  private static double normal(double x) {
    if (x > 3) {
      return 1 - normal(-x);
    }
    if (x < -3) {
      double rest = 0;
      for (int k = 150; k > 0; k--) {
        rest = k / (rest - x);
      }
      return density(x) / (rest - x);
    }
    double sum = 0;
    double term = x;
    for (int k = 1; k < 120; k += 2) {
      sum += term;
      term *= x * x / (k + 2);
    }
    return 0.5 + sum * density(x);
  }

  /** All exponents of both signs, the middle in small steps, and both sides of each corner. */
  private static float[] floats() {
    DoubleStream everywhere =
        new Random(3).ints(60_000).mapToDouble(Float::intBitsToFloat).filter(Double::isFinite);
    DoubleStream middle = DoubleStream.iterate(-110, x -> x < 110, x -> x + 0.0041);
    double[] corners =
        Stream.of(0.0, -0.751791524, -1.278464542, -0.752461421, 1.0, -1.0, 87.33, -87.33, -103.97)
            .flatMap(x -> Stream.iterate(x.floatValue(), Math::nextUp).limit(20))
            .flatMap(x -> Stream.of(x, -x))
            .mapToDouble(x -> x)
            .toArray();
    double[] ends = {
      0,
      -0.0,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL,
      -Float.MIN_NORMAL,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      1e13,
      -1e13,
      1e20,
      -1e20,
      2e38,
      -2e38
    };
    double[] all =
        Stream.of(everywhere, middle, Arrays.stream(corners), Arrays.stream(ends))
            .flatMapToDouble(s -> s)
            .toArray();
    float[] floats = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      floats[i] = (float) all[i];
    }
    return floats;
  }

  /** The values, and in training the slopes too. */
  private float[][] results(Activation activation, boolean training, float... x) {
    try (Parameters none = engine.parameters(List.of())) {
      Graph graph = engine.graph(none, 1, training);
      Tensor in = graph.inputWithGradient(x.length);
      Tensor out = graph.activation(in, activation);
      try (Plan plan = graph.plan(List.of(in), List.of(out))) {
        float[] values = new float[x.length];
        float[] slopes = new float[x.length];
        plan.input(0, x);
        plan.forward();
        plan.output(0, values);
        if (training) {
          Arrays.fill(slopes, 1);
          plan.outputGradient(0, slopes);
          plan.backward();
          plan.inputGradient(0, slopes);
        }
        return new float[][] {values, slopes};
      }
    }
  }

  private static void agree(String what, float[] x, float[] found, DoubleUnaryOperator exact) {
    for (int i = 0; i < x.length; i++) {
      double expected = exact.applyAsDouble(x[i]);
      double allowed = Math.max(1e-5 * Math.abs(expected), 4 * Math.ulp((float) expected));
      boolean agrees = found[i] == (float) expected || Math.abs(found[i] - expected) <= allowed;
      if (!agrees) {
        assertThat(found[i]).as("%s of %s", what, x[i]).isEqualTo((float) expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void itIsRightToTheLastDigitsForAllFloatsAndSoIsItsSlope(Case function) {
    float[] x = floats();
    agree("predicting", x, results(function.activation, false, x)[0], function.value);
    float[][] training = results(function.activation, true, x);
    agree("training", x, training[0], function.value);
    agree("slope", x, training[1], function.slope);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void atTheEndsOfTheLineItHasItsLimits(Case function) {
    float[][] ends = results(function.activation, true, INF, -INF, Float.NaN);
    assertThat(ends[0][0] + 0f).isEqualTo(function.high); // −0 is 0 too
    assertThat(ends[0][1] + 0f).isEqualTo(function.low);
    assertThat(ends[1][0] + 0f).isEqualTo((float) function.slope.applyAsDouble(200));
    assertThat(ends[1][1] + 0f).isEqualTo((float) function.slope.applyAsDouble(-200) + 0f);
    if (!function.name.equals("relu")) { // oneDNN's gives 0
      assertThat(ends[0][2]).isNaN();
    }
  }

  /**
   * In rows of every width, shares from almost 1 down to subnormal ones, and the slopes they have.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 700})
  void aSoftmaxAndItsSlopesKeepTheirDigits(int width) {
    Random random = new Random(width);
    for (float spread : new float[] {0, 1, 20, 60, 100, 1e30f}) {
      int rows = 4;
      float[] x = new float[rows * width];
      float[] slopes = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = spread * random.nextFloat();
        slopes[i] = (float) random.nextGaussian();
      }
      float[] found = new float[x.length];
      float[] foundSlopes = new float[x.length];
      try (Parameters none = engine.parameters(List.of())) {
        Graph graph = engine.graph(none, rows, true);
        Tensor in = graph.inputWithGradient(width);
        Tensor out = graph.activation(in, Activation.SOFTMAX);
        try (Plan plan = graph.plan(List.of(in), List.of(out))) {
          plan.input(0, x);
          plan.forward();
          plan.output(0, found);
          plan.outputGradient(0, slopes);
          plan.backward();
          plan.inputGradient(0, foundSlopes);
        }
      }
      for (int row = 0; row < x.length; row += width) {
        double[] shares = new double[width];
        for (int i = 0; i < width; i++) {
          for (int j = 0; j < width; j++) {
            shares[i] += StrictMath.exp((double) x[row + j] - x[row + i]);
          }
          shares[i] = 1 / shares[i];
          close("share", found[row + i], shares[i], shares[i]);
        }
        for (int i = 0; i < width; i++) {
          double slope = 0;
          double size = 0;
          for (int j = 0; j < width; j++) {
            double part = shares[i] * shares[j] * ((double) slopes[row + i] - slopes[row + j]);
            slope += part;
            size += Math.abs(part);
          }
          close("slope", foundSlopes[row + i], slope, size);
        }
      }
    }
  }

  private static void close(String what, float found, double expected, double size) {
    double allowed = Math.max(1e-5 * size, 4 * Math.ulp((float) size));
    assertThat((double) found).as(what).isCloseTo(expected, within(allowed));
  }

  /** A kernel's layout may pad the channels: what it pads with must stay 0, where f(0) is not. */
  @Test
  void behindAConvolutionItIsThatOfTheConvolutionsNumbers() {
    Parameter kernel = Parameter.trained("k", (values, s, random) -> {}, 3, 3, 2, 5);
    for (Activation activation : List.of(Activation.SOFTPLUS, Activation.SIGMOID)) {
      try (Parameters p = engine.parameters(List.of(kernel))) {
        float[] weights = new float[p.trainableSize()];
        Random random = new Random(4);
        for (int i = 0; i < weights.length; i++) {
          weights[i] = (float) random.nextGaussian();
        }
        p.write(Parameters.Vector.TRAINABLE, 0, weights, weights.length);
        Graph graph = engine.graph(p, 3, true);
        Tensor x = graph.input(6, 6, 2);
        Window window = Window.of(3, 3);
        Tensor line = graph.convolution(x, p.slot("k"), Optional.empty(), window, 1);
        Tensor curve = graph.activation(line, activation);
        try (Plan plan = graph.plan(List.of(x), List.of(line, curve))) {
          float[] image = new float[3 * 6 * 6 * 2];
          for (int i = 0; i < image.length; i++) {
            image[i] = (float) random.nextGaussian();
          }
          plan.input(0, image);
          plan.forward();
          float[] before = new float[3 * line.size()];
          float[] after = new float[before.length];
          plan.output(0, before);
          plan.output(1, after);
          assertThat(after).containsExactly(results(activation, true, before)[0]);
        }
      }
    }
  }
}
