package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.vector;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Dataset;
import org.lossbook.layer.core.Dense;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.model.Model;

/** A network learns with every loss that has a factory, in every form, on a few points. */
class EveryLossTrainsTest {
  private static final int SAMPLES = 60;

  @ParameterizedTest
  @MethodSource("org.lossbook.loss.EveryLoss#inEveryForm")
  void aFewEpochsMakeItSmaller(Loss loss) {
    Dataset data = points(loss);
    try (Model model =
        sequential(input(2), dense(8).tanh(), ending(loss).named("last"))
            .seed(1)
            .compile(adam().learningRate(0.02), loss)) {
      if (loss.spec().prediction() == Prediction.BOX) {
        model.weights(
            "last/bias", vector(0, 0, 1, 1)); // boxes apart have no slope of their overlap
      }
      double before = model.evaluate(data).loss();
      double reported = model.fit(data, epochs(25).batchSize(20).seed(1).quiet()).last("loss");
      double after = model.evaluate(data).loss();

      assertThat(model.history().stopped()).isEmpty();
      assertThat(after).isFinite().isLessThan(before - 0.02 * Math.abs(before));
      assertThat(reported).isLessThan(before);
    }
  }

  private static Dense ending(Loss loss) {
    Dense last = dense(outputs(loss));
    return switch (loss.spec().prediction()) {
      case AMOUNT -> last.softplus();
      case PROBABILITY -> last.sigmoid();
      case DISTRIBUTION -> last.softmax();
      default -> last;
    };
  }

  private static int outputs(Loss loss) {
    return switch (loss.spec().prediction()) {
      case DISTRIBUTION, LOGITS, SCORES -> 3;
      case BOX, TWO_VECTORS -> 4;
      case THREE_PLACES -> 6;
      default -> 2;
    };
  }

  /** Points in the plane, and of each what the loss takes for the truth. */
  private static Dataset points(Loss loss) {
    Random random = new Random(7);
    int targets = loss.spec().targets(outputs(loss));
    double[][] x = new double[SAMPLES][2];
    double[][] y = new double[SAMPLES][targets];
    for (int i = 0; i < SAMPLES; i++) {
      double a = x[i][0] = random.nextGaussian();
      double b = x[i][1] = random.nextGaussian();
      int side = a + 0.3 * b > 0 ? 1 : 0;
      int kind = a > 0.4 ? 0 : b > 0 ? 1 : 2;
      for (int k = 0; k < targets; k++) {
        y[i][k] =
            switch (loss.spec().target()) {
              case VALUE, NUMBER -> k == 0 ? 2 + 0.5 * a : 1.5 - 0.3 * b;
              case AMOUNT -> Math.rint(Math.exp(0.5 + 0.4 * a));
              case PROBABILITY -> k == 0 ? side : 1 - side;
              case SIGN, SIDE -> 2 * side - 1;
              case DISTRIBUTION -> k == kind ? 1 : 0;
              case LABEL, SEQUENCE -> kind;
              case GROUP -> side;
              case BOX -> (k < 2 ? 0.2 : 1.4) + 0.1 * (k % 2 == 0 ? a : b);
            };
      }
    }
    return Dataset.of(x, y);
  }
}
