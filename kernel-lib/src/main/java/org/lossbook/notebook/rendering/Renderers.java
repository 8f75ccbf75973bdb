package org.lossbook.notebook.rendering;

import java.util.Map;
import org.lossbook.Internal;
import org.lossbook.notebook.Renderable;
import org.lossbook.notebook.ValueRenderers;

/**
 * Registers renderers for the values that a cell can end with.
 *
 * @hidden
 */
@Internal
public final class Renderers {
  private Renderers() {}

  /** Registers the library's own values, plain arrays, and values of other libraries. */
  public static void register(KernelRenderer renderer) {
    renderer.register(Renderable.class, Renderable::mimeBundle);
    ValueRenderers.use(type -> registerOwn(renderer, type));
    if (knowsArrays(renderer)) {
      return; // already registered by this class in another class loader, see Greeting
    }
    for (Class<?> type :
        new Class<?>[] {
          double[].class, float[].class, int[].class, long[].class,
          double[][].class, float[][].class, int[][].class, long[][].class
        }) {
      renderer.register(type, ArrayText::of);
    }
    // Other libraries' classes are looked up only when such a value comes: naming them in
    // a registration would load ND4J before the first loss is computed.
    renderer.register(Object.class, Renderers::bundle);
  }

  private static Map<String, String> bundle(Object value) {
    return ArrayText.isFor(value) ? ArrayText.of(value) : Neighbours.bundle(value);
  }

  private static <T> void registerOwn(KernelRenderer renderer, Class<T> type) {
    renderer.register(type, value -> ValueRenderers.bundle(type, value));
  }

  private static boolean knowsArrays(KernelRenderer renderer) {
    int[] none = {};
    return !none.toString().equals(renderer.plain(none));
  }
}
