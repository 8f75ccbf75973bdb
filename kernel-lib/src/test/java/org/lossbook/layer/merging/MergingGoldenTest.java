package org.lossbook.layer.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.layer.saved.LayerRegistry.LAYERS;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.onednn.OneDnnEngine;
import org.lossbook.layer.Layer;
import org.lossbook.testing.Golden;

/**
 * Layers of several inputs give Keras's values and gradients, and gradients that finite differences
 * confirm.
 */
class MergingGoldenTest {
  static Stream<Golden.Case> cases() {
    return Golden.cases("merging");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAndGradientsAreThoseOfKerasAndOfFiniteDifferences(Golden.Case golden) {
    Layer layer = Golden.read(LAYERS, golden.text("layer"), golden.object("settings"));
    List<Golden.Values> inputs = all(golden, "x");
    List<Golden.Values> gradients = all(golden, "dx");
    List<float[]> x = inputs.stream().map(Golden.Values::floats).toList();
    float[] dy = golden.tensor("dy").floats();
    try (Parameters none = OneDnnEngine.instance().parameters(List.of())) {
      Graph graph = OneDnnEngine.instance().graph(none, inputs.get(0).shape()[0], true);
      List<Tensor> tensors =
          inputs.stream().map(each -> graph.inputWithGradient(sample(each.shape()))).toList();
      Tensor y = layer.build(graph, tensors, none::slot);
      assertThat(y.shape())
          .isEqualTo(layer.outputShape(tensors.stream().map(Tensor::shape).toList()))
          .isEqualTo(sample(golden.tensor("y").shape()));
      try (Plan plan = graph.plan(tensors, List.of(y))) {
        close(forward(plan, x, dy.length), golden.tensor("y"), "y");
        plan.outputGradient(0, dy);
        plan.backward();
        List<float[]> own = new ArrayList<>();
        for (int k = 0; k < x.size(); k++) {
          own.add(new float[x.get(k).length]);
          plan.inputGradient(k, own.get(k));
          close(own.get(k), gradients.get(k), "dx " + k);
        }
        if (!golden.text("name").endsWith("tiny")) {
          assertSlope(plan, x, own, dy);
        }
      }
    }
  }

  /** The values change along a random direction as the gradients say. */
  private static void assertSlope(Plan plan, List<float[]> x, List<float[]> dx, float[] dy) {
    Random random = new Random(5);
    double step = 1e-3;
    double expected = 0;
    double size = 0;
    List<float[]> ahead = new ArrayList<>();
    List<float[]> behind = new ArrayList<>();
    for (int k = 0; k < x.size(); k++) {
      ahead.add(x.get(k).clone());
      behind.add(x.get(k).clone());
      for (int i = 0; i < x.get(k).length; i++) {
        double direction = random.nextGaussian();
        ahead.get(k)[i] += (float) (step * direction);
        behind.get(k)[i] -= (float) (step * direction);
        expected += dx.get(k)[i] * direction;
        size += Math.abs(dx.get(k)[i] * direction);
      }
    }
    double change =
        dot(forward(plan, ahead, dy.length), dy) - dot(forward(plan, behind, dy.length), dy);
    assertThat(change / (2 * step)).isCloseTo(expected, within(0.01 * size + 0.01));
  }

  private static float[] forward(Plan plan, List<float[]> x, int size) {
    for (int k = 0; k < x.size(); k++) {
      plan.input(k, x.get(k));
    }
    plan.forward();
    float[] y = new float[size];
    plan.output(0, y);
    return y;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static List<Golden.Values> all(Golden.Case golden, String field) {
    List<Golden.Values> all = new ArrayList<>();
    for (JsonElement element : golden.json().getAsJsonArray(field)) {
      all.add(Golden.Values.of(element.getAsJsonObject()));
    }
    return all;
  }

  private static int[] sample(int... shape) {
    return Arrays.copyOfRange(shape, 1, shape.length);
  }

  private static void close(float[] actual, Golden.Values expected, String what) {
    double scale = Arrays.stream(expected.data()).map(Math::abs).max().orElse(1);
    assertThat(actual).as(what).hasSize(expected.data().length);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("%s[%d]", what, i)
          .isCloseTo(expected.data()[i], within(3e-6 * scale));
    }
  }
}
