package org.lossbook.layer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;

/**
 * What a call of a layer gives where that is more than one tensor: its output, the mask of its
 * steps, and further outputs such as a recurrent layer's state.
 *
 * <p>A mask has the shape of the output without its last axes, {@code [steps]} for {@code [steps,
 * n]}: 1 where a step counts and 0 where it is padding.
 *
 * @hidden
 */
@Internal
public record LayerValue(Tensor output, Optional<Tensor> mask, List<Tensor> further)
    implements Tensor {
  /** Copies the list. */
  public LayerValue {
    output = tensor(output);
    further = List.copyOf(further);
  }

  /** A layer's output and its further ones. */
  public static Tensor of(Tensor output, List<Tensor> further) {
    return new LayerValue(output, Optional.empty(), further);
  }

  /** The same value with that mask, or without one. */
  public static Tensor masked(Tensor value, Optional<Tensor> mask) {
    List<Tensor> further = value instanceof LayerValue all ? all.further : List.of();
    return mask.isEmpty() && further.isEmpty()
        ? tensor(value)
        : new LayerValue(value, mask, further);
  }

  /** The output alone, for the graph. */
  public static Tensor tensor(Tensor value) {
    return value instanceof LayerValue all ? all.output : value;
  }

  /** The mask of a value, if it has one. */
  public static Optional<Tensor> mask(Tensor value) {
    return value instanceof LayerValue all ? all.mask : Optional.empty();
  }

  /** A mask for each row of a value: that of a step at all positions of what the step holds. */
  public static Tensor atEachRow(Graph graph, Tensor mask, Tensor value) {
    int[] rows = rows(value);
    int[] steps = Arrays.copyOf(mask.shape(), rows.length);
    Arrays.fill(steps, Math.min(mask.shape().length, steps.length), steps.length, 1);
    return Arrays.equals(steps, rows) ? mask : graph.broadcast(graph.reshape(mask, steps), rows);
  }

  /** A mask to multiply a value with: it has as many axes, of extent 1 behind its own. */
  public static Tensor asFactor(Graph graph, Tensor mask, Tensor value) {
    int own = mask.shape().length;
    int[] shape = Arrays.copyOf(mask.shape(), value.shape().length);
    Arrays.fill(shape, own, shape.length, 1);
    return graph.reshape(mask, shape);
  }

  /** A mask with which all rows of a value count. */
  public static Tensor allCount(Graph graph, Tensor value) {
    return graph.differs(tensor(value), Float.NaN); // no number equals it
  }

  private static int[] rows(Tensor value) {
    return Arrays.copyOf(value.shape(), Math.max(0, value.shape().length - 1));
  }

  /** An output by its index: 0 is the layer's output, the further ones follow. */
  static Tensor output(Tensor value, int index) {
    return index == 0 ? tensor(value) : ((LayerValue) value).further.get(index - 1);
  }

  @Override
  public int[] shape() {
    return output.shape();
  }
}
