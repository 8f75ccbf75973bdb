package org.lossbook.kernel.help;

import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.lossbook.Internal;
import org.lossbook.kernel.cell.CellRunner;
import org.lossbook.kernel.magic.Magics;

/**
 * Whether Enter runs a cell in a console, or begins a further line.
 *
 * @hidden
 */
@Internal
public final class EnterKey {
  /** Annotations of a declaration that is still to come; to JShell they are complete. */
  private static final Pattern ANNOTATIONS =
      Pattern.compile(
          "(?s)(?:\\s|//[^\\n]*\\n|/\\*.*?\\*/)*+(?:@(?!interface\\b)\\w+(?:\\.\\w+)*\\s*(?:\\([^()]*\\)\\s*)?)+");

  private static final Pattern OPERATOR_LAST =
      Pattern.compile("(?s).*(?:[%&|^=<?:,.~]|(?<!\\+)\\+|(?<!-)-|(?<!\\.)\\*)\\s*");

  /** What needs a further line wherever it stands: JShell would say that it cannot begin there. */
  private static final Pattern UNFINISHED = Pattern.compile("(?s)(?:.*\\W)?else\\s*|\\s*\\.\\s*");

  private final CellRunner cells;

  public EnterKey(CellRunner cells) {
    this.cells = cells;
  }

  /**
   * Whether {@code code} is complete.
   *
   * @return {@code complete}, {@code invalid}, or the indentation that the next line needs
   */
  public String isComplete(String code, String complete, String invalid) {
    if (code.startsWith("%%")) {
      // As in IPython: a blank line ends a cell magic.
      return code.matches("(?s).*\\n[ \\t]*") ? complete : "";
    }
    String rest = Magics.translate(code);
    while (true) {
      CompletionInfo info = cells.analysis().analyzeCompletion(rest);
      switch (info.completeness()) {
        case EMPTY:
          return complete;
        case UNKNOWN:
          return UNFINISHED.matcher(rest).matches() ? indentation(code) : invalid;
        case CONSIDERED_INCOMPLETE, DEFINITELY_INCOMPLETE:
          return indentation(code);
        default:
          if (isUnfinished(rest)) {
            return indentation(code);
          }
          rest = info.remaining();
      }
    }
  }

  private static boolean isUnfinished(String rest) {
    return ANNOTATIONS.matcher(rest).matches()
        || (OPERATOR_LAST.matcher(rest).matches() && !Literals.isOpenAtEnd(rest));
  }

  /** The indentation of the next line: that of the last one, plus two after an open bracket. */
  private static String indentation(String code) {
    String last = code.substring(code.lastIndexOf('\n') + 1);
    String indent = last.substring(0, last.length() - last.stripLeading().length());
    boolean opens = last.stripTrailing().endsWith("{") || last.stripTrailing().endsWith("(");
    return opens ? indent + "  " : indent;
  }
}
