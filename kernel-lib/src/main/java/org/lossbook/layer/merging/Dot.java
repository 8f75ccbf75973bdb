package org.lossbook.layer.merging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.NormalizedBy;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.LayerChecks;

/**
 * The dot product of two values along an axis. Of two vectors it is a score, Σ aᵢ · bᵢ, of how well
 * they match, such as of a reader's and a book's embedding in a recommender. {@code [n], [n] ->
 * [1]}
 *
 * <p>With more axes it sums over one axis of each, and the others remain, those of the first value
 * before those of the second, as in Keras: {@code dot().axes(2).of(queries, keys)} scores each
 * query with each key. {@code [s, n], [t, n] -> [s, t]}
 *
 * @question How well do two vectors match?
 * @use For recommendations and similarity.
 * @avoid When lengths must not count: normalize them first.
 */
public final class Dot extends Merge<Dot> {
  private static final double SMALLEST_NORM = 1e-7;

  private boolean normalized;
  private int[] axes = {1};
  private boolean areChosen;

  /**
   * The axis to sum over, or one for each of the two values, numbered as in Keras: 1 is a sample's
   * first, −1 its last. Of two vectors it is the only one.
   */
  public Dot axes(int... axes) {
    Require.given(axes, "dot", "an axis", "axes(1) is a sample's first");
    if (axes.length < 1 || axes.length > 2 || Arrays.stream(axes).anyMatch(axis -> axis == 0)) {
      throw new IllegalArgumentException(
          "dot expects an axis of samples, or one for each value, but receives "
              + (axes.length == 0 ? "none" : Arrays.toString(axes))
              + ": axes(1) is a sample's first, axes(-1) its last.");
    }
    int[] chosen = axes.clone();
    return with(copy -> copy.chooseAxes(chosen));
  }

  private void chooseAxes(int... chosen) {
    axes = chosen;
    areChosen = true;
  }

  /** Divides each vector by its length first: cosine similarity, from −1 to 1. */
  public Dot normalized() {
    return with(copy -> copy.normalized = true);
  }

  /** Whether vectors are divided by their lengths first. */
  public boolean isNormalized() {
    return normalized;
  }

  @Override
  public String kind() {
    return "dot";
  }

  @Override
  int most() {
    return 2;
  }

  @Override
  protected int[] outputOf(List<int[]> inputShapes) {
    LayerChecks.requireSeveral(kind(), inputShapes.size(), most());
    int[] a = inputShapes.get(0);
    int[] b = inputShapes.get(1);
    int i = axis(0, a, b);
    int j = axis(1, a, b);
    if (a[i] != b[j] && a.length == 1 && b.length == 1) {
      throw Messages.wrong(
          "dot expects two vectors of one length but receives %s and %s: give both layers before it the same size.",
          LayerChecks.batched(a), LayerChecks.batched(b));
    }
    if (a[i] != b[j]) {
      throw Messages.wrong(
          "dot expects as many numbers along axis %d of the first value as along axis %d of the second but receives %s and %s: choose others with axes(…).",
          i + 1, j + 1, LayerChecks.batched(a), LayerChecks.batched(b));
    }
    int[] rest =
        IntStream.concat(IntStream.of(without(a, i)), IntStream.of(without(b, j))).toArray();
    LayerChecks.requireHoldable(kind(), rest);
    return rest.length == 0 ? new int[] {1} : rest;
  }

  /** The axis of one of the two shapes, from 0. */
  private int axis(int which, int[] a, int[] b) {
    int[] shape = which == 0 ? a : b;
    int axis = axes[Math.min(which, axes.length - 1)];
    int place = axis < 0 ? shape.length + axis : axis - 1;
    if (!areChosen && (a.length != 1 || b.length != 1)) {
      throw Messages.wrong(
          "dot expects two vectors [batch, n] but receives %s and %s: add flatten() before it, or say over which axis, as in dot().axes(-1).",
          LayerChecks.batched(a), LayerChecks.batched(b));
    }
    if (place < 0 || place >= shape.length) {
      throw Messages.wrong(
          "dot expects an axis of %s but receives %d: axes(-1) is the last.",
          LayerChecks.batched(shape), axis);
    }
    return place;
  }

  private static int[] without(int[] shape, int axis) {
    return IntStream.range(0, shape.length).filter(i -> i != axis).map(i -> shape[i]).toArray();
  }

  /** As in Keras: its rows are pairs of steps. */
  @Override
  protected boolean givesMask(List<Boolean> inputs, List<int[]> inputShapes) {
    return false;
  }

  @Override
  Tensor merge(Graph graph, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    Tensor y = inputs.get(1);
    int[] a = x.shape();
    int[] b = y.shape();
    if (a.length == 1 && b.length == 1) {
      return graph.dot(x, y, normalized);
    }
    int i = axis(0, a, b);
    int j = axis(1, a, b);
    int size = a[i];
    Tensor left = graph.permute(unit(graph, x, i), order(a.length, i, a.length - 1));
    Tensor right = graph.permute(unit(graph, y, j), order(b.length, j, 0));
    Tensor products =
        graph.matrixProduct(
            graph.reshape(left, x.size() / size, size),
            graph.reshape(right, size, y.size() / size));
    return graph.reshape(products, outputOf(List.of(a, b)));
  }

  private Tensor unit(Graph graph, Tensor x, int axis) {
    return normalized
        ? graph.normalization(
            x, NormalizedBy.LENGTH, Optional.empty(), Optional.empty(), SMALLEST_NORM, axis)
        : x;
  }

  /** All axes in their order, but for one that moves. */
  private static int[] order(int rank, int axis, int to) {
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, rank).filter(i -> i != axis).boxed().toList());
    order.add(to, axis);
    return order.stream().mapToInt(each -> each).toArray();
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    if (normalized) {
      return Bounds.between(inputs.stream().allMatch(Bounds::areNeverNegative) ? 0 : -1, 1);
    }
    int[] a = inputShapes.get(0);
    int[] b = inputShapes.get(1);
    int i = axis(0, a, b);
    int j = axis(1, a, b);
    return Bounds.dot(
        along(inputs.get(0), i == a.length - 1), along(inputs.get(1), j == b.length - 1), a[i]);
  }

  /** Only along the last axis may numbers sum to one. */
  private static Bounds along(Bounds given, boolean isLast) {
    return isLast ? given : given.withoutSumToOne();
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "Dot")
            .with("axes", axes.length == 1 ? (Object) axes[0] : axes)
            .with("normalize", normalized));
  }

  static Dot from(Settings settings) {
    boolean isList = settings.value("axes").orElse(1) instanceof List<?>;
    int[] axes = isList ? settings.integers("axes") : new int[] {settings.integer("axes")};
    Dot layer = new Dot().axes(axes);
    return settings.flag("normalize", false) ? layer.normalized() : layer;
  }
}
