package org.lossbook.data;

import java.util.Optional;
import org.lossbook.data.view.ForwardingSource;
import org.lossbook.data.view.SampleSource;

/** A lazy dataset: it loads its samples when it is first used. */
public abstract class LazyDataset extends ForwardingSource implements Dataset {
  private Optional<Dataset> loaded = Optional.empty();

  /** Loads the samples; called once, unless it fails. */
  protected abstract Dataset load();

  /** The loaded dataset. */
  protected final synchronized Dataset loaded() {
    if (loaded.isEmpty()) {
      loaded = Optional.of(load());
    }
    return loaded.get();
  }

  @Override
  protected final SampleSource source() {
    return loaded();
  }

  @Override
  public Optional<Preparation> preparation() {
    return loaded().preparation();
  }
}
