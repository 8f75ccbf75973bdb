package org.lossbook.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.engine.Shapes;
import org.lossbook.layer.Layer;
import org.lossbook.layer.Node;
import org.lossbook.layer.core.Dense;
import org.lossbook.loss.Loss;
import org.lossbook.model.Functional;
import org.lossbook.model.Model;

/**
 * Networks that nobody would draw: values that many read, some of them outputs, layers that are
 * shared, frozen, nested, penalised. Gradients share memory where they can, so each of them is held
 * to what the loss says.
 */
class RandomGraphTest {
  private static final int SAMPLES = 5;
  private static final int STEPS = 9;

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyGradientIsWhatTheLossSays(int seed) {
    var graph = new RandomGraph(seed);
    try (Model model = graph.model.seed(seed).compile(sgd(), graph.losses())) {
      var check = gradientCheck(model, graph.x(), graph.y());

      assertThat(check.agrees()).as("%s%n%s", model.summary(), check).isTrue();
      // A check that could tell nothing would agree too.
      assertThat(check.lines().stream().filter(line -> !line.isBelowNoise()).count())
          .as("%s%n%s", model.summary(), check)
          .isGreaterThan(check.lines().size() / 4);
    }
  }

  /** A network that grows by what chance says. */
  private static final class RandomGraph {
    private final Random random;
    private final List<Node> values = new ArrayList<>();
    private final Set<Node> unread = new LinkedHashSet<>();
    private final List<Node> outputs = new ArrayList<>();
    private final List<Dense> shared = new ArrayList<>();
    private final Functional model;

    RandomGraph(int seed) {
      random = new Random(seed);
      var image = input(5, 6, 2);
      var row = input(4);
      values.addAll(List.of(image, row));
      unread.addAll(values);
      values.add(layer(dense(4).tanh(), row)); // something that is trained
      unread.add(values.get(2));
      while (values.size() < STEPS || unread.contains(image) || unread.contains(row)) {
        grow();
      }
      // Some are read by others and by the reader too.
      values.stream()
          .filter(value -> value != image && value != row)
          .filter(value -> unread.contains(value) || random.nextInt(6) == 0)
          .forEach(outputs::add);
      model = model(List.of(image, row), outputs);
    }

    private void grow() {
      Node a = pick(value -> true);
      Node grown = a.shape().length == 1 ? fromRow(a) : fromImage(a);
      values.add(grown);
      unread.add(grown);
    }

    private Node fromRow(Node a) {
      Node b = pick(value -> Arrays.equals(value.shape(), a.shape()));
      return switch (random.nextInt(10)) {
        case 0 -> layer(anyDense(), a);
        case 1 -> layer(penalised(), a);
        case 2 -> layer(again(a), a);
        case 3 -> layer(anyDense().frozen(), a);
        case 4 -> layer(nested(a), a);
        case 5 -> merged(concatenate(), a, pick(value -> value.shape().length == 1));
        case 6 -> random.nextBoolean() ? merged(dot(), a, b) : merged(dot().normalized(), a, b);
        case 7 -> layer(passing(), a);
        default -> merge(a, b);
      };
    }

    private Node fromImage(Node a) {
      Node b = pick(value -> Arrays.equals(value.shape(), a.shape()));
      boolean isLarge = a.shape()[0] > 2 && a.shape()[1] > 2;
      return switch (random.nextInt(9)) {
        case 0 -> layer(flatten(), a);
        case 1 -> layer(flatten(), a);
        case 2 -> layer(globalAveragePooling2d(), a);
        case 3 -> layer(isLarge ? conv2d(3, 2).tanh() : conv2d(2, 1).relu(), a);
        case 4 -> layer(isLarge ? maxPooling2d(2) : averagePooling2d(1), a);
        case 5 ->
            layer(isLarge ? conv2d(2, 2).l2(0.01).activityRegularizer(l2(0.1)) : flatten(), a);
        case 6 -> layer(passing(), a);
        case 7 -> layer(random.nextBoolean() ? batchNormalization() : spatialDropout2d(0.3), a);
        default -> merge(a, b);
      };
    }

    /** What leaves a value's shape, and often its gradient, as it is. */
    private Layer passing() {
      return switch (random.nextInt(6)) {
        case 0 -> activation("relu");
        case 1 -> activation("tanh");
        case 2 -> activation("linear");
        case 3 -> gaussianNoise(0.1);
        case 4 -> dropout(0.3);
        default -> activation("sigmoid");
      };
    }

    private Node merge(Node a, Node b) {
      return switch (random.nextInt(7)) {
        case 0 -> merged(subtract(), a, b);
        case 1 -> merged(multiply(), a, b);
        case 2 -> merged(average(), a, b);
        case 3 -> merged(maximum(), a, b);
        case 4 -> merged(minimum(), a, b);
        case 5 -> merged(add(), a, b, a);
        default -> merged(add(), a, b);
      };
    }

    private Dense anyDense() {
      Dense dense = dense(3 + random.nextInt(2));
      return switch (random.nextInt(6)) {
        case 0 -> dense.relu();
        case 1 -> dense.sigmoid();
        case 2 -> dense.swish();
        case 3 -> dense.softmax();
        case 4 -> dense.elu();
        default -> dense;
      };
    }

    private Layer penalised() {
      return anyDense().l1l2(0.01, 0.02).activityRegularizer(l1l2(0.05, 0.1));
    }

    /** A layer that is there already, where one was made for that width. */
    private Dense again(Node a) {
      int place = a.shape()[0];
      while (shared.size() <= place) {
        shared.add(anyDense());
      }
      return shared.get(place);
    }

    private Layer nested(Node a) {
      var x = input(a.shape()[0]);
      var h = dense(3).tanh().of(x);
      return model(x, add().of(h, dense(3).l2(0.05).of(x)));
    }

    private Node layer(Layer layer, Node a) {
      unread.remove(a);
      return layer.of(a);
    }

    private Node merged(Layer layer, Node... from) {
      List.of(from).forEach(unread::remove);
      return layer.of(from);
    }

    private Node pick(Predicate<Node> fits) {
      List<Node> fitting = values.stream().filter(fits).toList();
      return fitting.get(random.nextInt(fitting.size()));
    }

    List<Loss> losses() {
      return outputs.stream().map(output -> (Loss) mse()).toList();
    }

    List<Object> x() {
      return List.of(Values.of("x", numbers(60)).reshape(SAMPLES, 5, 6, 2), numbers(4));
    }

    List<double[][]> y() {
      return outputs.stream().map(output -> numbers(Shapes.size(output.shape()))).toList();
    }

    private double[][] numbers(int width) {
      return IntStream.range(0, SAMPLES)
          .mapToObj(i -> random.doubles(width, -1.5, 1.5).toArray())
          .toArray(double[][]::new);
    }
  }
}
