package org.lossbook.metric;

import java.util.Arrays;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Shapes;

/**
 * The shape of a sample as a metric gets it: the rows that follow each other, and what the whole
 * prediction looks like.
 *
 * @param rows how many rows a sample has, one at each position of the model's output
 * @param targets numbers of truth in a row
 * @param outputs numbers of the prediction in a row
 * @param prediction the shape of the whole prediction: {@code [steps, classes]}
 * @hidden
 */
@Internal
public record SampleShape(int rows, int targets, int outputs, int... prediction) {
  /** Refuses no numbers, and more than an array holds. */
  public SampleShape {
    boolean isPossible =
        rows > 0
            && targets > 0
            && outputs > 0
            && prediction != null
            && Arrays.stream(prediction).allMatch(extent -> extent > 0)
            && Shapes.count(prediction) < Integer.MAX_VALUE
            && (long) rows * targets < Integer.MAX_VALUE;
    if (!isPossible) {
      throw Messages.wrong(
          "A metric expects samples of 1 to 2,147,483,646 numbers but receives %d rows of %d targets and %d outputs: tally(1, 3) is for a label and three scores.",
          rows, targets, outputs);
    }
    long numbers = Shapes.count(prediction);
    Memory.heap(
        () -> Messages.of("A metric of samples of %,d numbers", numbers),
        Memory.product(2 * Float.BYTES, Memory.sum((long) rows * targets, numbers)),
        "take smaller ones");
  }

  /** Refuses none. */
  public static SampleShape given(SampleShape shape) {
    return Require.given(
        shape, "A metric", "the shape of a sample", "tally(1, 3) is for a label and three scores");
  }

  /** Numbers of truth in a sample. */
  public int truths() {
    return rows * targets;
  }

  /** The steps of the prediction as a sequence: one for each row along its last axis. */
  public int steps() {
    return Shapes.size(prediction) / classes();
  }

  /** The scores at each step; 1 where the prediction says a number itself. */
  public int classes() {
    return prediction.length > 1 ? Shapes.last(prediction) : 1;
  }

  @Override
  public String toString() {
    return Arrays.toString(prediction);
  }
}
