package org.lossbook.notebook;

import java.util.Optional;

/**
 * Knows one kind of kernel from inside of it. {@link Screen#current()} asks each provider that
 * {@link java.util.ServiceLoader} finds beside this class, once.
 */
public interface ScreenProvider {
  /** The screen of the kernel that this process is; empty if it is no such kernel. */
  Optional<Screen> find();
}
