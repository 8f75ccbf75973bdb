package org.lossbook.layer;

import java.util.List;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Shapes;

/**
 * Layers that leave each number as it is and in its place, and change the shape alone.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class Reshaping<L extends Reshaping<L>> extends BaseLayer<L> {
  Reshaping() {}

  /** A bound of each channel stays that channel's only where there are as many of them. */
  @Override
  protected final Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    Bounds given = inputs.get(0);
    int[] shape = inputShapes.get(0);
    return Shapes.last(outputShape(shape)) == Shapes.last(shape) ? given : given.inOtherRows();
  }

  @Override
  public final boolean onlyReshapes() {
    return true;
  }
}
