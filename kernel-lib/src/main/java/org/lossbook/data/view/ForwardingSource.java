package org.lossbook.data.view;

import java.util.List;
import java.util.Optional;
import org.lossbook.Internal;

/**
 * A source that forwards to another one whatever a subclass does not override.
 *
 * @hidden
 */
@Internal
public abstract class ForwardingSource implements SampleSource {
  /** The source forwarded to. */
  protected abstract SampleSource source();

  @Override
  public int size() {
    return source().size();
  }

  @Override
  public int[] sampleShape() {
    return source().sampleShape();
  }

  @Override
  public int[] targetShape() {
    return source().targetShape();
  }

  @Override
  public List<int[]> sampleShapes() {
    return source().sampleShapes();
  }

  @Override
  public List<int[]> targetShapes() {
    return source().targetShapes();
  }

  @Override
  public Optional<SampleTexts> texts() {
    return source().texts();
  }

  @Override
  public boolean hasLabels() {
    return source().hasLabels();
  }

  @Override
  public List<String> classNames() {
    return source().classNames();
  }

  @Override
  public int weightsPerSample() {
    return source().weightsPerSample();
  }

  @Override
  public void gatherWeights(int[] order, int from, int count, float[] into) {
    source().gatherWeights(order, from, count, into);
  }

  @Override
  public void gatherX(int[] order, int from, int count, float[] into) {
    source().gatherX(order, from, count, into);
  }

  @Override
  public void gatherY(int[] order, int from, int count, float[] into) {
    source().gatherY(order, from, count, into);
  }
}
