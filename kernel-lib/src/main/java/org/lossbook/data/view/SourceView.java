package org.lossbook.data.view;

import org.lossbook.Internal;

/**
 * A view of another source: it reads through to that source and copies nothing in advance.
 *
 * @hidden
 */
@Internal
public abstract class SourceView extends ForwardingSource {
  protected final SampleSource base;

  protected SourceView(SampleSource base) {
    this.base = base;
  }

  @Override
  protected final SampleSource source() {
    return base;
  }

  /** The same view of another source of the same shape. */
  protected abstract SampleSource over(SampleSource other);

  @Override
  public SampleSource forEpoch(long seed) {
    SampleSource other = base.forEpoch(seed);
    return other == base ? this : over(other);
  }

  @Override
  public SampleSource plain() {
    SampleSource other = base.plain();
    return other == base ? this : over(other);
  }

  @Override
  public String toString() {
    return Descriptions.dataset(this);
  }
}
