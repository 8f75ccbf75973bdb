package org.lossbook.notebook;

import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Holds the current screen, because an interface cannot hold a mutable reference. */
final class ScreenHolder {
  static volatile Screen current = provided().orElseGet(() -> new TerminalScreen(System.out));

  private ScreenHolder() {}

  private static Optional<Screen> provided() {
    // Not the context loader, which in a kernel's threads may not know this library.
    var providers = ServiceLoader.load(ScreenProvider.class, ScreenProvider.class.getClassLoader());
    try {
      return providers.stream().flatMap(each -> each.get().find().stream()).findFirst();
    } catch (ServiceConfigurationError | NoClassDefFoundError e) {
      return Optional.empty(); // a program without the kernel's jars
    }
  }
}
