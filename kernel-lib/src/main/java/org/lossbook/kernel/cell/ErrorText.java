package org.lossbook.kernel.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.UnresolvedReferenceException;
import org.lossbook.Internal;

/**
 * Formats the errors of a cell: the exception and its message, the lines of the cell that led
 * there, the causes, and below them the stack trace, unless the library explains a mistake. Nothing
 * is red: a notebook gives errors a red background, on which red text is unreadable in dark themes.
 *
 * @hidden
 */
@Internal
public final class ErrorText {
  private static final String BOLD = "\u001B[1m";
  private static final String MARKED = "\u001B[41;97m";
  private static final String FAINT = "\u001B[2m";
  private static final String PLAIN = "\u001B[0m";
  private static final int FRAMES = 12;
  private static final String LIBRARY = "org.lossbook.";

  private final CellRunner cells;
  private final int thisCell;
  private final List<String> lines = new ArrayList<>();

  public ErrorText(CellRunner cells, int thisCell) {
    this.cells = cells;
    this.thisCell = thisCell;
  }

  /** A cell that threw {@code thrown}; {@code translated} is its stack in terms of snippets. */
  CellFailure thrown(Throwable thrown, JShellException translated) {
    if (thrown == null && translated instanceof UnresolvedReferenceException unresolved) {
      return unresolved(unresolved);
    }
    Throwable first = thrown != null ? thrown : translated;
    Throwable stack = translated;
    var seen = new LinkedHashSet<Throwable>();
    for (Throwable each = first; each != null && seen.add(each); each = each.getCause()) {
      String lead = each == first ? "" : "Caused by ";
      headline(lead + each.getClass().getName(), message(each));
      Hint.of(each, this::isUnset).ifPresent(lines::add);
      cellLines(stack != null ? stack : each);
      stack = stack == null ? null : stack.getCause();
    }
    if (isAnswer(first, translated != null ? translated : first)) {
      return failure(first.getClass().getSimpleName(), message(first), thrown);
    }
    stack = translated;
    lines.add("");
    for (Throwable each : seen) {
      lines.add(FAINT + (each == first ? "" : "Caused by ") + each.getClass().getName() + PLAIN);
      frames(stack != null ? stack : each);
      stack = stack == null ? null : stack.getCause();
    }
    return failure(first.getClass().getSimpleName(), message(first), thrown);
  }

  /**
   * Whether it is the library's message about a reader's mistake, which says what to change, so
   * that a stack trace is of no use.
   */
  private boolean isAnswer(Throwable first, Throwable stack) {
    StackTraceElement[] frames = stack.getStackTrace();
    return isRefusal(first)
        && first.getCause() == null
        && frames.length > 0
        && frames[0].getClassName().startsWith(LIBRARY)
        && Arrays.stream(frames).anyMatch(frame -> place(frame) != null);
  }

  private static boolean isRefusal(Throwable thrown) {
    return thrown instanceof IllegalArgumentException
        || thrown instanceof IllegalStateException
        || thrown.getClass().getName().startsWith(LIBRARY);
  }

  /** An exception outside the reader's code, such as while a value was rendered. */
  public CellFailure thrown(Throwable thrown) {
    return thrown(thrown, null);
  }

  /** A magic that threw {@code thrown}; its own messages need no stack trace. */
  CellFailure thrownByMagic(Throwable thrown, Place place) {
    int line = place.lineAt(0);
    StackTraceElement[] frames = thrown.getStackTrace();
    boolean isAnswer =
        thrown instanceof CellInterrupted
            || (isRefusal(thrown)
                && frames.length > 0
                && frames[0].getClassName().startsWith(LIBRARY));
    String said = "  " + where(place, line) + ": " + place.text(line);
    if (!isAnswer) {
      CellFailure failure = thrown(thrown);
      lines.add(1, said);
      return failure(failure.name(), failure.text(), thrown);
    }
    headline(thrown.getClass().getName(), message(thrown));
    lines.add(said);
    return failure(thrown.getClass().getSimpleName(), message(thrown), thrown);
  }

  /** A snippet that javac rejected. */
  CellFailure notCompiled(Snippet snippet, Place place) {
    List<Diag> found = cells.shell().diagnostics(snippet).filter(Diag::isError).toList();
    String first = "";
    for (Diag each : found) {
      String message = withoutLocation(each.getMessage(Locale.ENGLISH));
      first = first.isEmpty() ? message.lines().findFirst().orElse("") : first;
      point(place, (int) each.getStartPosition(), (int) each.getEndPosition());
      message.lines().forEach(line -> lines.add(BOLD + line + PLAIN));
      Hint.ofLine(place.text(place.lineAt((int) each.getStartPosition())))
          .or(() -> Hint.of(each.getMessage(Locale.ENGLISH)))
          .ifPresent(lines::add);
      lines.add("");
    }
    if (snippet instanceof DeclarationSnippet declaration) {
      List<String> missing = cells.shell().unresolvedDependencies(declaration).toList();
      for (String each : missing) {
        pointAtName(place, snippet.source(), each.replaceAll("^\\w+ |\\(.*", ""));
        lines.add(BOLD + "not defined: " + each + PLAIN);
      }
      if (first.isEmpty() && !missing.isEmpty()) {
        first = "not defined: " + String.join(", ", missing);
      }
    }
    return failure("CompilationError", first, null);
  }

  /** An incomplete cell. */
  CellFailure unfinished(Place place, String rest) {
    String what = "This cell ends before its code does: a bracket, a quote or a comment is open.";
    point(place, 0, rest.lines().findFirst().orElse("").length());
    lines.add(BOLD + what + PLAIN);
    return failure("IncompleteSource", what, null);
  }

  private CellFailure unresolved(UnresolvedReferenceException e) {
    String name = e.getSnippet().source().lines().findFirst().orElse("").strip();
    String what =
        cells.shell().unresolvedDependencies(e.getSnippet()).findAny().isPresent()
            ? "This was declared, but it uses names that are not defined yet: " + name
            : "This does not compile any more: "
                + cells.firstError(e.getSnippet()).map(error -> error + ": ").orElse("")
                + name;
    headline("", what);
    cellLines(e);
    missing(e.getSnippet());
    return failure("UnresolvedReference", what, e);
  }

  private void pointAtName(Place place, String source, String name) {
    var found = Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(source);
    if (found.find()) {
      point(place, found.start(), found.end());
    }
  }

  private void missing(DeclarationSnippet snippet) {
    cells
        .shell()
        .unresolvedDependencies(snippet)
        .forEach(name -> lines.add(BOLD + "not defined: " + name + PLAIN));
  }

  private CellFailure failure(String name, String text, Throwable cause) {
    return new CellFailure(name, text, lines, cause);
  }

  private boolean isUnset(String name) {
    return cells != null && cells.isUnset(name);
  }

  private static String message(Throwable thrown) {
    String message = thrown.getLocalizedMessage();
    return message == null ? "" : message;
  }

  private void headline(String name, String message) {
    List<String> text = message.lines().toList();
    String first = text.isEmpty() ? "" : text.get(0);
    String colon = name.isEmpty() || first.isEmpty() ? "" : ": ";
    lines.add(name + colon + BOLD + first + PLAIN);
    text.stream().skip(1).forEach(lines::add);
  }

  /** Adds the lines of cells on the stack, the innermost first, each once. */
  private void cellLines(Throwable stack) {
    Set<String> said = new LinkedHashSet<>();
    for (StackTraceElement frame : stack.getStackTrace()) {
      Place place = place(frame);
      if (place != null) {
        int line = place.line(frame.getLineNumber());
        said.add("  " + where(place, line) + ": " + place.text(line));
      }
    }
    said.stream().limit(FRAMES).forEach(lines::add);
  }

  private String where(Place place, int line) {
    return place.cell() == thisCell
        ? "line " + line + " of this cell"
        : "line " + line + " of cell [" + place.cell() + "]";
  }

  private void frames(Throwable stack) {
    StackTraceElement[] frames = stack.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
      Place place = place(frames[i]);
      String text =
          place == null
              ? frames[i].toString()
              : (frames[i].getMethodName().isEmpty() ? "" : frames[i].getMethodName() + ", ")
                  + where(place, place.line(frames[i].getLineNumber()));
      lines.add(FAINT + "    at " + text + PLAIN);
    }
    if (frames.length > FRAMES) {
      lines.add(FAINT + "    ... " + (frames.length - FRAMES) + " more" + PLAIN);
    }
  }

  /** The place of a stack frame; JShell uses the snippet's id as file name: {@code #12}. */
  private Place place(StackTraceElement frame) {
    String file = frame.getFileName();
    return file == null || !file.startsWith("#") ? null : cells.places().of(file.substring(1));
  }

  /**
   * Adds the line with the snippet's characters from {@code start} to {@code end}, and marks them.
   */
  private void point(Place place, int start, int end) {
    int line = place.lineAt(Math.max(0, start));
    lines.add("line " + line + " of this cell:");
    String code = place.code();
    int from = Math.min(code.length(), place.offset() + Math.max(0, start));
    int lineStart = code.lastIndexOf('\n', from - 1) + 1;
    int lineEnd = code.indexOf('\n', from) < 0 ? code.length() : code.indexOf('\n', from);
    int to = Math.min(lineEnd, Math.max(from, place.offset() + end));
    String marked = code.substring(from, to);
    String written = place.written(line);
    int column = from - lineStart;
    if (!written.startsWith(marked, column)) {
      lines.add("    " + written); // a magic, which was compiled as a call
      return;
    }
    String before = written.substring(0, column);
    String rest = written.substring(column + marked.length());
    lines.add("    " + before + MARKED + marked + PLAIN + rest);
    lines.add("    " + before.replaceAll("\\S", " ") + "^".repeat(Math.max(1, marked.length())));
  }

  /** javac's message without the location, if that is the unnamed class of the cell. */
  private static String withoutLocation(String message) {
    return String.join(
        "\n", message.lines().filter(line -> !line.strip().matches("location:\\s+class")).toList());
  }
}
