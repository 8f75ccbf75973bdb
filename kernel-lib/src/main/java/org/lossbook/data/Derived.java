package org.lossbook.data;

/** A dataset made of another one: whatever it does not say otherwise is the other's. */
abstract class Derived extends ForwardingDataset {
  final Dataset base;

  Derived(Dataset base) {
    this.base = base;
  }

  @Override
  protected final Dataset make() {
    return base;
  }

  @Override
  public String toString() {
    return Describe.dataset(this);
  }
}
