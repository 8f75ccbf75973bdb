package org.lossbook.layer.reshaping;

import java.util.List;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Shapes;
import org.lossbook.layer.BaseLayer;

/**
 * A layer that changes only the shape: numbers and their order stay the same.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class Reshaping<L extends Reshaping<L>> extends BaseLayer<L> {
  Reshaping() {}

  /** Bounds of single channels survive only where the number of channels stays the same. */
  @Override
  protected final Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    Bounds given = inputs.get(0);
    int[] shape = inputShapes.get(0);
    return Shapes.last(outputShape(shape)) == Shapes.last(shape) ? given : given.withoutSumToOne();
  }

  @Override
  public boolean onlyReshapes() {
    return true;
  }
}
