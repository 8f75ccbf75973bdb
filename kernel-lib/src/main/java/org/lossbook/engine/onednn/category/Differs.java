package org.lossbook.engine.onednn.category;

import org.lossbook.Internal;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.onednn.operation.GraphNode;

/**
 * Where a row is not one value throughout: 1 where any of its numbers differs, else 0.
 *
 * @hidden
 */
@Internal
public final class Differs extends Categorical {
  private final float value;
  private final int width;

  public Differs(GraphNode x, float value) {
    super(x);
    this.value = value;
    width = Shapes.last(x.shape());
  }

  @Override
  void compute(float[] sample, float[] into) {
    for (int row = 0; row < into.length; row++) {
      into[row] = 0;
      for (int i = row * width; i < (row + 1) * width && into[row] == 0; i++) {
        into[row] = sample[i] == value ? 0 : 1;
      }
    }
  }

  @Override
  public boolean passesGradient() {
    return false;
  }
}
