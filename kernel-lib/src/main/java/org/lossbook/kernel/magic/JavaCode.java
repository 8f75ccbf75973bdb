package org.lossbook.kernel.magic;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lossbook.base.Messages;

/** The Java of a cell, in which magics within a statement or a block are calls. */
final class JavaCode {
  /** <code>${expression}</code>. */
  static final Pattern VALUE = Pattern.compile("\\$\\{([^{}]+)\\}");

  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{([A-Za-z_]\\w*)\\}|([A-Za-z_]\\w*))");

  private final CellText text;
  private final String cell;

  JavaCode(CellText text) {
    this.text = text;
    this.cell = text.code();
  }

  /**
   * A part of the cell. What is before it is blank, so that places stay the same.
   *
   * @param from where the part begins
   */
  String of(int from, int to) {
    var java = new StringBuilder(blank(cell.substring(0, from)));
    int at = from;
    for (CellText.Found each : text.magics()) {
      if (each.from() >= from && each.to() <= to) {
        java.append(cell, at, each.from()).append(call(each));
        cell.substring(each.from(), each.to())
            .chars()
            .filter(c -> c == '\n')
            .forEach(c -> java.append('\n'));
        at = each.to();
      }
    }
    return java.append(cell, at, to).toString();
  }

  /** {@code text} with a space for each character except line ends. */
  static String blank(String text) {
    return text.replaceAll("[^\\r\\n]", " ");
  }

  /** The text after a magic's name, as one line. */
  String line(CellText.Found magic) {
    return cell.substring(magic.lineAt(), magic.lineTo()).replaceAll("\\\\\\r?\\n", " ").strip();
  }

  /** Where the lines below a cell magic begin. */
  int bodyAt(CellText.Found magic) {
    int end = cell.indexOf('\n', magic.lineTo());
    boolean none = magic.kind() != CellText.Kind.CELL || end < 0 || end >= magic.to();
    return none ? magic.to() : end + 1;
  }

  // Without List, because a cell may import another.
  private String call(CellText.Found magic) {
    String name = literal(magic.name());
    String line = line(magic);
    return switch (magic.kind()) {
      case SHELL -> "lineMagic(\"system\", " + concatenated(line, VARIABLE) + ");";
      case LINE ->
          magic.name().equals("time")
              ? timed(line)
              : "lineMagic(" + name + ", " + concatenated(line, VALUE) + ");";
      case CELL, CELL_TOO_LATE ->
          Messages.of(
              "cellMagic(%s, %s, %s);",
              name, literal(line), literal(cell.substring(bodyAt(magic), magic.to())));
    };
  }

  /** One statement that runs {@code code} where it stands, with the variables of its block. */
  private static String timed(String line) {
    String code = line.replaceFirst("(^|\\s)//[^\"]*$", ""); // a comment would take the rest
    String statement =
        code.isEmpty() || code.endsWith(";") || code.endsWith("}") ? code : code + ";";
    return "try (var stopwatch$ = org.lossbook.kernel.magic.Stopwatch.start()) { "
        + statement
        + " }";
  }

  /** A literal in which each match is the expression or the variable that it names. */
  private String concatenated(String word, Pattern pattern) {
    var java = new StringBuilder();
    Matcher value = pattern.matcher(word);
    int at = 0;
    while (value.find()) {
      String named = name(value);
      if (pattern == VALUE || text.knows(named)) {
        java.append(literal(word.substring(at, value.start()))).append(" + (").append(named);
        java.append(") + ");
        at = value.end();
      }
    }
    return java.append(literal(word.substring(at))).toString();
  }

  private static String name(Matcher value) {
    return value.groupCount() == 2 && value.group(1) == null ? value.group(2) : value.group(1);
  }

  /** The variables that {@code command} names, as <code>$name</code> or <code>${name}</code>. */
  static List<String> variables(String command, Predicate<String> isVariable) {
    Matcher value = VARIABLE.matcher(command);
    return value
        .results()
        .map(each -> each.group(1) == null ? each.group(2) : each.group(1))
        .filter(isVariable)
        .distinct()
        .toList();
  }

  /** {@code text} as a Java literal. */
  static String literal(String text) {
    var escaped = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> escaped.append("\\\"");
        case '\\' -> escaped.append("\\\\");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        default -> escaped.append(c);
      }
    }
    return escaped.append('"').toString();
  }
}
