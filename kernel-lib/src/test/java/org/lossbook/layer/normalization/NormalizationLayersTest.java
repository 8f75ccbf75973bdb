package org.lossbook.layer.normalization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Parameter;
import org.lossbook.layer.Layer;
import org.lossbook.model.Model;
import org.lossbook.testing.OneLayer;

/**
 * The numbers of these layers' Javadoc, their bounds, and what they answer to what does not fit.
 */
class NormalizationLayersTest {
  private static List<String> parameters(Layer layer, int... shape) {
    return layer.parameters(shape).stream().map(Parameter::toString).toList();
  }

  private static Bounds bounds(Layer layer, int... shape) {
    return layer.bounds(List.of(Bounds.NONE), List.of(shape));
  }

  @Test
  void layerNormalizationScalesAlongItsAxes() {
    assertThat(parameters(layerNormalization(), 7, 32)).containsExactly("gamma[32]", "beta[32]");
    assertThat(parameters(layerNormalization().axis(1, 2), 7, 32))
        .containsExactly("gamma[7, 32]", "beta[7, 32]");
    assertThat(parameters(layerNormalization().axis(1).scale(false), 7, 32))
        .containsExactly("beta[7]");
    assertThat(layerNormalization().outputShape(7, 32)).containsExactly(7, 32);
  }

  @Test
  void layerNormalizationWithoutScalingIsBoundedByTheLengthOfARow() {
    assertThat(bounds(layerNormalization().scale(false).center(false), 7, 5))
        .isEqualTo(Bounds.between(-2, 2));
    assertThat(bounds(layerNormalization().center(false), 7, 5)).isEqualTo(Bounds.NONE);
  }

  @Test
  void anAxisThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> layerNormalization().axis(3).outputShape(7, 32))
        .hasMessage(
            "layer_normalization expects an axis of [batch, 7, 32] but receives 3: 1 is a sample's"
                + " first axis, -1 its last.");
    assertThatThrownBy(() -> layerNormalization().axis(1, -2).outputShape(7, 32))
        .hasMessage(
            "layer_normalization expects different axes of [batch, 7, 32] but receives 1, -2: 1 is"
                + " a sample's first axis, -1 its last.");
    assertThatThrownBy(() -> layerNormalization().outputShape())
        .hasMessage(
            "layer_normalization expects an axis of [batch] but receives -1: add reshape(1) before"
                + " it.");
  }

  @Test
  void theBatchIsNoAxisToNormalizeAlong() {
    assertThatThrownBy(() -> layerNormalization().axis(0))
        .hasMessage(
            "layer_normalization expects axes of a sample but receives 0, the batch: 1 is a"
                + " sample's first axis, -1 its last.");
    assertThatThrownBy(() -> layerNormalization().axis())
        .hasMessage(
            "layer_normalization expects axes of a sample but receives none: 1 is a sample's first"
                + " axis, -1 its last.");
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> layerNormalization().epsilon(0))
        .hasMessage(
            "layer_normalization expects an epsilon above 0 but receives 0.0: 1e-3 is the"
                + " default.");
    assertThatThrownBy(() -> layerNormalization().gammaRegularizer(null))
        .hasMessage(
            "layer_normalization expects a penalty for gammaRegularizer but receives none:"
                + " write gammaRegularizer(l2(1e-4)).");
  }

  @Test
  void aNetworkOverSequencesTrainsWithLayerNormalizationAfterDense() {
    double[][][] x = new double[32][5][3];
    double[][] y = new double[32][1];
    var random = new SplittableRandom(5);
    for (int i = 0; i < 32; i++) {
      for (double[] step : x[i]) {
        Arrays.setAll(step, j -> random.nextDouble() - 0.5);
        y[i][0] += step[0] - step[1];
      }
    }
    Model model =
        sequential(
                input(5, 3),
                dense(8).tanh(),
                layerNormalization(),
                rmsNormalization(),
                groupNormalization(2),
                flatten(),
                dense(1))
            .seed(3)
            .compile(adam().learningRate(0.02), mse());

    model.fit(x, y, epochs(40).quiet());

    assertThat(model.history().get("loss").get(39)).isLessThan(0.1);
    assertThat(gradientCheck(model, x, y).agrees()).isTrue();
  }

  @Test
  void groupNormalizationScalesEachChannel() {
    assertThat(parameters(groupNormalization(4), 8, 8, 16))
        .containsExactly("gamma[16]", "beta[16]");
    assertThat(parameters(groupNormalization(-1), 8, 8, 16))
        .containsExactly("gamma[16]", "beta[16]");
    assertThat(parameters(groupNormalization(4).axis(1).center(false), 8, 9, 16))
        .containsExactly("gamma[8]");
  }

  @Test
  void groupsThatDoNotDivideTheChannelsAreRefused() {
    assertThatThrownBy(() -> groupNormalization().outputShape(8, 8, 20))
        .hasMessage(
            "group_normalization expects channels in 32 equal groups but receives 20,"
                + " [batch, 8, 8, 20]: groupNormalization(20) fits.");
    assertThat(groupNormalization(20).outputShape(8, 8, 20)).containsExactly(8, 8, 20);
    assertThatThrownBy(() -> groupNormalization(4).outputShape(6))
        .hasMessage(
            "group_normalization expects channels in 4 equal groups but receives 6, [batch, 6]:"
                + " groupNormalization(3) fits.");
    assertThatThrownBy(() -> groupNormalization(0))
        .hasMessage(
            "group_normalization expects 1 group or more, or -1 for one a channel, but receives 0:"
                + " 32 is the default.");
  }

  @Test
  void groupNormalizationWithoutScalingIsBoundedByTheSizeOfAGroup() {
    var plain = groupNormalization(2).scale(false).center(false);

    assertThat(bounds(plain, 5, 4)).isEqualTo(Bounds.between(-3, 3));
    assertThat(bounds(groupNormalization(2), 5, 4)).isEqualTo(Bounds.NONE);
  }

  @Test
  void rmsNormalizationDividesByTheRootMeanSquare() {
    assertThat(parameters(rmsNormalization(), 3, 7)).containsExactly("scale[7]");
    assertThat(parameters(rmsNormalization().axis(1, 2), 3, 7)).containsExactly("scale[3, 7]");
    assertThat(output(rmsNormalization(), 1, 7)).containsExactly(0.2f, 1.4f);
  }

  @Test
  void rmsNormalizationOverAnAxisBeforeTheLastIsRefused() {
    assertThatThrownBy(() -> rmsNormalization().axis(1).outputShape(3, 7))
        .hasMessage(
            "rms_normalization expects the last axes of [batch, 3, 7], as Keras does, but receives"
                + " 1: put permute(…) before it, so that they are last.");
  }

  @Test
  void unitNormalizationGivesLengthOne() {
    assertThat(output(unitNormalization(), 3, 4)).containsExactly(0.6f, 0.8f);
    assertThat(output(unitNormalization(), 0, 0)).containsExactly(0, 0);
    assertThat(output(unitNormalization(), 3e-30f, 4e-30f)[0]).isEqualTo(3e-18f, within(1e-24f));
    assertThat(bounds(unitNormalization(), 3)).isEqualTo(Bounds.between(-1, 1));
    assertThat(unitNormalization().bounds(List.of(Bounds.between(0, 9)), List.of(new int[] {3})))
        .isEqualTo(Bounds.between(0, 1));
  }

  @Test
  void aRowOfZerosPassesNoGradientThroughUnitNormalization() {
    try (var network = new OneLayer(unitNormalization(), true, 1, 3)) {
      network.forward(new float[3]);
      assertThat(network.backward(new float[] {1, 2, 3})).containsExactly(0, 0, 0);
    }
  }

  @Test
  void batchNormalizationHasANumberForEachPlaceOfItsAxis() {
    assertThat(parameters(batchNormalization().axis(1), 3, 7))
        .containsExactly("gamma[3]", "beta[3]", "moving_mean[3]", "moving_variance[3]");
    assertThatThrownBy(() -> batchNormalization().axis(4).outputShape(5, 5, 3))
        .hasMessage(
            "batch_normalization expects an axis of [batch, 5, 5, 3] but receives 4: 1 is a"
                + " sample's first axis, -1 its last.");
  }

  @Test
  void gammaAndBetaCanBeRegularizedAndConstrained() {
    var layer =
        batchNormalization()
            .gammaRegularizer(l2(0.1))
            .betaRegularizer(l1(0.2))
            .gammaConstraint(nonNegative());

    assertThat(layer.penalty("gamma")).isEqualTo(l2(0.1));
    assertThat(layer.penalty("beta")).isEqualTo(l1(0.2));
    assertThat(layer.penalty("moving_mean").isNone()).isTrue();
    assertThat(layer.constraint("gamma")).hasToString("Optional[nonNegative()]");
    assertThat(layer.constraint("beta")).isEmpty();
    assertThat(layer.config().orElseThrow().settings())
        .containsKeys("gamma_regularizer", "beta_regularizer", "gamma_constraint")
        .doesNotContainKey("beta_constraint");
  }

  private static float[] output(Layer layer, float... row) {
    try (var network = new OneLayer(layer, false, 1, row.length)) {
      return network.forward(row);
    }
  }

  /** So many numbers that threads share the samples of a batch. */
  @ParameterizedTest
  @MethodSource("normalizations")
  void aLargeBatchIsNormalizedAsItsSamplesAre(Layer layer) {
    int samples = 19;
    int numbers = 8 * 4 * 32;
    var random = new SplittableRandom(3);
    double[][] x = new double[samples][numbers];
    double[][] y = new double[samples][numbers];
    for (int i = 0; i < samples * numbers; i++) {
      x[i / numbers][i % numbers] = random.nextDouble() - 0.3;
      y[i / numbers][i % numbers] = random.nextDouble();
    }
    try (Model model =
        sequential(input(numbers), reshape(8, 4, 32), layer, flatten()).compile(sgd(), mse())) {
      double[] outputs = model.predictValues(x).toDoubles();
      double[] slopes = model.inputGradient(x, y).data().asDouble();
      double[][] gradients = gradients(model, x, y);
      double[][] sums = new double[gradients.length][];
      for (int sample = 0; sample < samples; sample++) {
        double[][] one = {x[sample]};
        double[][] target = {y[sample]};
        int from = sample * numbers;
        assertThat(Arrays.copyOfRange(outputs, from, from + numbers))
            .containsExactly(model.predictValues(one).toDoubles(), within(1e-6));
        double[] its = model.inputGradient(one, target).data().asDouble();
        for (int i = 0; i < numbers; i++) {
          assertThat(slopes[from + i]).isCloseTo(its[i] / samples, within(1e-9));
        }
        double[][] each = gradients(model, one, target);
        for (int g = 0; g < sums.length; g++) {
          sums[g] = sums[g] == null ? new double[each[g].length] : sums[g];
          for (int i = 0; i < each[g].length; i++) {
            sums[g][i] += each[g][i] / samples;
          }
        }
      }
      for (int g = 0; g < sums.length; g++) {
        assertThat(gradients[g]).containsExactly(sums[g], within(1e-7));
      }
    }
  }

  private static double[][] gradients(Model model, double[][] x, double[][] y) {
    model.zeroGrad();
    model.loss(x, y).backward();
    return model.weightNames().stream()
        .map(name -> model.gradientValues(name).toDoubles())
        .toArray(double[][]::new);
  }

  static Stream<Layer> normalizations() {
    return Stream.of(
        groupNormalization(8),
        groupNormalization(4).axis(1),
        rmsNormalization(),
        rmsNormalization().axis(2, 3),
        unitNormalization(),
        layerNormalization().axis(1));
  }
}
