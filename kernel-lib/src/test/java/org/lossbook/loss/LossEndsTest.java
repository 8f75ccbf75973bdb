package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.binaryFocalCrossentropy;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.dice;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.poisson;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.tversky;
import static org.lossbook.Lossbook.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.loss.evaluate.BatchLoss;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;
import org.lossbook.model.Model;

/**
 * Every loss is finite, and its gradient too, on all that the model's end that it asks for can
 * give.
 */
class LossEndsTest {
  private static final double TINY = Float.MIN_VALUE;
  private static final double[] AMOUNTS = {0, TINY, 1e-38, 1e-30, 1e-12, 1e-7, 0.5, 1, 1e4, 1e18};
  private static final double[] SHARES = {
    0, TINY, 1e-38, 1e-30, 1e-12, 1e-8, 1e-7, 2e-7, 0.5, 1 - 1e-6, Math.nextDown(1f), 1
  };
  private static final double[] VALUES = {
    0, -0.0, TINY, -TINY, 1e-38, 1e-20, -1e-7, 0.5, -1, 1, 30, -90, 800, 1e4, -1e4, 1e8, -1e8
  };
  private static final double[] HUGE = {1e18, -1e18, 3e38, -3e38, 1, 0};

  static Stream<Loss> losses() {
    List<Loss> forms = new ArrayList<>(EveryLoss.inEveryForm());
    for (Loss loss : EveryLoss.plain()) {
      for (Loss form :
          Stream.concat(Stream.of(loss), EveryLoss.with(loss, "fromLogits").stream()).toList()) {
        for (double power : new double[] {0.01, 0.5, 1, 1.5}) {
          forms.addAll(EveryLoss.with(form, "gamma", power));
        }
        for (double power : new double[] {0.01, 0.99}) {
          forms.addAll(EveryLoss.with(form, "q", power));
        }
      }
      forms.addAll(EveryLoss.with(loss, "alpha", 0.0001));
      forms.addAll(EveryLoss.with(loss, "eachSample"));
    }
    return forms.stream();
  }

  private static double[] predictions(
      Loss loss, boolean huge, int rows, int columns, Random random) {
    double[] from =
        switch (loss.spec().prediction()) {
          case AMOUNT -> huge ? new double[] {0, 3e38} : AMOUNTS;
          case PROBABILITY, DISTRIBUTION -> SHARES;
          default -> huge ? HUGE : VALUES;
        };
    double[] p = new double[rows * columns];
    for (int i = 0; i < p.length; i++) {
      p[i] = (float) from[random.nextInt(from.length)];
    }
    for (int row = 0; row < p.length; row += columns) {
      if (loss.spec().prediction() == Prediction.DISTRIBUTION) {
        // What softmax gives where one logit is far above the others.
        int one = row + random.nextInt(columns);
        boolean isSure = random.nextBoolean();
        double sum = 0;
        for (int i = row; i < row + columns; i++) {
          p[i] = Math.min(p[i], isSure ? 1e-7 : 0.3);
          sum += i == one ? 0 : p[i];
        }
        p[one] = (float) (1 - sum);
      }
      if (loss.spec().prediction() == Prediction.BOX) {
        for (int i = row; i < row + 2; i++) {
          double low = Math.min(p[i], p[i + 2]);
          p[i + 2] = Math.max(p[i], p[i + 2]);
          p[i] = low;
        }
      }
    }
    return p;
  }

  private static double[] targets(Loss loss, int rows, int columns, Random random) {
    int width = loss.spec().targets(columns);
    double[] y = new double[rows * width];
    for (int row = 0; row < y.length; row += width) {
      for (int i = row; i < row + width; i++) {
        y[i] =
            switch (loss.spec().target()) {
              case AMOUNT -> new double[] {0, 1, 3, 1e4}[random.nextInt(4)];
              case PROBABILITY -> new double[] {0, 1, 0.5}[random.nextInt(3)];
              case SIGN, GROUP -> random.nextInt(2);
              case LABEL, SEQUENCE -> random.nextInt(columns);
              case DISTRIBUTION -> 0;
              default -> new double[] {0, 1, -3, 1e4, 1e-7}[random.nextInt(5)];
            };
      }
      if (loss.spec().target() == Target.DISTRIBUTION) {
        int other = row + random.nextInt(width);
        y[row] += 0.5;
        y[other] += 0.5;
      }
      if (loss.spec().target() == Target.BOX) {
        Arrays.sort(y, row, row + 4);
      }
    }
    return y;
  }

  private static int columns(Loss loss) {
    return switch (loss.spec().prediction()) {
      case BOX -> 4;
      case NORMAL -> 2;
      default -> 3;
    };
  }

  @ParameterizedTest
  @MethodSource("losses")
  void itIsFiniteWithItsGradient(Loss loss) {
    int columns = columns(loss);
    Random random = new Random(11);
    BatchLoss bound = new TrainingLoss(loss).bind(columns);
    for (int batch = 0; batch < 300; batch++) {
      int rows = batch < 200 ? 1 + random.nextInt(4) : 24;
      double[] y = targets(loss, rows, columns, random);
      double[] p = predictions(loss, false, rows, columns, random);
      float[] gradient = new float[p.length];
      double value = bound.run(floats(y), floats(p), null, rows, gradient);
      for (int i = 0; i < p.length; i++) {
        check(loss, y, p, value, gradient[i]);
      }
    }
  }

  /** The slope of a square may be no float there, but it is a double. */
  @ParameterizedTest
  @MethodSource("losses")
  void itIsFiniteAtTheEdgeOfWhatFloatsAre(Loss loss) {
    int columns = columns(loss);
    Random random = new Random(12);
    BatchLoss bound = new TrainingLoss(loss).bind(columns);
    for (int batch = 0; batch < 100; batch++) {
      int rows = 1 + random.nextInt(4);
      double[] y = targets(loss, rows, columns, random);
      double[] p = predictions(loss, true, rows, columns, random);
      double[] gradient = new double[p.length];
      double value = bound.run(y, p, null, rows, gradient);
      for (int i = 0; i < p.length; i++) {
        check(loss, y, p, value, gradient[i]);
      }
    }
  }

  /** Rates of almost 0, from logits far below it, are what such data are about. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3})
  void aCountRegressionRunsThroughForEverySeed(long seed) {
    Random random = new Random(seed);
    double[][] x = new double[300][1];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i][0] = 8 * random.nextDouble() - 5;
      double limit = Math.exp(-Math.exp(2 * x[i][0] - 1));
      for (double left = random.nextDouble(); left > limit; left *= random.nextDouble()) {
        y[i]++;
      }
    }
    try (Model model =
        sequential(input(1), dense(1).softplus())
            .seed(seed)
            .compile(adam().learningRate(0.1), poisson())) {
      double before = model.evaluate(x, y).loss();
      double last = model.fit(x, y, epochs(40).batchSize(32).seed(seed).quiet()).last("loss");
      assertThat(model.history().stopped()).isEmpty();
      assertThat(last).isFinite().isLessThan(before);
    }
  }

  @Test
  void aRateOfAlmostZeroIsPositiveAndHasItsDigits() {
    try (Model model = sequential(input(1), dense(1).softplus().named("rate")).build()) {
      model.weights("rate/kernel", matrix(row(1)));
      float[] rates = model.predict(vector(-4, -20, -24, -80, -100)).toFloatVector();
      double[] exact =
          vector(0.01814992791780978, 2.0611536203143e-9, 3.775134544e-11, 1.8e-35, 3.72e-44);
      for (int i = 0; i < rates.length; i++) {
        assertThat((double) rates[i]).isCloseTo(exact[i], withinPercentage(i < 3 ? 1e-4 : 2));
      }
    }
  }

  /** Fused with the sigmoid, and, beside a loss that has no form from logits, on its own. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9})
  void aFocusBelowOneTrainsAloneAndBesideDice(double gamma) {
    Loss focal = binaryFocalCrossentropy().gamma(gamma);
    double[][] x = new double[64][1];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i][0] = i - 31.5;
      y[i] = i < 32 ? 0 : 1;
    }
    for (Loss loss : List.of(focal, focal.plus(dice()), focal.times(0.5).plus(tversky()))) {
      try (Model model =
          sequential(input(1), dense(1).sigmoid()).seed(1).compile(adam().learningRate(1), loss)) {
        double last = model.fit(x, y, epochs(20).batchSize(16).seed(1).quiet()).last("loss");
        assertThat(model.history().stopped()).isEmpty();
        assertThat(last).isFinite().isLessThan(0.05);
      }
    }
  }

  private static void check(Loss loss, double[] y, double[] p, double value, double slope) {
    if (!Double.isFinite(value) || !Double.isFinite(slope)) {
      String where = Arrays.toString(y) + ", " + Arrays.toString(p);
      throw new AssertionError(
          loss + " is " + value + " and has a slope of " + slope + " at " + where);
    }
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }
}
