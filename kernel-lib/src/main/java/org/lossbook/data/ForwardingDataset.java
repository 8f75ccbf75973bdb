package org.lossbook.data;

import java.util.List;
import java.util.Optional;

/** A dataset that is made of something when it is first used, and asks that from then on. */
public abstract class ForwardingDataset implements Dataset {
  private Optional<Dataset> made = Optional.empty();

  /** Makes what stands behind it; called once, unless it fails. */
  protected abstract Dataset make();

  /** What stands behind it. */
  protected final synchronized Dataset made() {
    if (made.isEmpty()) {
      made = Optional.of(make());
    }
    return made.get();
  }

  @Override
  public int size() {
    return made().size();
  }

  @Override
  public int[] sampleShape() {
    return made().sampleShape();
  }

  @Override
  public int[] targetShape() {
    return made().targetShape();
  }

  @Override
  public List<int[]> sampleShapes() {
    return made().sampleShapes();
  }

  @Override
  public List<int[]> targetShapes() {
    return made().targetShapes();
  }

  @Override
  public boolean hasLabels() {
    return made().hasLabels();
  }

  @Override
  public List<String> classNames() {
    return made().classNames();
  }

  @Override
  public Optional<Preparation> preparation() {
    return made().preparation();
  }

  @Override
  public void gatherX(int[] order, int from, int count, float[] into) {
    made().gatherX(order, from, count, into);
  }

  @Override
  public void gatherY(int[] order, int from, int count, float[] into) {
    made().gatherY(order, from, count, into);
  }
}
