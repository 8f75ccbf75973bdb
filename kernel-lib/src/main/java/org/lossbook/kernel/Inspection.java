package org.lossbook.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis.Documentation;

/** What Shift-Tab shows: the signatures under the cursor and their Javadoc. */
final class Inspection {
  private final Cells cells;
  private final SourceDocs sources;

  Inspection(Cells cells, SourceDocs sources) {
    this.cells = cells;
    this.sources = sources;
  }

  /** The documentation of the name at {@code cursor}; null if there is none. */
  DisplayData at(String code, int cursor) {
    int end = endOfName(code, cursor);
    List<Documentation> found = List.of();
    // A name's documentation is found from its end, a call's from inside its brackets.
    for (int at : new int[] {afterBracket(code, end), end}) {
      found = found.isEmpty() ? cells.analysis().documentation(code, at, true) : found;
    }
    if (found.isEmpty()) {
      String last = lastSnippet(code.substring(0, end));
      String bracket = afterBracket(code, end) > end ? "(" : "";
      found =
          cells.analysis().documentation(last + bracket, last.length() + bracket.length(), true);
    }
    if (found.isEmpty()) {
      return null;
    }
    var text = new ArrayList<String>();
    var html = new ArrayList<String>();
    for (Documentation each : found) {
      String comment = each.javadoc() != null ? each.javadoc() : sources.of(each.signature());
      var javadoc = new JavadocText(comment);
      text.add((each.signature() + "\n" + javadoc.plain()).strip());
      html.add("<pre>" + JavadocText.escape(each.signature()) + "</pre>" + javadoc.html());
    }
    var data = new DisplayData(String.join("\n\n", text));
    data.putHTML(String.join("<hr/>", html));
    return data;
  }

  private String lastSnippet(String code) {
    List<String> parts = cells.split(code);
    String rest = parts.get(parts.size() - 1);
    return rest.isBlank() && parts.size() > 1 ? parts.get(parts.size() - 2) : rest;
  }

  private static int endOfName(String code, int cursor) {
    int end = Math.min(cursor, code.length());
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int afterBracket(String code, int end) {
    int at = end;
    while (at < code.length() && Character.isWhitespace(code.charAt(at))) {
      at++;
    }
    return at < code.length() && code.charAt(at) == '(' ? at + 1 : end;
  }
}
