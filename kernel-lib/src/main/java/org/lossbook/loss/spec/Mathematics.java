package org.lossbook.loss.spec;

import java.util.Map;
import org.lossbook.notebook.Renderable;

/**
 * An equation that a notebook shows as mathematics and a terminal as text.
 *
 * @param latex the equation in LaTeX, without the dollars
 * @param text the equation as plain text
 */
public record Mathematics(String latex, String text) implements Renderable {

  @Override
  public Map<String, String> mimeBundle() {
    return Map.of("text/latex", "$$" + latex + "$$");
  }

  @Override
  public String toString() {
    return text;
  }
}
