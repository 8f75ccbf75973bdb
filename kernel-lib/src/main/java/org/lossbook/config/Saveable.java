package org.lossbook.config;

import java.util.Optional;

/**
 * Something that a model's file can name: a layer, a loss, a metric, an optimizer, a schedule. Its
 * class says in {@link #config()} what a file holds of it, and makes it of that again in a static
 * {@code from(Settings)}, which one line of the kind's {@link Registry} names.
 */
public interface Saveable {
  /**
   * What a file says of it: Keras's class and settings, or a class of Lossbook's own where Keras
   * has none. Empty where no file can hold it, such as a reader's own code.
   */
  default Optional<Config> config() {
    return Optional.empty();
  }
}
