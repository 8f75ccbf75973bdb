package org.lossbook.layer.merging;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.LayerValue;

/**
 * Concatenation: joins its inputs along an axis, by default the last, which is an image's channels.
 * {@code [3], [2] -> [5]}
 *
 * @question How are two paths joined without losing either?
 * @use To join different kinds of inputs.
 * @avoid In deep residual networks: it grows with every block.
 */
public final class Concatenate extends BaseLayer<Concatenate> {
  private int axis = -1;

  /**
   * Joins along another axis, numbered as in Keras: 0 is the batch and is refused, 1 is the first
   * axis of a sample, −1 the last.
   */
  public Concatenate axis(int axis) {
    if (axis == 0) {
      throw new IllegalArgumentException(
          "concatenate expects an axis of a sample but receives 0, the batch: 1 is a sample's first"
              + " axis, -1 its last.");
    }
    return with(copy -> copy.axis = axis);
  }

  /** The axis, numbered as in Keras: −1 is the last. */
  public int axis() {
    return axis;
  }

  @Override
  public String kind() {
    return "concatenate";
  }

  @Override
  protected int[] outputOf(List<int[]> inputShapes) {
    LayerChecks.requireSeveral(kind(), inputShapes.size(), Integer.MAX_VALUE);
    int[] joined = inputShapes.get(0).clone();
    int along = along(joined);
    for (int[] shape : inputShapes.subList(1, inputShapes.size())) {
      boolean fits =
          shape.length == joined.length
              && IntStream.range(0, shape.length)
                  .allMatch(i -> i == along || shape[i] == joined[i]);
      if (!fits) {
        throw Messages.wrong(
            "concatenate expects values that differ along axis %d alone but receives %s and %s: reshape or flatten() them before it.",
            axis, LayerChecks.batched(inputShapes.get(0)), LayerChecks.batched(shape));
      }
      long extent = (long) joined[along] + shape[along];
      if (extent > Integer.MAX_VALUE) {
        throw Messages.wrong(
            "concatenate expects values that fit together into %,d numbers along axis %d but receives %,d: join fewer or smaller ones.",
            Integer.MAX_VALUE, axis, extent);
      }
      joined[along] = (int) extent;
    }
    LayerChecks.requireHoldable(kind(), joined);
    return joined;
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    boolean isInLine = along(inputShapes.get(0)) == inputShapes.get(0).length - 1;
    return isInLine ? Bounds.among(inputs) : Bounds.mean(inputs);
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return outputOf(List.of(inputShape));
  }

  /** As in Keras, where any input has one; all steps of the others count. */
  @Override
  protected boolean givesMask(List<Boolean> inputs, List<int[]> inputShapes) {
    int rank = inputShapes.get(0).length;
    boolean isAcross = along(inputShapes.get(0)) == rank - 1;
    return inputs.contains(true) && (!isAcross || !inputs.contains(false));
  }

  /** Side by side a step counts where it counts in any input; one after the other masks join. */
  @Override
  protected Tensor maskOf(Graph graph, List<Tensor> inputs) {
    int[] shape = inputs.get(0).shape();
    int along = along(shape);
    return along == shape.length - 1
        ? inputs.stream()
            .map(x -> LayerValue.mask(x).orElseThrow())
            .reduce(graph::maximum)
            .orElseThrow()
        : graph.concatenation(inputs.stream().map(x -> mask(graph, x)).toList(), along);
  }

  /** The mask of an input at each of its rows. */
  private static Tensor mask(Graph graph, Tensor x) {
    return LayerValue.mask(x)
        .map(mask -> LayerValue.atEachRow(graph, mask, x))
        .orElseGet(() -> LayerValue.allCount(graph, x));
  }

  @Override
  protected Tensor buildOn(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    return graph.concatenation(inputs, along(inputs.get(0).shape()));
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return buildOn(graph, List.of(x), weights);
  }

  /** Counted from 0 within a sample's shape. */
  private int along(int[] shape) {
    int along = axis < 0 ? shape.length + axis : axis - 1;
    if (along < 0 || along >= shape.length) {
      throw Messages.wrong(
          "concatenate expects an axis of %s but receives %d: take -1, the last.",
          LayerChecks.batched(shape), axis);
    }
    return along;
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "Concatenate").with("axis", axis));
  }

  static Concatenate from(Settings settings) {
    return new Concatenate().axis(settings.integer("axis", -1));
  }
}
