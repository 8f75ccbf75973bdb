package org.lossbook.loss.check;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.spec.LossSpec;

/**
 * The rows of a batch for a loss whose sums run over chosen axes: each place along the other axes
 * has one. Finds where each of their numbers stands in the batch; allocates only where a batch is
 * larger than those before.
 *
 * @hidden
 */
@Internal
public final class AxisRows {
  private final int[] sample;
  private final int[] order; // the axes, those that the sums run over last
  private final int kept;
  private final boolean areOverBatch;
  private int[] places = {};
  private int samples;
  private int width;

  /**
   * @param sample the shape of a prediction
   * @throws IllegalArgumentException where it has no such axis
   */
  public AxisRows(LossSpec loss, int... sample) {
    this.sample = sample.clone();
    int rank = sample.length + 1;
    int[] axes = loss.formula().axes();
    for (int axis : axes) {
      if (axis < -rank || axis >= rank) {
        throw Messages.wrong(
            "%s expects axes 0 to %d of a batch of predictions %s but receives %d: axis 0 is the batch.",
            loss.name(), rank - 1, Arrays.toString(sample), axis);
      }
    }
    int[] over = Arrays.stream(axes).map(a -> Math.floorMod(a, rank)).distinct().sorted().toArray();
    int[] rest = IntStream.range(0, rank).filter(a -> Arrays.binarySearch(over, a) < 0).toArray();
    areOverBatch = over[0] == 0;
    kept = rest.length;
    order = IntStream.concat(Arrays.stream(rest), Arrays.stream(over)).toArray();
  }

  /** Whether a row has numbers of several samples. */
  public boolean areOverBatch() {
    return areOverBatch;
  }

  /** The numbers of a row. */
  public int width() {
    return width;
  }

  /** Where each number of the rows, one row after the other, stands in a batch of that size. */
  public int[] places(int samples) {
    if (samples == this.samples) {
      return places;
    }
    int[] shape = new int[sample.length + 1];
    shape[0] = samples;
    System.arraycopy(sample, 0, shape, 1, sample.length);
    int[] strides = new int[shape.length];
    int all = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = all;
      all *= shape[axis];
    }
    places = places.length < all ? new int[all] : places;
    for (int i = 0; i < all; i++) {
      int place = 0;
      for (int k = order.length - 1, rest = i; k >= 0; k--) {
        place += rest % shape[order[k]] * strides[order[k]];
        rest /= shape[order[k]];
      }
      places[i] = place;
    }
    width = 1;
    for (int k = kept; k < order.length; k++) {
      width *= shape[order[k]];
    }
    this.samples = samples;
    return places;
  }

  /** How many samples so many numbers are. */
  public int samples(int numbers) {
    return numbers / Shapes.size(sample);
  }
}
