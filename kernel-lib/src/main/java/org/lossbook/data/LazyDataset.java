package org.lossbook.data;

import java.util.Optional;
import org.lossbook.data.view.ForwardingSource;
import org.lossbook.data.view.SampleSource;

/** A lazy dataset: it loads its samples when it is first used. */
public abstract class LazyDataset extends ForwardingSource implements Dataset {
  private Optional<Dataset> made = Optional.empty();

  /** Loads the samples; called once, unless it fails. */
  protected abstract Dataset make();

  /** The loaded dataset. */
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
