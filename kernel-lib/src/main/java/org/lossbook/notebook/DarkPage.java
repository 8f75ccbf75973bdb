package org.lossbook.notebook;

import org.lossbook.Internal;

/**
 * How parts that are drawn on a light card look where the page is dark: JupyterLab and pages of
 * nbconvert say so with {@code data-jp-theme-light}, Jupyter Book and others with {@code
 * data-theme}. A page that says nothing is light, whatever the system prefers.
 *
 * <p>A filter turns light and dark round and keeps hues, so that a colour means the same in both.
 * It is also the only way for a picture whose file is inside an {@code img}.
 *
 * @hidden
 */
@Internal
public final class DarkPage {
  /** Turns a white card dark grey; less than all, so that words do not glare. */
  public static final String TURNED = "filter:invert(.93) hue-rotate(180deg)";

  /** A photograph keeps its colours. */
  public static final String DIMMED = "filter:brightness(.75)";

  private static final String DARK =
      ":is([data-jp-theme-light=\"false\"],[data-theme=\"dark\"],html.dark) ";

  private DarkPage() {}

  /** A style element with a declaration for the elements of that selector in a dark page. */
  public static String style(String selector, String declaration) {
    return "<style>" + rule(selector, declaration) + "</style>";
  }

  /** The same as a line of CSS. */
  public static String rule(String selector, String declaration) {
    return DARK + selector + "{" + declaration + "}";
  }
}
