package org.lossbook.kernel.help;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import org.lossbook.Internal;
import org.lossbook.kernel.cell.CellRunner;
import org.lossbook.notebook.JavadocText;
import org.lossbook.notebook.Markup;

/**
 * Inspection, which Shift-Tab shows: the signatures under the cursor and their Javadoc.
 *
 * @hidden
 */
@Internal
public final class Inspection {
  /** The package names before types, which are left out. */
  private static final Pattern QUALIFIER = Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])");

  private final CellRunner cells;
  private final SourceDocs sources;

  public Inspection(CellRunner cells, SourceDocs sources) {
    this.cells = cells;
    this.sources = sources;
  }

  /** The documentation of the name at {@code cursor}; null if there is none. */
  public DisplayData at(String code, int cursor) {
    int end = endOfName(code, cursor);
    String name = code.substring(0, end);
    // A name's documentation is found from its end, a method's from inside its brackets.
    List<Documentation> found = documentation(name + "(");
    String last = cells.lastSnippet(name);
    for (String each : List.of(name, last + "(", last)) {
      found = found.isEmpty() ? documentation(each) : found;
    }
    if (found.isEmpty()) {
      return null;
    }
    var text = new ArrayList<String>();
    var html = new ArrayList<String>();
    for (Documentation each : found) {
      String signature = QUALIFIER.matcher(each.signature()).replaceAll("");
      String comment = each.javadoc() != null ? each.javadoc() : sources.of(signature);
      var javadoc = new JavadocText(comment);
      text.add((signature + "\n" + javadoc.plain()).strip());
      html.add("<pre>" + Markup.html(signature) + "</pre>" + javadoc.html());
    }
    var data = new DisplayData(String.join("\n\n", text));
    data.putHTML(String.join("<hr/>", html));
    return data;
  }

  private List<Documentation> documentation(String code) {
    return cells.analysis().documentation(code, code.length(), true);
  }

  private static int endOfName(String code, int cursor) {
    int end = Math.min(cursor, code.length());
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    return end;
  }
}
