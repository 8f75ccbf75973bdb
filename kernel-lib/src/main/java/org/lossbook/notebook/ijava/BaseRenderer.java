package org.lossbook.notebook.ijava;

import io.github.spencerpark.jupyter.kernel.display.RenderContext;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Map;
import java.util.function.Function;
import org.lossbook.notebook.rendering.KernelRenderer;

/** The renderer of IJava's base. */
record BaseRenderer(Renderer renderer) implements KernelRenderer {
  @Override
  public <T> void register(Class<T> type, Function<? super T, Map<String, String>> bundle) {
    renderer
        .createRegistration(type)
        .register((value, context) -> put(context, bundle.apply(value)));
  }

  @Override
  public String plain(Object value) {
    return String.valueOf(renderer.render(value).getData(MIMEType.TEXT_PLAIN));
  }

  private static void put(RenderContext context, Map<String, String> bundle) {
    bundle.forEach(
        (type, data) -> {
          if (context.wantsDataRenderedAs(MIMEType.parse(type))) {
            context.getOutputContainer().putData(type, data);
          }
        });
  }
}
