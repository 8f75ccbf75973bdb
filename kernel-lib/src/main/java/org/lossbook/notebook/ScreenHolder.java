package org.lossbook.notebook;

import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** An interface cannot hold the mutable reference that {@link Screen#current()} answers with. */
final class ScreenHolder {
  static volatile Screen current = provided().orElseGet(() -> new TerminalScreen(System.out));

  private ScreenHolder() {}

  private static Optional<Screen> provided() {
    // Not the context loader: a kernel's threads may have one that never heard of this library.
    var providers = ServiceLoader.load(ScreenProvider.class, ScreenProvider.class.getClassLoader());
    try {
      return providers.stream().flatMap(each -> each.get().find().stream()).findFirst();
    } catch (ServiceConfigurationError | NoClassDefFoundError e) {
      return Optional.empty(); // a program that leaves the kernels' jars out
    }
  }
}
