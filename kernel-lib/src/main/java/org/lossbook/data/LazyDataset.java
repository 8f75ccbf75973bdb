package org.lossbook.data;

import java.util.Optional;
import org.lossbook.data.view.ForwardingSource;
import org.lossbook.data.view.SampleSource;

/** A dataset that is made of something when it is first used, and asks that from then on. */
public abstract class LazyDataset extends ForwardingSource implements Dataset {
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
  protected final SampleSource source() {
    return made();
  }

  @Override
  public Optional<Preparation> preparation() {
    return made().preparation();
  }
}
