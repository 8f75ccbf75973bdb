package org.lossbook.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.callback.Watched;
import org.lossbook.data.Dataset;
import org.lossbook.model.Model;
import org.lossbook.training.fit.FitTest;

class LandscapeTest {
  private static final Dataset POINTS = FitTest.points(90, 1);

  private static Model trained() {
    Model model =
        sequential(input(2), dense(8).relu(), batchNormalization(), dense(3).softmax())
            .seed(1)
            .compile(adam().learningRate(0.05), sparseCategoricalCrossentropy());
    model.fit(POINTS, epochs(20).quiet());
    return model;
  }

  @Test
  void itsMiddleIsTheLossOfTheModelAndTheWeightsStayToTheBit() {
    try (Model model = trained()) {
      var before = FitTest.weights(model);
      var landscape = landscape(model, POINTS).resolution(5);

      assertThat(landscape.grid().z()[2][2])
          .isCloseTo(model.evaluate(POINTS).get("loss"), within(1e-6));
      assertThat(landscape.grid().x()).containsExactly(-1, -0.5, 0, 0.5, 1);
      double most =
          Arrays.stream(landscape.grid().z()).flatMapToDouble(Arrays::stream).max().orElse(0);
      assertThat(most).isGreaterThan(1.5 * landscape.grid().z()[2][2]);
      assertThat(FitTest.weights(model)).isEqualTo(before);
    }
  }

  /**
   * One weight alone is a filter of its own, so the direction is ±w: the loss is known on paper.
   */
  @Test
  void aDirectionIsAsLongAsTheFilterAndLeavesBiasesAlone() {
    try (Model model = sequential(input(1), dense(1)).compile(sgd(), mse())) {
      model.weights("dense/kernel", matrix(row(2))).weights("dense/bias", vector(1));
      var data = dataset(matrix(row(1)), vector(0)); // loss (w + 1)²
      var z = landscape(model, data).resolution(3).grid().z();

      assertThat(z[1][1]).isEqualTo(9);
      double[] ends = {z[1][0], z[1][2]};
      Arrays.sort(ends); // w = 0 and w = 4
      assertThat(ends).containsExactly(new double[] {1, 25}, within(1e-5));
      double[] corners = {z[0][0], z[0][2], z[2][0], z[2][2]};
      Arrays.sort(corners); // w = −2, 2, 2 and 6
      assertThat(corners).containsExactly(new double[] {1, 9, 9, 49}, within(1e-5));
    }
  }

  @Test
  void theSameSeedGivesTheSamePicturesAndAnotherOthers() {
    try (Model model = trained()) {
      var one = landscape(model, POINTS).resolution(5).sample(30);

      assertThat(one.plot().mimeBundle())
          .isEqualTo(landscape(model, POINTS).resolution(5).sample(30).plot().mimeBundle());
      assertThat(one.surface().alt())
          .startsWith("The loss of 30 samples around the weights: a landscape of loss over first")
          .contains("first direction from -1 to 1");
      assertThat(one.seed(2).plot().alt()).isNotEqualTo(one.plot().alt());
      assertThat(one.radius(0.1).plot().alt()).contains("from -0.1 to 0.1");
      assertThat(one.mimeBundle()).containsKey("image/png");
      assertThat(one).hasToString(one.plot().alt());
    }
  }

  @Test
  void anInterruptOrAMistakeLeavesTheWeightsAsTheyWere() {
    try (Model model = trained()) {
      var before = FitTest.weights(model);
      Dataset failing =
          new Watched(
              POINTS,
              sample -> {
                throw new IllegalStateException("the disk is gone");
              });
      assertThatThrownBy(() -> landscape(model, failing).grid()).hasMessage("the disk is gone");
      assertThat(FitTest.weights(model)).isEqualTo(before);
      int[] loads = {0};
      Dataset interrupting =
          new Watched(
              POINTS,
              sample -> {
                if (++loads[0] == 300) {
                  Thread.currentThread().interrupt();
                }
              });
      assertThatThrownBy(() -> landscape(model, interrupting).grid())
          .isInstanceOf(InterruptedTraining.class)
          .hasMessageStartingWith("landscape was interrupted after ");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(FitTest.weights(model)).isEqualTo(before);
    }
  }

  @Test
  void settingsThatSayNothingAreRefused() {
    try (Model model = trained()) {
      var landscape = landscape(model, POINTS);
      assertThatThrownBy(() -> landscape.resolution(2))
          .hasMessageStartingWith(
              "landscape expects a resolution of 3 to 201 places but receives 2:");
      assertThatThrownBy(() -> landscape.radius(0))
          .hasMessageStartingWith("landscape expects a radius above 0 but receives 0.0: ");
      assertThatThrownBy(() -> landscape.sample(0))
          .hasMessageStartingWith("landscape expects at least one sample but receives 0: ");
      assertThatThrownBy(() -> landscape(model, dataset(vector(1), vector(1))).grid())
          .hasMessageStartingWith("landscape expects samples [2]");
    }
  }
}
