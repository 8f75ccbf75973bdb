package org.lossbook.kernel.help;

import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import jdk.jshell.VarSnippet;
import org.lossbook.Internal;
import org.lossbook.kernel.cell.CellRunner;

/**
 * Tab completion.
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
      Pattern.compile("^[ \\t]*(import\\s[^;\\n]*;|[%!][^\\n]*\\n)", Pattern.MULTILINE);

  /** Magics that take Java; they are blanked, so that it is completed as elsewhere. */
  private static final Pattern TAKES_JAVA =
      Pattern.compile(
          "^[ \\t]*%%?time(?:it)?\\b(?:[ \\t]+-\\w+(?:[ \\t]*\\d+)?)*", Pattern.MULTILINE);

  private static final Pattern MAGIC =
      Pattern.compile("(?s)(?:.*\\n)?[ \\t]*(?:[\\w.<>\\[\\], ]+=[ \\t]*)?(%%?\\w*)");
  private static final Pattern OTHER_THAN_JAVA =
      Pattern.compile("(?s)%%.*|(?:.*\\n)?[ \\t]*[%!][^\\n]*");

  private static final Pattern ARGUMENT = Pattern.compile("(?s).*?(?:(\\w+)\\s*\\(|,)\\s*");
  private static final Set<String> HEADERS =
      Set.of("if", "while", "for", "switch", "catch", "try", "synchronized", "return");
  private static final int MANY = 60;

  private final CellRunner cells;
  private final List<String> magics;

  /**
   * @param magics the names of all magics, such as {@code %maven}
   */
  public Completion(CellRunner cells, List<String> magics) {
    this.cells = cells;
    this.magics = magics;
  }

  /**
   * The completions of the word that ends at {@code cursor}: first those of the expected type, last
   * the members of every object. A string or a comment has none, and neither has an argument that
   * nothing fits.
   */
  public ReplacementOptions at(String code, int cursor) {
    String typed = code.substring(0, cursor);
    Matcher magic = MAGIC.matcher(typed);
    if (magic.matches()) {
      return magics(magic.group(1), magic.start(1), cursor);
    }
    String java = blank(TAKES_JAVA, typed);
    String before = blank(NOT_IN_A_BLOCK, java);
    if (OTHER_THAN_JAVA.matcher(java).matches() || Literals.isOpenAtEnd(before)) {
      return new ReplacementOptions(List.of(), cursor, cursor);
    }
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
        (isArgument(before) ? fitting(found) : found)
            .stream()
                .sorted(Comparator.comparingInt(Completion::rank))
                .map(Suggestion::continuation)
                .filter(each -> !each.contains("$")) // what JShell adds for itself
                .toList();
    return new ReplacementOptions(List.copyOf(new LinkedHashSet<>(words)), start[0], cursor);
  }

  /** The magics that begin with {@code typed}; those of a whole cell stand in its first line. */
  private ReplacementOptions magics(String typed, int at, int cursor) {
    String name = typed.replace("%", "");
    List<String> fitting =
        magics.stream()
            .filter(each -> each.startsWith(typed) || (at == 0 && each.startsWith("%%" + name)))
            .filter(each -> at == 0 || !each.startsWith("%%"))
            .toList();
    return new ReplacementOptions(fitting, at, cursor);
  }

  /** Whether an argument of a call begins at the end of {@code code}. */
  private static boolean isArgument(String code) {
    Matcher argument = ARGUMENT.matcher(code);
    return argument.matches()
        && (argument.group(1) == null || !HEADERS.contains(argument.group(1)));
  }

  /** What an argument can be: values of its type; where most are, the reader's variables. */
  private List<Suggestion> fitting(List<Suggestion> all) {
    List<Suggestion> fitting = all.stream().filter(Suggestion::matchesType).toList();
    if (fitting.size() <= MANY) {
      return fitting;
    }
    Set<String> variables =
        cells.shell().variables().map(VarSnippet::name).collect(Collectors.toSet());
    return fitting.stream().filter(each -> variables.contains(each.continuation())).toList();
  }

  /** Replaces what a block of Java cannot contain with spaces. */
  private static String blank(Pattern what, String code) {
    return what.matcher(code).replaceAll(line -> " ".repeat(line.group().length()));
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
}
