package org.lossbook.metric;

import java.util.Arrays;
import org.lossbook.Internal;
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
