package org.lossbook.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.lossbook.engine.Engine;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Tensor;

/** Operations that move numbers along axes: their values, and their gradients by differences. */
class AxesTest {
  private static final int BATCH = 3;
  private static final Engine ENGINE = OneDnnEngine.instance();

  /** What a graph of these inputs computes, after comparing its gradients with differences. */
  private static float[] checked(
      List<int[]> shapes, List<float[]> values, BiFunction<Graph, List<Tensor>, Tensor> make) {
    try (Parameters none = ENGINE.parameters(List.of())) {
      Graph graph = ENGINE.graph(none, BATCH, true);
      List<Tensor> inputs = shapes.stream().map(graph::inputWithGradient).toList();
      Tensor output = make.apply(graph, inputs);
      try (Plan plan = graph.plan(inputs, List.of(output))) {
        float[] dy = numbers(BATCH * output.size(), 9);
        float[] y = forward(plan, values, dy.length);
        plan.outputGradient(0, dy);
        plan.backward();
        List<float[]> gradients = new ArrayList<>();
        for (int k = 0; k < inputs.size(); k++) {
          float[] gradient = new float[values.get(k).length];
          plan.inputGradient(k, gradient);
          gradients.add(gradient);
        }
        for (int k = 0; k < inputs.size(); k++) {
          for (int i = 0; i < values.get(k).length; i++) {
            float before = values.get(k)[i];
            values.get(k)[i] = before + 0.0625f;
            double ahead = dot(forward(plan, values, dy.length), dy);
            values.get(k)[i] = before - 0.0625f;
            double behind = dot(forward(plan, values, dy.length), dy);
            values.get(k)[i] = before;
            assertThat((ahead - behind) / 0.125)
                .as("input %d, number %d", k, i)
                .isCloseTo(gradients.get(k)[i], within(1e-4));
          }
        }
        return y;
      }
    }
  }

  private static float[] forward(Plan plan, List<float[]> values, int size) {
    for (int k = 0; k < values.size(); k++) {
      plan.input(k, values.get(k));
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

  /** Distinct multiples of 1/4, which sums and differences hold exactly. */
  private static float[] numbers(int size, long seed) {
    List<Float> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      all.add((i - size / 2) / 4f);
    }
    java.util.Collections.shuffle(all, new Random(seed));
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = all.get(i);
    }
    return values;
  }

  private static float[] of(int[] shape, long seed) {
    int size = BATCH;
    for (int extent : shape) {
      size *= extent;
    }
    return numbers(size, seed);
  }

  @Test
  void permuteMovesEachNumberToItsPlace() {
    int[] shape = {2, 3, 4};
    float[] x = of(shape, 1);

    float[] y = checked(List.of(shape), List.of(x), (g, in) -> g.permute(in.get(0), 2, 0, 1));

    for (int n = 0; n < BATCH; n++) {
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
          for (int k = 0; k < 4; k++) {
            assertThat(y[((n * 4 + k) * 2 + i) * 3 + j])
                .isEqualTo(x[((n * 2 + i) * 3 + j) * 4 + k]);
          }
        }
      }
    }
  }

  @Test
  void permuteTakesOneAxisAndFive() {
    for (int[] order : List.of(new int[] {0}, new int[] {3, 1, 4, 0, 2})) {
      int[] shape = {2, 1, 3, 2, 2};
      int[] used = java.util.Arrays.copyOf(shape, order.length);
      float[] x = of(used, 2);
      float[] there = checked(List.of(used), List.of(x), (g, in) -> g.permute(in.get(0), order));
      assertThat(there).containsExactlyInAnyOrder(x);
    }
  }

  @Test
  void paddingAndSlicingAreInverse() {
    int[] shape = {2, 3, 2};
    float[] x = of(shape, 3);

    float[] padded =
        checked(
            List.of(shape),
            List.of(x),
            (g, in) -> g.pad(in.get(0), new int[] {1, 0, 2}, new int[] {0, 2, 1}));
    float[] back =
        checked(
            List.of(shape),
            List.of(x),
            (g, in) ->
                g.slice(
                    g.pad(in.get(0), new int[] {1, 0, 2}, new int[] {0, 2, 1}),
                    new int[] {1, 0, 2},
                    new int[] {3, 3, 4}));

    assertThat(padded).hasSize(BATCH * 3 * 5 * 5);
    assertThat(padded[(1 * 5 + 0) * 5 + 2]).isEqualTo(x[0]);
    assertThat(dot(padded, padded)).isEqualTo(dot(x, x));
    assertThat(back).containsExactly(x);
  }

  @Test
  void aSliceCutsOutABox() {
    int[] shape = {4, 3};
    float[] x = of(shape, 4);

    float[] y =
        checked(
            List.of(shape),
            List.of(x),
            (g, in) -> g.slice(in.get(0), new int[] {1, 2}, new int[] {3, 3}));

    assertThat(y).containsExactly(x[5], x[8], x[17], x[20], x[29], x[32]);
  }

  @Test
  void meansOverAnyAxes() {
    int[] shape = {2, 3, 5};
    float[] x = of(shape, 5);
    for (int[] axes : List.of(new int[] {0}, new int[] {1}, new int[] {2}, new int[] {0, 2})) {
      float[] y = checked(List.of(shape), List.of(x), (g, in) -> g.mean(in.get(0), axes));
      double[] sums = new double[y.length];
      for (int i = 0; i < x.length; i++) {
        int[] at = {i / 15 % 2, i / 5 % 3, i % 5};
        int[] extents = shape.clone();
        for (int axis : axes) {
          at[axis] = 0;
          extents[axis] = 1;
        }
        int place = ((i / 30 * extents[0] + at[0]) * extents[1] + at[1]) * extents[2] + at[2];
        sums[place] += x[i] * (double) (y.length) / x.length;
      }
      for (int i = 0; i < y.length; i++) {
        assertThat((double) y[i]).isCloseTo(sums[i], within(1e-5));
      }
    }
  }

  @Test
  void elementwiseOperationsRepeatExtentsOfOne() {
    List<List<int[]>> pairs =
        List.of(
            List.of(new int[] {2, 3, 4}, new int[] {1, 1, 4}),
            List.of(new int[] {1, 1, 4}, new int[] {2, 3, 4}),
            List.of(new int[] {2, 3, 4}, new int[] {4}),
            List.of(new int[] {4}, new int[] {2, 3, 4}),
            List.of(new int[] {2, 3, 4}, new int[] {2, 3, 1}),
            List.of(new int[] {2, 3, 4}, new int[] {3, 1}),
            List.of(new int[] {2, 1, 4}, new int[] {1, 3, 1}),
            List.of(new int[] {2, 3, 4}, new int[] {1}),
            List.of(new int[] {2, 3, 4}, new int[] {}),
            List.of(new int[] {3}, new int[] {2, 1}));
    for (List<int[]> shapes : pairs) {
      List<float[]> values = List.of(of(shapes.get(0), 6), shifted(of(shapes.get(1), 7)));
      int[] whole =
          org.lossbook.engine.Shapes.broadcast(shapes.get(0), shapes.get(1)).orElseThrow();
      float[] a = repeated(values.get(0), shapes.get(0), whole);
      float[] b = repeated(values.get(1), shapes.get(1), whole);
      float[] product = checked(shapes, values, (g, in) -> g.product(in.get(0), in.get(1)));
      float[] sum = checked(shapes, values, (g, in) -> g.sum(in, 1, -2));
      float[] largest = checked(shapes, values, (g, in) -> g.maximum(in.get(0), in.get(1)));
      float[] least = checked(shapes, values, (g, in) -> g.minimum(in.get(0), in.get(1)));
      for (int i = 0; i < a.length; i++) {
        assertThat(product[i]).isEqualTo(a[i] * b[i]);
        assertThat(sum[i]).isEqualTo(a[i] - 2 * b[i]);
        assertThat(largest[i]).isEqualTo(Math.max(a[i], b[i]));
        assertThat(least[i]).isEqualTo(Math.min(a[i], b[i]));
      }
    }
  }

  /** So that no number equals one of the others, and a maximum has one owner. */
  private static float[] shifted(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] += 0.125f;
    }
    return values;
  }

  private static float[] repeated(float[] part, int[] shape, int[] whole) {
    int size = 1;
    for (int extent : whole) {
      size *= extent;
    }
    float[] all = new float[BATCH * size];
    for (int i = 0; i < all.length; i++) {
      int rest = i % size;
      int place = 0;
      int stride = 1;
      for (int axis = 1; axis <= whole.length; axis++) {
        int at = rest % whole[whole.length - axis];
        rest /= whole[whole.length - axis];
        int extent = axis <= shape.length ? shape[shape.length - axis] : 1;
        place += Math.min(at, extent - 1) * stride;
        stride *= extent;
      }
      all[i] = part[i / size * stride + place];
    }
    return all;
  }
}
