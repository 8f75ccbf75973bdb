package org.lossbook.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.barron;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.learned;
import static org.lossbook.Lossbook.sequential;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Values;
import org.lossbook.model.Model;

/** Barron's loss while the data choose its shape. */
class LearnedShapeTest {
  @Test
  void wildMeasurementsAmongTheGoodOnesLeadAlphaDownAndTheLineIsFound() {
    double[][] x = new double[200][1];
    double[][] y = new double[200][1];
    fill(x, y, 20);
    try (Model model = fitted(x, y)) {
      double[] line = Values.of("line", model.predict(new double[][] {{0}, {1}})).toDoubles();
      assertThat(line).containsExactly(new double[] {1, 3}, within(0.1));
      assertThat(model.setting("alpha")).isBetween(0.001, 1.0);
    }
  }

  @Test
  void withoutThemAlphaRisesTowardsTheSquare() {
    double[][] x = new double[200][1];
    double[][] y = new double[200][1];
    fill(x, y, 0);
    try (Model model = fitted(x, y)) {
      assertThat(model.setting("alpha")).isBetween(1.0, 1.999);
    }
  }

  /** 2x + 1 with a little noise, every tenth off by {@code wild}. */
  private static void fill(double[][] x, double[][] y, double wild) {
    Random random = new Random(1);
    for (int i = 0; i < x.length; i++) {
      x[i][0] = random.nextGaussian();
      y[i][0] = 2 * x[i][0] + 1 + 0.1 * random.nextGaussian() + (i % 10 == 0 ? wild : 0);
    }
  }

  private static Model fitted(double[][] x, double[][] y) {
    Model model =
        sequential(input(1), dense(1))
            .compile(adam().learningRate(0.05), barron().alpha(learned(1)).c(learned(1)));
    model.fit(x, y, epochs(60).batchSize(50).quiet().seed(1));
    return model;
  }
}
