package org.lossbook.notebook;

import java.util.Optional;

/**
 * Detects one kind of kernel that this process may be. {@link Screen#current()} asks each provider
 * found by {@link java.util.ServiceLoader} once.
 */
public interface ScreenProvider {
  /** The screen of the kernel in this process; empty if it is not that kind of kernel. */
  Optional<Screen> find();
}
