package org.lossbook.kernel.help;

import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.lossbook.Internal;
import org.lossbook.kernel.cell.CellRunner;
import org.lossbook.kernel.magic.Magics;

/**
 * Tab completion, and whether Enter runs a cell in a console.
 *
 * @hidden
 */
@Internal
public final class Completion {
  /** The members of every object, which are listed last. */
  private static final Set<String> OBJECTS =
      Set.of(
          "equals(", "getClass()", "hashCode()", "notify()", "notifyAll()", "toString()", "wait(");

  private static final Pattern NOT_IN_A_BLOCK =
      Pattern.compile("^[ \\t]*(import\\s[^;\\n]*;|%[^\\n]*\\n)", Pattern.MULTILINE);

  private final CellRunner cells;

  public Completion(CellRunner cells) {
    this.cells = cells;
  }

  /**
   * The completions of the word that ends at {@code cursor}: first those of the expected type, last
   * the members of every object.
   */
  public ReplacementOptions at(String code, int cursor) {
    String before = withoutImports(code.substring(0, cursor));
    int word = startOfWord(before);
    int[] start = {cursor};
    // First as one block, so that variables declared in this cell are known.
    List<Suggestion> found = suggestions(before, start);
    boolean lost = found.isEmpty() || (word < cursor && start[0] == cursor);
    if (lost) {
      String last = cells.lastSnippet(before);
      int[] inLast = {last.length()};
      found = suggestions(last, inLast);
      start[0] = cursor - last.length() + inLast[0];
    }
    List<String> words =
        found.stream()
            .sorted(Comparator.comparingInt(Completion::rank))
            .map(Suggestion::continuation)
            .toList();
    return new ReplacementOptions(List.copyOf(new LinkedHashSet<>(words)), start[0], cursor);
  }

  /** Replaces imports and magics with spaces, because a block cannot contain them. */
  private static String withoutImports(String code) {
    return NOT_IN_A_BLOCK.matcher(code).replaceAll(line -> " ".repeat(line.group().length()));
  }

  private static int startOfWord(String code) {
    int at = code.length();
    while (at > 0 && Character.isJavaIdentifierPart(code.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private List<Suggestion> suggestions(String code, int[] start) {
    SourceCodeAnalysis analysis = cells.analysis();
    return analysis.completionSuggestions(code, code.length(), start);
  }

  private static int rank(Suggestion suggestion) {
    if (OBJECTS.contains(suggestion.continuation())) {
      return 2;
    }
    return suggestion.matchesType() ? 0 : 1;
  }

  /**
   * Whether {@code code} is complete.
   *
   * @return {@code complete}, {@code invalid}, or the indentation that the next line needs
   */
  public String isComplete(String code, String complete, String invalid) {
    String rest = Magics.translate(code);
    while (true) {
      CompletionInfo info = cells.analysis().analyzeCompletion(rest);
      switch (info.completeness()) {
        case EMPTY:
          return complete;
        case UNKNOWN:
          return invalid;
        case CONSIDERED_INCOMPLETE, DEFINITELY_INCOMPLETE:
          return indentation(code);
        default:
          rest = info.remaining();
      }
    }
  }

  /** The indentation of the next line: that of the last one, plus two after an open bracket. */
  private static String indentation(String code) {
    String last = code.substring(code.lastIndexOf('\n') + 1);
    String indent = last.substring(0, last.length() - last.stripLeading().length());
    boolean opens = last.stripTrailing().endsWith("{") || last.stripTrailing().endsWith("(");
    return opens ? indent + "  " : indent;
  }
}
