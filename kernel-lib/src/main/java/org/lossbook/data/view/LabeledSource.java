package org.lossbook.data.view;

import java.util.List;
import org.lossbook.Internal;
import org.lossbook.engine.Shapes;

/**
 * A source with class names, which checks indices before it copies.
 *
 * @hidden
 */
@Internal
public abstract class LabeledSource implements SampleSource {
  private final List<String> classNames;
  private final int sampleSize;
  private final int targetSize;

  /**
   * @param classNames the class names; empty if the targets are not labels
   */
  protected LabeledSource(List<String> classNames, int[] sampleShape, int[] targetShape) {
    this.classNames = classNames;
    sampleSize = Shapes.size(sampleShape);
    targetSize = Shapes.size(targetShape);
  }

  /** Copies samples of {@code size} elements each; the indices are checked already. */
  protected abstract void copyX(int[] order, int from, int count, float[] into, int size);

  /** Copies targets of {@code size} elements each. */
  protected abstract void copyY(int[] order, int from, int count, float[] into, int size);

  @Override
  public final boolean hasLabels() {
    return !classNames.isEmpty();
  }

  @Override
  public final List<String> classNames() {
    return classNames;
  }

  @Override
  public final void gatherX(int[] order, int from, int count, float[] into) {
    IndexChecks.gather("gatherX", order, from, count, into, size(), sampleSize);
    copyX(order, from, count, into, sampleSize);
  }

  @Override
  public final void gatherY(int[] order, int from, int count, float[] into) {
    IndexChecks.gather("gatherY", order, from, count, into, size(), targetSize);
    copyY(order, from, count, into, targetSize);
  }

  @Override
  public String toString() {
    return Descriptions.dataset(this);
  }
}
