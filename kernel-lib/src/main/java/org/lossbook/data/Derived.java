package org.lossbook.data;

import java.util.List;
import java.util.Optional;

/** A dataset made of another one: whatever it does not say otherwise is the other's. */
abstract class Derived implements Dataset {
  final Dataset base;

  Derived(Dataset base) {
    this.base = base;
  }

  @Override
  public int size() {
    return base.size();
  }

  @Override
  public int[] sampleShape() {
    return base.sampleShape();
  }

  @Override
  public int[] targetShape() {
    return base.targetShape();
  }

  @Override
  public boolean hasLabels() {
    return base.hasLabels();
  }

  @Override
  public List<String> classNames() {
    return base.classNames();
  }

  @Override
  public Optional<Preparation> preparation() {
    return base.preparation();
  }

  @Override
  public void gatherX(int[] order, int from, int count, float[] into) {
    base.gatherX(order, from, count, into);
  }

  @Override
  public void gatherY(int[] order, int from, int count, float[] into) {
    base.gatherY(order, from, count, into);
  }

  @Override
  public String toString() {
    return Describe.dataset(this);
  }
}
