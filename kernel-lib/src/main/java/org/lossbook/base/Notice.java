package org.lossbook.base;

import java.util.Map;
import org.lossbook.Internal;
import org.lossbook.notebook.Markup;
import org.lossbook.notebook.Renderable;

/**
 * A notice, one sentence, that a running cell shows.
 *
 * @hidden
 */
@Internal
public record Notice(String text) implements Renderable {
  @Override
  public Map<String, String> mimeBundle() {
    return Map.of("text/html", "<div>" + Markup.html(text) + "</div>");
  }

  @Override
  public String toString() {
    return text;
  }
}
