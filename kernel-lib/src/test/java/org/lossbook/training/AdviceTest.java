package org.lossbook.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.*;

import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.callback.Callback;
import org.lossbook.callback.CallbackException;
import org.lossbook.loss.Loss;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.model.Model;
import org.lossbook.training.fit.FitOptions;

/** What is said of a run that goes wrong fits what went wrong. */
class AdviceTest {
  private final double[][] x = {{1}, {2}, {3}, {4}};
  private final double[] y = {2, 4, 6, 8};
  private final FitOptions two = epochs(2).batchSize(2).shuffle(false).validationSplit(0.5).quiet();

  private static Model line(Loss loss, Metric... metrics) {
    return sequential(input(1), dense(1).named("d")).seed(1).compile(sgd(), loss, metrics);
  }

  private String stopped(Model model, double[][] x, double[] y) {
    return model.fit(x, y, epochs(3).batchSize(4).shuffle(false).quiet()).stopped().orElseThrow();
  }

  @Test
  void aFormulaWithoutAValueIsNamedWithTheSampleAndNotTheLearningRate() {
    Loss root = loss("root", (t, q) -> t.minus(q).sqrt());
    try (Model model = line(root)) {
      model.weights("d/kernel", vector(1));
      assertThat(stopped(model, new double[][] {{1}, {3}}, vector(2, 2.5)))
          .startsWith(
              "The loss became NaN in epoch 1, batch 1, and fit stopped there: the loss root")
          .contains("it is not a finite number for y = 2.5 and ŷ = 3, sample 2 of the batch")
          .contains("with .max(1e-7)")
          .contains(
              "No step was taken yet, so the learning rate is not to blame; the weights are unchanged.")
          .doesNotContain("learningRate", "steps are too large");
    }
    Loss fixed = loss("root", (t, q) -> t.minus(q).max(1e-7).sqrt());
    try (Model model = line(fixed)) {
      assertThat(model.fit(new double[][] {{1}, {3}}, vector(2, 2.5), epochs(3).quiet()).stopped())
          .isEmpty();
    }
  }

  @Test
  void beforeTheFirstStepInputsTargetsOrWeightsAreToBlame() {
    try (Model model = line(mse())) {
      assertThat(stopped(model, new double[][] {{3e30}, {1}}, vector(1, 2)))
          .contains("The inputs reach 3E+30: scale them to about 0…1.")
          .doesNotContain("learningRate");
    }
    try (Model model = line(mse())) {
      model.weights("d/kernel", vector(1e30));
      assertThat(stopped(model, new double[][] {{1e30}, {1}}, vector(1, 2)))
          .contains("Scale the inputs, which reach 1E+30 here, to about 0…1.")
          .doesNotContain("learningRate");
    }
    try (Model model = line(mse().times(1e300))) {
      assertThat(stopped(model, x, vector(1, 1e30, 2, 3)))
          .contains("Scale the targets, which reach 1E+30, to about 0…1.")
          .doesNotContain("learningRate");
    }
    try (Model model = line(mse())) {
      model.weights("d/kernel", vector(3e38));
      assertThat(stopped(model, x, y))
          .contains("Start with smaller weights d/kernel, which reach 3E+38")
          .doesNotContain("learningRate");
    }
  }

  @Test
  void afterAStepTheLearningRateIsToBlame() {
    try (Model model = sequential(input(1), dense(1)).compile(sgd().learningRate(1e30), mse())) {
      assertThat(stopped(model, x, y)).contains("try sgd().learningRate(");
    }
  }

  /** A metric of the reader's own that throws in one of the ways there are. */
  private static Metric failing(String name, Runnable begin, Runnable add, DoubleSupplier value) {
    return new Metric() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Tally tally(int targets, int outputs) {
        begin.run();
        return new Tally() {
          @Override
          public void add(float[] y, float[] yHat, float[] weights, int rows) {
            add.run();
          }

          @Override
          public double value() {
            return value.getAsDouble();
          }

          @Override
          public void reset() {}
        };
      }
    };
  }

  private static void fail() {
    throw new ArrayIndexOutOfBoundsException("Index 7 out of bounds for length 4");
  }

  @Test
  void aMetricThatThrowsIsNamedWithThePlace() {
    Metric adding = failing("hits", () -> {}, AdviceTest::fail, () -> 0);
    try (Model model = line(mse(), adding.named("my_hits"))) {
      assertThatThrownBy(() -> model.fit(x, y, two))
          .isInstanceOf(MetricException.class)
          .hasMessage(
              "The metric my_hits failed in epoch 1 of 2 after 1 of 1 batches with"
                  + " ArrayIndexOutOfBoundsException (Index 7 out of bounds for length 4): fit"
                  + " stopped there, the weights are kept and model.history() holds the run so far;"
                  + " correct the metric, compile with it and call fit again.")
          .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
      assertThat(model.history().stopped().orElseThrow()).contains("my_hits failed");
      assertThatThrownBy(() -> model.evaluate(x, y))
          .isInstanceOf(MetricException.class)
          .hasMessageStartingWith("The metric my_hits failed in evaluate with ArrayIndexOut")
          .hasMessageEndingWith(": correct the metric, and compile with it.");
      assertThat(model.compile(sgd(), mse()).fit(x, y, two).epochs()).hasSize(2);
    }
    int[] asked = {0};
    Metric valued =
        failing(
            "late",
            () -> {},
            () -> {},
            () -> {
              if (++asked[0] > 6) {
                fail();
              }
              return 1;
            });
    try (Model model = line(mse(), valued)) {
      assertThatThrownBy(() -> model.fit(x, y, epochs(20).quiet()))
          .isInstanceOf(MetricException.class)
          .hasMessageMatching("The metric late failed in epoch \\d+ of 20 after 1 of 1 batches.*");
      assertThat(model.history().epochs()).isNotEmpty();
    }
    Metric never = failing("never", AdviceTest::fail, () -> {}, () -> 0);
    assertThatThrownBy(() -> line(mse(), never))
        .isInstanceOf(MetricException.class)
        .hasMessageStartingWith("The metric never failed in compile with ArrayIndexOutOfBounds");
  }

  @Test
  void aCallbackIsNotBlamedForAMetric() {
    Metric adding = failing("hits", () -> {}, () -> {}, () -> 1);
    boolean[] broken = {false};
    Metric valued =
        failing(
            "late",
            () -> {},
            () -> {},
            () -> {
              if (broken[0]) {
                fail();
              }
              return 1;
            });
    var look =
        onBatchEnd(
            run -> {
              broken[0] = true;
              run.figures();
            });
    try (Model model = line(mse(), adding, valued)) {
      assertThatThrownBy(() -> model.fit(x, y, two.callbacks(look)))
          .isInstanceOf(MetricException.class)
          .hasMessageStartingWith("The metric late failed in epoch 1 of 2");
    }
  }

  @Test
  void aScheduleThatThrowsIsNamed() {
    try (Model model =
        sequential(input(1), dense(1))
            .compile(
                sgd()
                    .learningRate(
                        step -> {
                          if (step == 1) {
                            fail();
                          }
                          return 0.1;
                        }),
                mse())) {
      assertThatThrownBy(() -> model.fit(x, y, two))
          .hasMessageStartingWith(
              "sgd expects a schedule that gives the learning rate of each step but it failed for"
                  + " step 1 with ArrayIndexOutOfBoundsException (Index 7");
    }
    Loss moving =
        huber()
            .delta(
                scheduled(
                    epoch -> {
                      if (epoch == 1) {
                        fail();
                      }
                      return 1;
                    }));
    try (Model model = line(moving)) {
      assertThatThrownBy(() -> model.fit(x, y, two))
          .hasMessageStartingWith(
              "huber expects a schedule that gives delta for each epoch but it failed for epoch 1");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY, -1e-300})
  void aLearningRateIsAbove0WhoeverSetsIt(double rate) {
    String what = "expects a learning rate above 0 but receives " + rate + ": ";
    assertThatThrownBy(() -> sgd().learningRate(rate)).hasMessageContaining(what);
    try (Model model = line(mse())) {
      assertThatThrownBy(() -> model.learningRate(rate))
          .hasMessageStartingWith("learningRate " + what);
      assertThat(model.learningRate()).isEqualTo(0.01);
      Callback own = onEpochEnd(run -> run.learningRate(rate));
      assertThatThrownBy(() -> model.fit(x, y, two.callbacks(own)))
          .isInstanceOf(CallbackException.class)
          .hasMessageContaining("onEpochEnd " + what);
      assertThatThrownBy(() -> model.fit(x, y, two.callbacks(learningRateScheduler(epoch -> rate))))
          .isInstanceOf(CallbackException.class)
          .hasMessageContaining("learningRateScheduler " + what);
      assertThat(model.learningRate()).isEqualTo(0.01);
    }
    boolean isPause = rate == 0; // as the last step of cosineDecay has it
    if (!isPause) {
      try (Model model =
          sequential(input(1), dense(1)).compile(sgd().learningRate(step -> rate), mse())) {
        assertThatThrownBy(() -> model.fit(x, y, two))
            .hasMessageContaining("sgd expects a schedule that gives 0 or more but receives");
      }
    }
  }

  @Test
  void theDirectionOfALossOfOnesOwnAmongTheMetricsIsAskedFor(@TempDir Path folder) {
    Loss within = loss("within", (t, q) -> t.minus(q).abs().atMost(0.5));
    String asks =
        "in which direction val_within improves but receives mode(\"auto\"), and the metric does not say:"
            + " call mode(\"max\") if higher is better, mode(\"min\") if lower is.";
    String file = folder.resolve("best.keras").toString();
    List<Callback> followers =
        List.of(
            earlyStopping().monitor("val_within"),
            reduceLrOnPlateau().monitor("val_within"),
            checkpoint(file).saveBestOnly().monitor("val_within"));
    try (Model model = line(mse(), within)) {
      for (Callback follower : followers) {
        assertThatThrownBy(() -> model.fit(x, y, two.callbacks(follower)))
            .hasMessageContaining(asks);
      }
      model.fit(x, y, two.callbacks(earlyStopping().monitor("val_within").mode("max")));
    }
    assertThatThrownBy(
            () ->
                search(space("rate", 0.1, 0.2), s -> line(mse(), within))
                    .monitor("val_within")
                    .fit(x, y, two))
        .hasMessageContaining(asks);
    Loss near = loss("near", (t, q) -> t.minus(q).square());
    try (Model model = line(near)) { // as the loss it is made small
      model.fit(x, y, two.callbacks(earlyStopping().monitor("val_loss")));
    }
  }

  @Test
  void aLossOfKerasFallsAndWhatIsMadeOfOnesOwnIsUnknown() {
    Loss own = loss("own", (t, q) -> t.minus(q).abs());
    assertThat(mse().direction()).isEqualTo(Direction.DOWN);
    assertThat(cosineSimilarity().direction()).isEqualTo(Direction.DOWN);
    assertThat(mse().sum().plus(l2(0.1)).direction()).isEqualTo(Direction.DOWN);
    assertThat(mse().times(2).plus(mae()).direction()).isEqualTo(Direction.DOWN);
    assertThat(mse().output(1).named("error").direction()).isEqualTo(Direction.DOWN);
    assertThat(mse().on("price").direction()).isEqualTo(Direction.DOWN);
    assertThat(own.direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(own.sum().direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(own.times(2).direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(mse().plus(own).direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(own.output(0).direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(own.named("x").direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(mse().times(-1).direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(mae().plus(mse().times(-0.1)).direction()).isEqualTo(Direction.UNKNOWN);
  }
}
