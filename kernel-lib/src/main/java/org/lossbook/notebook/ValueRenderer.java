package org.lossbook.notebook;

import java.util.Map;
import java.util.function.Function;

/**
 * Says how a notebook shows values of a type that is not {@link Renderable}, such as a class of
 * another library or of a cell:
 *
 * <pre>{@code
 * record Point(int x, int y) {}
 * ValueRenderer.register(Point.class, p -> Map.of("text/html", "<b>" + p.x() + "</b>"));
 * }</pre>
 *
 * <p>A library brings its own renderers as services: classes that implement this interface, named
 * in {@code META-INF/services/org.lossbook.notebook.ValueRenderer}. The embedded kernel finds those
 * of each jar that {@code %maven}, {@code %jars} or {@code %classpath} adds.
 *
 * @param <T> the type, with all that extend it
 */
public interface ValueRenderer<T> {
  /** The type whose values it shows. */
  Class<T> type();

  /**
   * The representations of {@code value} by MIME type, as {@link Renderable#mimeBundle()} has them.
   */
  Map<String, String> mimeBundle(T value);

  /** Shows values of {@code type} by {@code bundle} from now on, in place of an earlier one. */
  static <T> void register(Class<T> type, Function<? super T, Map<String, String>> bundle) {
    ValueRenderers.put(type, bundle);
  }

  /** Uses {@code renderer} from now on. */
  static <T> void register(ValueRenderer<T> renderer) {
    ValueRenderers.put(renderer);
  }
}
