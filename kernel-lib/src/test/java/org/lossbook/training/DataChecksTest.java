package org.lossbook.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.*;

import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Dataset;
import org.lossbook.loss.Loss;
import org.lossbook.metric.Metric;
import org.lossbook.model.ModelState;
import org.lossbook.model.Sequential;

/** Mistakes with data get an answer before the first step. */
class DataChecksTest {
  private static final double[][] THREE_ROWS = {{1, 2}, {3, 4}, {5, 6}};
  private static final double[][] ONE_HOT = {{1, 0}, {0, 1}, {1, 0}};

  private static AbstractThrowableAssert<?, ?> fitting(
      Sequential network, Loss loss, Object x, Object y) {
    try (var model = network.compile(sgd(), loss)) {
      AbstractThrowableAssert<?, ?> fails =
          assertThatThrownBy(() -> model.fit(x, y, epochs(1).quiet()))
              .isInstanceOf(IllegalArgumentException.class);
      assertThat(ModelState.of("test", model).compiled().update().updater().step()).isZero();
      return fails;
    }
  }

  private static Sequential two() {
    return sequential(input(2), dense(2).softmax());
  }

  @Test
  void samplesOfAnotherShape() {
    fitting(sequential(input(3), dense(1)), mse(), THREE_ROWS, vector(1, 2, 3))
        .hasMessage(
            "fit expects samples [3], as the model's input says, but receives [2]: start the model with input(2).");
    fitting(
            sequential(input(2, 2, 1), flatten(), dense(1)),
            mse(),
            new double[][] {{1, 2, 3, 4}},
            vector(1))
        .hasMessage(
            "fit expects samples [2, 2, 1], as the model's input says, but receives [4]: start the model with input(4), reshape(2, 2, 1).");
    try (var model = sequential(input(3), dense(1)).compile(sgd(), mse())) {
      assertThatThrownBy(() -> model.predictValues(THREE_ROWS))
          .hasMessageStartingWith("predict expects samples [3]");
      assertThatThrownBy(() -> model.evaluate(THREE_ROWS, vector(1, 2, 3)))
          .hasMessageStartingWith("evaluate expects samples [3]");
      assertThatThrownBy(() -> model.predictValues(vector(1, 2)))
          .hasMessage(
              "predict expects samples [3], as the model's input says, but receives single numbers: give an array of that shape for each sample.");
    }
  }

  @Test
  void measurementsAreNoAnswersToCount() {
    for (Metric metric : new Metric[] {accuracy(), f1(), binaryAccuracy().named("hits"), auc()}) {
      try (var model = sequential(input(2), dense(1)).compile(sgd(), mse(), metric)) {
        assertThatThrownBy(() -> model.fit(THREE_ROWS, vector(1, 38.5, 20), epochs(1).quiet()))
            .hasMessage(
                metric.name()
                    + " expects 1 for yes and 0 for no in y but a target is 38.5: it counts answers; mae() and r2() judge measurements.");
        assertThat(model.evaluate(THREE_ROWS, vector(1, 0, -1)).get(metric.name())).isNotNaN();
      }
    }
  }

  @Test
  void whatIsNotThere() {
    try (var model = two().compile(sgd(), sparseCategoricalCrossentropy())) {
      Dataset none = null;
      Dataset data = dataset(THREE_ROWS, vector(0, 1, 0));
      assertThatThrownBy(() -> model.fit(none, epochs(1)))
          .hasMessageStartingWith("fit expects a dataset but receives null:");
      assertThatThrownBy(() -> model.fit(data, null))
          .hasMessageStartingWith("fit expects options but receives null:");
      assertThatThrownBy(() -> model.evaluate(none))
          .hasMessageStartingWith("evaluate expects a dataset but receives null:");
      assertThatThrownBy(() -> backprop(null, THREE_ROWS, THREE_ROWS))
          .hasMessageStartingWith("backprop expects a model but receives null:");
      assertThatThrownBy(() -> gradientCheck(null, THREE_ROWS, THREE_ROWS))
          .hasMessageStartingWith("gradientCheck expects a model but receives null:");
    }
    Loss loss = null;
    Metric metric = null;
    assertThatThrownBy(() -> two().compile(null, mse()))
        .hasMessageStartingWith("compile expects an optimizer but receives null:");
    assertThatThrownBy(() -> two().compile(sgd(), loss))
        .hasMessageStartingWith("compile expects a loss but receives null:");
    assertThatThrownBy(
            () -> two().compile(sgd(), sparseCategoricalCrossentropy(), accuracy(), metric))
        .hasMessageStartingWith("compile expects metrics but receives null:");
    assertThatThrownBy(() -> sequential(input(2), null))
        .hasMessageStartingWith("sequential expects layers but receives null:");
    assertThatThrownBy(() -> plot(loss, mse()))
        .hasMessageStartingWith("plot expects losses but receives null:");
  }

  @Test
  void aTrailingOneMayBeMissing() {
    try (var model = sequential(input(2, 2, 1), flatten(), dense(1)).compile(sgd(), mse())) {
      double[][][] images = {{{1, 2}, {3, 4}}};

      assertThat(model.fit(images, vector(1), epochs(1).quiet()).get("loss")).hasSize(1);
      assertThat(model.predictValues(images).shape()).containsExactly(1, 1);
    }
  }

  @Test
  void labelsOutOfRange() {
    fitting(two(), sparseCategoricalCrossentropy(), THREE_ROWS, vector(0, 1, 2))
        .hasMessageContaining("labels 0 to 1")
        .hasMessageContaining("y[2] is 2");
  }

  @Test
  void oneHotWhereIntegersBelongAndTheOtherWayRound() {
    fitting(two(), sparseCategoricalCrossentropy(), THREE_ROWS, ONE_HOT)
        .hasMessageContaining("categoricalCrossentropy()");
    fitting(two(), categoricalCrossentropy(), THREE_ROWS, vector(0, 1, 0))
        .hasMessageContaining("sparseCategoricalCrossentropy()");
  }

  @Test
  void targetsOfAnotherWidth() {
    fitting(two(), mse(), THREE_ROWS, vector(1, 2, 3)).hasMessageStartingWith("mse expects 2");
  }

  @Test
  void probabilitiesThatDoNotSumToOne() {
    fitting(two(), categoricalCrossentropy(), THREE_ROWS, new double[][] {{1, 0}, {1, 1}, {0, 1}})
        .hasMessageContaining("sum to one");
  }

  @Test
  void numbersThatAreNone() {
    fitting(
            two(),
            categoricalCrossentropy(),
            new double[][] {{1, Double.NaN}},
            new double[][] {{1, 0}})
        .hasMessageContaining("finite")
        .hasMessageContaining("NaN");
    fitting(two(), mse(), new double[][] {{1, 2}}, new double[][] {{1, Double.POSITIVE_INFINITY}})
        .hasMessageContaining("finite");
  }

  @Test
  void arraysOfDifferentLengthsAndEmptyOnes() {
    fitting(two(), sparseCategoricalCrossentropy(), THREE_ROWS, vector(0, 1))
        .hasMessageContaining("3 samples")
        .hasMessageContaining("2 targets");
    fitting(two(), sparseCategoricalCrossentropy(), new double[0][2], new double[0])
        .hasMessageContaining("empty");
  }

  @Test
  void classWeightsNeedClasses() {
    try (var model = sequential(input(2), dense(1)).compile(sgd(), mse())) {
      assertThatThrownBy(
              () ->
                  model.fit(
                      THREE_ROWS, vector(1, 2, 3), epochs(1).classWeight(Map.of(0, 2)).quiet()))
          .hasMessage(
              "classWeight expects a classification loss but mse compares numbers: use sampleWeight(…), or weights as a third argument.");
    }
  }

  @Test
  void aWeightThatIsNotThereOrOfAnotherSize() {
    try (var model = two().compile(sgd(), mse())) {
      assertThatThrownBy(() -> model.weightValues("dense_9/kernel"))
          .hasMessageContaining("dense/kernel");
      assertThatThrownBy(() -> model.weights("dense/kernel", vector(1, 2, 3)))
          .hasMessage("dense/kernel expects [2, 2] but receives [3]: give as many numbers.");
    }
  }
}
