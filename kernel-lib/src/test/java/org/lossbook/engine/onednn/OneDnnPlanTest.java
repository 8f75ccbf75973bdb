package org.lossbook.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Engine;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Parameters.Vector;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window;

class OneDnnPlanTest {
  private static final int BATCH = 5;
  private final Engine engine = OneDnnEngine.instance();

  private static Parameter uniform(String name, int... shape) {
    return Parameter.trained(name, (values, s, random) -> {}, shape);
  }

  private static float[] noise(int size, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian() / 2;
    }
    return values;
  }

  private static Parameters filled(Engine engine, Parameter... wanted) {
    Parameters parameters = engine.parameters(List.of(wanted));
    float[] values = noise(parameters.trainableSize(), 1);
    parameters.write(Vector.TRAINABLE, 0, values, values.length);
    return parameters;
  }

  private static float[] gradients(Parameters parameters) {
    float[] values = new float[parameters.trainableSize()];
    parameters.read(Vector.GRADIENT, 0, values, values.length);
    return values;
  }

  /** Two dense layers on one input: the gradients of the shared value add up. */
  @Test
  void aValueThatTwoOperationsReadGetsTheSumOfTheirGradients() {
    try (Parameters p =
        filled(engine, uniform("a", 3, 4), uniform("b", 4, 2), uniform("c", 4, 2))) {
      Graph graph = engine.graph(p, BATCH, true);
      Tensor x = graph.input(3);
      Tensor shared =
          graph.activation(graph.innerProduct(x, p.slot("a"), Optional.empty()), Activation.TANH);
      Tensor left = graph.innerProduct(shared, p.slot("b"), Optional.empty());
      Tensor right = graph.innerProduct(shared, p.slot("c"), Optional.empty());
      try (Plan plan = graph.plan(List.of(x), List.of(left, right))) {
        float[] input = noise(BATCH * 3, 2);
        float[] ones = new float[BATCH * 2];
        Arrays.fill(ones, 1);
        plan.input(0, input);
        plan.forward();
        plan.outputGradient(0, ones);
        plan.outputGradient(1, ones);
        plan.backward();
        float[] expected = gradients(p);
        float[] weights = new float[p.trainableSize()];
        p.read(Vector.TRAINABLE, 0, weights, weights.length);
        for (int i = 0; i < weights.length; i++) {
          float[] moved = weights.clone();
          moved[i] += 1e-2f;
          double ahead = sum(plan, p, moved);
          moved[i] -= 2e-2f;
          double behind = sum(plan, p, moved);
          assertThat((ahead - behind) / 2e-2)
              .as("weight %d", i)
              .isCloseTo(expected[i], within(2e-3));
        }
      }
    }
  }

  private static double sum(Plan plan, Parameters p, float[] weights) {
    p.write(Vector.TRAINABLE, 0, weights, weights.length);
    plan.forward();
    double sum = 0;
    float[] out = new float[BATCH * 2];
    for (int output = 0; output < 2; output++) {
      plan.output(output, out);
      for (float value : out) {
        sum += value;
      }
    }
    return sum;
  }

  @Test
  void runningTwiceGivesTheSameBits() {
    try (Parameters p = filled(engine, uniform("k", 3, 3, 7, 33), uniform("w", 5 * 5 * 33, 10))) {
      Graph graph = engine.graph(p, BATCH, true);
      Tensor x = graph.input(7, 7, 7);
      Tensor convolved =
          graph.activation(
              graph.convolution(x, p.slot("k"), Optional.empty(), Window.of(3, 3), 1),
              Activation.RELU);
      Tensor y =
          graph.innerProduct(graph.reshape(convolved, 5 * 5 * 33), p.slot("w"), Optional.empty());
      try (Plan plan = graph.plan(List.of(x), List.of(y))) {
        plan.input(0, noise(BATCH * 7 * 7 * 7, 3));
        plan.outputGradient(0, noise(BATCH * 10, 4));
        plan.forward();
        plan.backward();
        float[] first = gradients(p);
        plan.forward();
        plan.backward();
        assertThat(gradients(p)).isEqualTo(first);
        assertThat(first).doesNotContain(Float.NaN);
      }
    }
  }

  @Test
  void changedWeightsAreSeenByTheNextRunOfEveryPlan() {
    try (Parameters p = filled(engine, uniform("w", 2, 1))) {
      try (Plan one = dense(p, 1);
          Plan three = dense(p, 3)) {
        assertThat(output(one, new float[] {1, 0}, 1)).containsExactly(value(p, 0));
        p.write(Vector.TRAINABLE, 0, new float[] {7, 8}, 2);
        assertThat(output(one, new float[] {1, 0}, 1)).containsExactly(7);
        assertThat(output(three, new float[] {1, 0, 0, 1, 1, 1}, 3)).containsExactly(7, 8, 15);
      }
    }
  }

  @Test
  void anOutputInTheMiddleIsKeptWhereTheNextOperationCouldSwallowIt() {
    try (Parameters p = filled(engine, uniform("k", 1, 1, 1, 2), uniform("w", 2, 1))) {
      p.write(Vector.TRAINABLE, 0, new float[] {-1, 1, 10, 100}, 4);
      Graph graph = engine.graph(p, 1, false);
      Tensor x = graph.input(1, 1, 1);
      Tensor linear = graph.convolution(x, p.slot("k"), Optional.empty(), Window.of(1, 1), 1);
      Tensor positive = graph.activation(linear, Activation.RELU);
      Tensor flat = graph.reshape(positive, 2);
      Tensor y = graph.innerProduct(flat, p.slot("w"), Optional.empty());
      try (Plan plan = graph.plan(List.of(x), List.of(linear, positive, flat, y))) {
        assertThat(output(plan, new float[] {3}, 2)).containsExactly(-3, 3);
        float[] two = new float[2];
        plan.output(1, two);
        assertThat(two).containsExactly(0, 3);
        plan.output(2, two);
        assertThat(two).containsExactly(0, 3);
        float[] one = new float[1];
        plan.output(3, one);
        assertThat(one).containsExactly(300);
      }
    }
  }

  /**
   * 11×11 pixels pooled by 2×2 leave the eleventh row unread. With every value asked for nothing
   * may be left out; so this network is computed in both ways.
   */
  @Test
  void whatNobodyReadsIsLeftOutAndNothingElseChanges() {
    int side = 13;
    for (boolean training : new boolean[] {true, false}) {
      for (Activation function :
          new Activation[] {Activation.RELU, Activation.SWISH, Activation.leakyRelu(0.3)}) {
        try (Parameters p =
            filled(
                engine,
                uniform("a", 3, 3, 2, 16),
                uniform("b", 3, 3, 16, 8),
                uniform("w", 2 * 2 * 8, 3))) {
          float[] x = noise(BATCH * side * side * 2, 5);
          float[] dy = noise(BATCH * 3, 6);
          List<float[]> sparing = run(p, side, function, training, false, x, dy);
          List<float[]> whole = run(p, side, function, training, true, x, dy);
          for (int i = 0; i < whole.size(); i++) {
            assertThat(sparing.get(i)).containsExactly(whole.get(i), within(1e-4f));
          }
        }
      }
    }
  }

  private List<float[]> run(
      Parameters p,
      int side,
      Activation function,
      boolean training,
      boolean everything,
      float[] x,
      float[] dy) {
    Graph graph = engine.graph(p, BATCH, training);
    Tensor input = graph.input(side, side, 2);
    Tensor first = convolved(graph, input, p, "a", function);
    Tensor pooled = graph.maxPooling(first, window(2, 2));
    Tensor second = convolved(graph, pooled, p, "b", function);
    Tensor small = graph.maxPooling(second, window(1, 2));
    Tensor y = graph.innerProduct(graph.reshape(small, 2 * 2 * 8), p.slot("w"), Optional.empty());
    List<Tensor> outputs = everything ? List.of(y, first, pooled, second, small) : List.of(y);
    try (Plan plan = graph.plan(List.of(input), outputs)) {
      plan.input(0, x);
      plan.forward();
      float[] result = new float[BATCH * 3];
      plan.output(0, result);
      if (!training) {
        return List.of(result);
      }
      plan.outputGradient(0, dy);
      plan.backward();
      return List.of(result, gradients(p));
    }
  }

  private static Tensor convolved(
      Graph graph, Tensor x, Parameters p, String kernel, Activation function) {
    return graph.activation(
        graph.convolution(x, p.slot(kernel), Optional.empty(), window(3, 1), 1), function);
  }

  private static Window window(int size, int stride) {
    return Window.of(size, size).strides(stride, stride);
  }

  private static float value(Parameters p, int offset) {
    float[] value = new float[1];
    p.read(Vector.TRAINABLE, offset, value, 1);
    return value[0];
  }

  private Plan dense(Parameters p, int batch) {
    Graph graph = engine.graph(p, batch, false);
    Tensor x = graph.input(2);
    return graph.plan(List.of(x), List.of(graph.innerProduct(x, p.slot("w"), Optional.empty())));
  }

  private static float[] output(Plan plan, float[] x, int size) {
    plan.input(0, x);
    plan.forward();
    float[] y = new float[size];
    plan.output(0, y);
    return y;
  }

  @Test
  void aClosedPlanAndClosedParametersSayWhatToDoInsteadOfCrashing() {
    Parameters p = filled(engine, uniform("w", 2, 1));
    Plan plan = dense(p, 1);
    plan.close();
    plan.close();
    assertThatThrownBy(plan::forward)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This plan was closed: make a new one from the graph.");
    p.close();
    p.close();
    assertThatThrownBy(() -> p.read(Vector.TRAINABLE, 0, new float[1], 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The model's parameters were freed by close()");
    assertThatThrownBy(() -> dense(p, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void twoParametersOfOneNameAreRefused() {
    assertThatThrownBy(() -> engine.parameters(List.of(uniform("w", 1), uniform("w", 2))))
        .hasMessage(
            "A model expects one parameter of each name but receives w twice: give the layers"
                + " different names.");
  }

  @Test
  void anUnknownParameterIsAnsweredWithThoseThereAre() {
    try (Parameters p = filled(engine, uniform("w", 1))) {
      assertThatThrownBy(() -> p.slot("v")).hasMessage("The model has no parameter v: it has [w].");
    }
  }
}
