package org.lossbook.network.samples;

import java.util.Arrays;
import java.util.List;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.data.View;
import org.lossbook.network.Network;

/**
 * The samples or targets of one batch, one per row: a dataset's view is copied only when needed,
 * and arrays of any kind become floats.
 *
 * @param rowShapes the shapes of one sample's values: one shape, unless a list of arrays was given;
 *     a vector holds samples of one number, or labels
 * @hidden
 */
@Internal
public record BatchSamples(int[] shape, List<int[]> rowShapes, Source source) {
  /** Copies all rows to the start of an array. */
  interface Source {
    void copy(float[] into);
  }

  /** The samples of a batch, whose texts have become numbers where the model reads texts. */
  public static BatchSamples of(String who, Network network, Object x) {
    return of(who, "x", TextSamples.ready(who, network, x));
  }

  /**
   * @param who the caller for messages, {@code loss}, and {@code name} the argument, {@code x}
   * @throws IllegalArgumentException if there is no number, no row, or a NaN
   */
  public static BatchSamples of(String who, String name, Object given) {
    Object rows = given instanceof List<?> several ? Dataset.samples(who, several).x() : given;
    if (rows instanceof View view && view.size() > 0) {
      return new BatchSamples(
          view.shape(), view.rowShapes(), into -> view.copy(0, view.size(), into));
    }
    Values values = Values.of(who, given).finite(who, name);
    if (values.rank() == 0) {
      throw Messages.wrong(
          "%s expects a row for each sample but %s is a single number: give x and y as arrays, a sample a row.",
          who, name);
    }
    float[] all = values.toFloats();
    int[] shape = values.shape();
    return new BatchSamples(
        shape,
        List.of(Arrays.copyOfRange(shape, 1, shape.length)),
        into -> System.arraycopy(all, 0, into, 0, all.length));
  }

  /** The number of rows. */
  public int rows() {
    return shape[0];
  }

  public void copy(float[] into) {
    source.copy(into);
  }
}
