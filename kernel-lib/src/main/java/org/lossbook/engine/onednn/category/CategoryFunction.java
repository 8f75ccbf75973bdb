package org.lossbook.engine.onednn.category;

import org.lossbook.Internal;
import org.lossbook.engine.SampleFunction;
import org.lossbook.engine.onednn.operation.GraphNode;

/**
 * A function of a sample's categories, such as their indices in a vocabulary.
 *
 * @hidden
 */
@Internal
public final class CategoryFunction extends Categorical {
  private final SampleFunction function;

  public CategoryFunction(GraphNode x, SampleFunction function) {
    super(x);
    this.function = function;
  }

  @Override
  void compute(float[] sample, float[] into) {
    function.compute(sample, into);
  }
}
