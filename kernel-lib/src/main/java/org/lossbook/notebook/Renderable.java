package org.lossbook.notebook;

import java.util.Map;

/**
 * A value that a cell can end with. In a notebook it shows by its richest representation, in a
 * terminal by {@link Object#toString()}.
 */
public interface Renderable {
  /**
   * The representations by MIME type, e.g. {@code text/html}, {@code image/svg+xml}, {@code
   * text/latex}; {@code image/png} in Base64. {@code text/plain} is {@link Object#toString()} and
   * need not be there.
   */
  Map<String, String> mimeBundle();
}
