package org.lossbook.notebook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.lossbook.Internal;
import org.lossbook.config.Require;

/**
 * The renderers that readers and libraries have registered, and the kernel that uses them.
 *
 * @hidden
 */
@Internal
public final class ValueRenderers {
  private static final Map<Class<?>, Function<Object, Map<String, String>>> BY_TYPE =
      new LinkedHashMap<>();

  private static Consumer<Class<?>> kernel = type -> {};

  private ValueRenderers() {}

  /**
   * Tells {@code kernel} each type once, those that are known and those to come. It asks {@link
   * #bundle} for a value's representations.
   */
  public static synchronized void use(Consumer<Class<?>> kernel) {
    ValueRenderers.kernel = kernel;
    BY_TYPE.keySet().forEach(kernel);
  }

  /** The representations of {@code value} by the latest renderer of {@code type}. */
  public static Map<String, String> bundle(Class<?> type, Object value) {
    Function<Object, Map<String, String>> renderer;
    synchronized (ValueRenderers.class) {
      renderer = BY_TYPE.get(type);
    }
    Map<String, String> bundle = renderer.apply(value);
    return bundle == null ? Map.of() : bundle;
  }

  static <T> void put(ValueRenderer<T> renderer) {
    Require.given(renderer, "register", "a renderer", "a ValueRenderer is one");
    put(renderer.type(), renderer::mimeBundle);
  }

  static synchronized <T> void put(Class<T> type, Function<? super T, Map<String, String>> bundle) {
    Require.given(type, "register", "the class of the values", "Point.class is one");
    Require.given(
        bundle, "register", "a function to their representations", "p -> Map.of(…) is one");
    boolean isNew = BY_TYPE.put(type, value -> bundle.apply(type.cast(value))) == null;
    if (isNew) {
      kernel.accept(type);
    }
  }
}
