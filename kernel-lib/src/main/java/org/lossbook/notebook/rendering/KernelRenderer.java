package org.lossbook.notebook.rendering;

import java.util.Map;
import java.util.function.Function;
import org.lossbook.Internal;

/**
 * The renderer of a running kernel, whichever base it is built on.
 *
 * @hidden
 */
@Internal
public interface KernelRenderer {
  /** Shows values of {@code type} by the representations that {@code bundle} gives. */
  <T> void register(Class<T> type, Function<? super T, Map<String, String>> bundle);

  /** The plain text by which the kernel shows {@code value} now. */
  String plain(Object value);
}
