package org.lossbook.layer.merging;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.LayerValue;

/**
 * A merging layer: combines several inputs elementwise. Their shapes are the same or, aligned at
 * the last axis, have extents of 1, which are repeated: {@code multiply} of {@code [5, 5, 8]} with
 * {@code [1, 1, 8]} or {@code [8]} scales the channels of an image.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class Merge<L extends Merge<L>> extends BaseLayer<L> {
  Merge() {}

  /** Combines the inputs, at most {@link #most} of them. */
  abstract Tensor merge(Graph graph, List<Tensor> inputs);

  /** The same factor for each input. */
  static float[] factors(int values, float factor) {
    float[] factors = new float[values];
    Arrays.fill(factors, factor);
    return factors;
  }

  /** How many inputs it takes at most. */
  int most() {
    return Integer.MAX_VALUE;
  }

  @Override
  protected int[] outputOf(List<int[]> inputShapes) {
    LayerChecks.requireSeveral(kind(), inputShapes.size(), most());
    int[] all = inputShapes.get(0);
    for (int[] shape : inputShapes) {
      int[] before = all;
      all = Shapes.broadcast(before, shape).orElseThrow(() -> doNotFit(before, shape));
    }
    LayerChecks.requireHoldable(kind(), all);
    return all.clone();
  }

  private IllegalArgumentException doNotFit(int[] a, int[] b) {
    return new IllegalArgumentException(
        kind()
            + " expects values of one shape, or with extents of 1 that it can repeat, but receives "
            + LayerChecks.batched(a)
            + " and "
            + LayerChecks.batched(b)
            + ": give both layers before it the same size, or take concatenate().");
  }

  @Override
  protected final int[] outputOf(int... inputShape) {
    return outputOf(List.of(inputShape));
  }

  /** As in Keras, where all inputs have one: a step counts where it counts in any of them. */
  @Override
  protected boolean givesMask(List<Boolean> inputs, List<int[]> inputShapes) {
    return !inputs.contains(false);
  }

  @Override
  protected Tensor maskOf(Graph graph, List<Tensor> inputs) {
    return inputs.stream()
        .flatMap(x -> LayerValue.mask(x).stream())
        .reduce(graph::maximum)
        .orElseThrow();
  }

  @Override
  protected final Tensor buildOn(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    return merge(graph, inputs);
  }

  @Override
  protected final Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return merge(graph, List.of(x));
  }
}
