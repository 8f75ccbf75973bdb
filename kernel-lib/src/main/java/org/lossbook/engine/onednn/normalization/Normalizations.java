package org.lossbook.engine.onednn.normalization;

import java.util.Arrays;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.engine.NormalizedBy;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;

/**
 * Chooses the operation of a normalization: oneDNN's primitive where it has one for these axes,
 * else our own loop.
 *
 * @hidden
 */
@Internal
public final class Normalizations {
  private Normalizations() {}

  /** Over axes of each sample. */
  public static Operation of(
      GraphNode x,
      NormalizedBy how,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      double epsilon,
      int... axes) {
    int[] shape = x.shape();
    boolean areLast = axes[0] == shape.length - axes.length;
    if (areLast && how == NormalizedBy.DEVIATION) {
      int width = Shapes.size(Arrays.copyOfRange(shape, axes[0], shape.length));
      return new LayerNormalization(x, width, gamma, beta, epsilon);
    }
    boolean[] along = new boolean[shape.length];
    for (int axis : axes) {
      along[axis] = true;
    }
    return new LoopNormalization(
        x, how, new NormalizedView(shape, along, along), gamma, beta, epsilon);
  }

  /**
   * Over groups of channels of each sample: by our own loop, because the backward pass of oneDNN's
   * primitive takes seven times as long.
   */
  public static Operation ofGroups(
      GraphNode x,
      int axis,
      int groups,
      Optional<Parameters.Slot> gamma,
      Optional<Parameters.Slot> beta,
      double epsilon) {
    int[] shape = x.shape();
    // [before, channels, after] seen as [before, groups, channels of a group, after]
    int[] view = {
      Shapes.size(Arrays.copyOfRange(shape, 0, axis)),
      groups,
      shape[axis] / groups,
      Shapes.size(Arrays.copyOfRange(shape, axis + 1, shape.length))
    };
    // Without an axis of length 1 at the end, along which a row would have one number.
    int rank = view[3] == 1 ? 3 : 4;
    return new LoopNormalization(
        x,
        NormalizedBy.DEVIATION,
        new NormalizedView(
            Arrays.copyOf(view, rank),
            Arrays.copyOf(new boolean[] {true, false, true, true}, rank),
            Arrays.copyOf(new boolean[] {false, true, true, false}, rank)),
        gamma,
        beta,
        epsilon);
  }
}
