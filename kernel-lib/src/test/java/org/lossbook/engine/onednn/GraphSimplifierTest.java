package org.lossbook.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Engine;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Initializer;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.TransposedWindow;
import org.lossbook.engine.Window;

/** What one operation does on the way for another gives the same numbers. */
class GraphSimplifierTest {
  private static final Initializer ANY = (values, shape, random) -> {};
  private static final int BATCH = 2;
  private static final int[] IMAGE = {7, 6, 3};

  /** Values of a graph: the last is the output, the others keep it from being simplified. */
  private interface Net extends BiFunction<Graph, Parameters, List<Tensor>> {}

  private static Tensor convolved(Graph graph, Parameters weights, Tensor x, Window window) {
    Parameters.Slot kernel = weights.slot("kernel");
    return graph.convolution(x, kernel, Optional.of(weights.slot("bias")), window, 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConvolutionReadsBeyondTheBordersInsteadOfAPaddedCopy(boolean training) {
    check(
        training,
        (graph, weights) -> {
          Tensor x = graph.inputWithGradient(IMAGE);
          Tensor padded = graph.pad(x, new int[] {1, 0, 0}, new int[] {2, 1, 0});
          Window window = Window.of(3, 3).strides(2, 1);
          return List.of(x, padded, convolved(graph, weights, padded, window));
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void paddingWiderThanTheWindowStaysACopy(boolean training) {
    check(
        training,
        (graph, weights) -> {
          Tensor x = graph.inputWithGradient(IMAGE);
          Tensor padded = graph.pad(x, new int[] {4, 3, 0}, new int[] {5, 3, 0});
          return List.of(x, padded, convolved(graph, weights, padded, Window.of(3, 3)));
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConvolutionAddsAShortcutOnTheWayToAnActivation(boolean training) {
    check(
        training,
        (graph, weights) -> {
          Tensor x = graph.inputWithGradient(IMAGE);
          Window window = Window.of(3, 3).padding(Window.Padding.SAME);
          Tensor shortcut = graph.activation(x, Activation.RELU);
          Tensor branch = convolved(graph, weights, shortcut, window);
          Tensor sum = graph.sum(List.of(shortcut, branch), 1, 1);
          return List.of(x, branch, sum, graph.activation(sum, Activation.RELU));
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTransposedConvolutionAddsAShortcutOnTheWayToAnActivation(boolean training) {
    check(
        training,
        (graph, weights) -> {
          Tensor x = graph.inputWithGradient(IMAGE);
          Window window = Window.of(3, 3).padding(Window.Padding.SAME);
          Tensor shortcut = graph.activation(x, Activation.RELU);
          Tensor branch =
              graph.deconvolution(
                  shortcut,
                  weights.slot("kernel"),
                  Optional.of(weights.slot("bias")),
                  TransposedWindow.of(window));
          Tensor sum = graph.sum(List.of(shortcut, branch), 1, 1);
          return List.of(x, branch, sum, graph.activation(sum, Activation.RELU));
        });
  }

  @Test
  void aShortcutThatComesLaterIsAddedAfterwards() {
    check(
        false,
        (graph, weights) -> {
          Tensor x = graph.inputWithGradient(IMAGE);
          Window window = Window.of(3, 3).padding(Window.Padding.SAME);
          Tensor branch = convolved(graph, weights, x, window);
          Tensor later = graph.activation(branch, Activation.TANH);
          return List.of(x, later, graph.sum(List.of(branch, later), 1, 1));
        });
  }

  @Test
  void croppingLeavesAConvolutionThatAddsAsItIs() {
    check(
        false,
        (graph, weights) -> {
          Tensor x = graph.inputWithGradient(IMAGE);
          Window same = Window.of(3, 3).padding(Window.Padding.SAME);
          Tensor branch = convolved(graph, weights, x, same);
          Tensor sum = graph.sum(List.of(x, branch), 1, 1);
          return List.of(x, branch, sum, graph.maxPooling(sum, Window.of(2, 2).strides(2, 2)));
        });
  }

  /** In inference values share memory: here each may be read once more, much later. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void anyNetworkPredictsAsIfEachValueHadMemoryOfItsOwn(long seed) {
    check(false, (graph, weights) -> randomNet(graph, weights, new SplittableRandom(seed)));
  }

  private static List<Tensor> randomNet(Graph graph, Parameters weights, SplittableRandom random) {
    Window same = Window.of(3, 3).padding(Window.Padding.SAME);
    List<Tensor> values = new ArrayList<>(List.of(graph.inputWithGradient(IMAGE)));
    for (int i = 0; i < 14; i++) {
      Tensor last = values.get(values.size() - 1);
      Tensor earlier = values.get(random.nextInt(values.size()));
      values.add(
          switch (random.nextInt(7)) {
            case 0 -> convolved(graph, weights, last, same);
            case 1 -> graph.activation(last, Activation.RELU);
            case 2 -> graph.activation(earlier, Activation.TANH);
            case 3 -> graph.sum(List.of(last, earlier), 1, 1);
            case 4 -> graph.reshape(graph.reshape(last, 126), IMAGE);
            case 5 -> graph.maxPooling(last, same);
            default -> {
              Tensor both = graph.concatenation(List.of(earlier, last), 2);
              yield graph.slice(both, new int[] {0, 0, 2}, new int[] {7, 6, 5});
            }
          });
    }
    values.add(graph.product(values.get(1), values.get(values.size() - 1)));
    return values;
  }

  @Test
  void aDeepNetworkPredictsInTheMemoryOfAFewLayers() {
    Engine engine = OneDnnEngine.instance();
    try (Parameters weights = engine.parameters(List.of())) {
      Graph graph = engine.graph(weights, 1, Mode.INFERENCE);
      Tensor x = graph.input(64, 64, 8);
      Tensor y = x;
      for (int layer = 0; layer < 50; layer++) {
        y = graph.activation(y, Activation.TANH);
      }
      try (Plan plan = graph.plan(List.of(x), List.of(y))) {
        assertThat(plan.bytes()).isLessThanOrEqualTo(4 * 64 * 64 * 8 * Float.BYTES);
      }
    }
  }

  /** Compares a plan of the last value alone with one that gives all of them. */
  private static void check(boolean training, Net net) {
    Engine engine = OneDnnEngine.instance();
    var random = new SplittableRandom(3);
    try (Parameters weights =
        engine.parameters(
            List.of(
                Parameter.trained("kernel", ANY, 3, 3, 3, 3), Parameter.trained("bias", ANY, 3)))) {
      for (Parameters.Slot slot : weights.slots()) {
        weights.write(slot.vector(), slot.offset(), numbers(random, slot.size()), slot.size());
      }
      Graph graph = engine.graph(weights, BATCH, training);
      List<Tensor> values = net.apply(graph, weights);
      Tensor last = values.get(values.size() - 1);
      Graph other = engine.graph(weights, BATCH, training);
      List<Tensor> apart = net.apply(other, weights);
      float[] x = numbers(random, BATCH * values.get(0).size());
      float[] dy = numbers(random, BATCH * last.size());
      try (Plan simplified = graph.plan(values.subList(0, 1), List.of(last));
          Plan plain = other.plan(apart.subList(0, 1), apart.subList(1, apart.size()))) {
        float[] expected = run(plain, x, apart.size() - 2, dy.clone());
        float[] received = run(simplified, x, 0, dy.clone());
        close(received, expected);
        if (training) {
          float[] gradient = new float[weights.trainableSize()];
          float[] again = new float[gradient.length];
          simplified.outputGradient(0, dy.clone());
          simplified.backward();
          weights.read(Parameters.Vector.GRADIENT, 0, gradient, gradient.length);
          float[] dx = new float[x.length];
          simplified.inputGradient(0, dx);
          plain.outputGradient(apart.size() - 2, dy.clone());
          plain.backward();
          weights.read(Parameters.Vector.GRADIENT, 0, again, again.length);
          float[] dxAgain = new float[x.length];
          plain.inputGradient(0, dxAgain);
          close(gradient, again);
          close(dx, dxAgain);
        }
      }
    }
  }

  private static float[] run(Plan plan, float[] x, int output, float[] into) {
    plan.input(0, x);
    plan.forward();
    plan.output(output, into);
    return into;
  }

  private static void close(float[] received, float[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(received[i])
          .isCloseTo(expected[i], within(1e-5f * Math.max(1, Math.abs(expected[i]))));
    }
  }

  private static float[] numbers(SplittableRandom random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (random.nextDouble() - 0.5);
    }
    return numbers;
  }
}
