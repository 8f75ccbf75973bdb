package org.lossbook.config;

import java.util.Optional;

/**
 * What a model's file can contain: layers, losses, metrics, optimizers and schedules. {@link
 * #config()} describes the object, and a static {@code from(Settings)} of its class, registered by
 * one line in the kind's {@link Registry}, creates it again.
 */
public interface Saveable {
  /**
   * Its description in a file: Keras's class and settings, or Lossbook's own class where Keras has
   * none. Empty if a file cannot contain it, because it includes your own code.
   */
  default Optional<Config> config() {
    return Optional.empty();
  }
}
