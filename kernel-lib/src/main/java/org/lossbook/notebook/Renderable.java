package org.lossbook.notebook;

import java.util.Map;

/**
 * A value that a notebook cell can display. A notebook shows its richest representation, a terminal
 * its {@link Object#toString()}.
 */
public interface Renderable {
  /**
   * The representations by MIME type, e.g. {@code text/html}, {@code image/svg+xml}, {@code
   * text/latex}; {@code image/png} in Base64. {@code text/plain} may be omitted; it is {@link
   * Object#toString()}.
   */
  Map<String, String> mimeBundle();
}
