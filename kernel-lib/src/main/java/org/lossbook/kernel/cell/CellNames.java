package org.lossbook.kernel.cell;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How JShell names the classes of cells. {@code REPL.$JShell$12} holds the snippet 12, {@code
 * REPL.$JShell$12B} its second version, {@code REPL.$JShell$12_15} the overloaded methods 12 and
 * 15, and {@code REPL.$JShell$12$Point} is a class that snippet 12 declares.
 */
final class CellNames {
  /** The package that JShell puts its classes in. */
  static final String PACKAGE = "REPL.";

  private static final Pattern NAME =
      Pattern.compile("REPL[./]\\$JShell\\$([0-9A-Z_]+)(\\$.*)?", Pattern.DOTALL);

  private static final Pattern VERSION = Pattern.compile("(\\$JShell\\$\\d+)[A-Z]+");

  private CellNames() {}

  /**
   * What the class {@code name} is in any version: the snippet's number, and within it the name of
   * the nested class. Overloaded methods have several; what is no cell's class has none.
   */
  static List<String> identities(String name) {
    Matcher found = NAME.matcher(name);
    if (!found.matches()) {
      return List.of();
    }
    String nested = found.group(2) == null ? "" : found.group(2);
    return Pattern.compile("_")
        .splitAsStream(found.group(1).replaceAll("[A-Z]", ""))
        .map(snippet -> snippet + nested)
        .toList();
  }

  /** {@code text} with each class of cells in its first version. */
  static String withoutVersions(String text) {
    return VERSION.matcher(text).replaceAll("$1");
  }

  /** Whether {@code name} is the class around a snippet, not one that the snippet declares. */
  static boolean isWrapper(String name) {
    Matcher found = NAME.matcher(name);
    return found.matches() && found.group(2) == null;
  }

  /** The class around the snippet that {@code name} belongs to; {@code name} if it has none. */
  static String wrapperOf(String name) {
    Matcher found = NAME.matcher(name);
    return found.matches() && found.group(2) != null
        ? name.substring(0, name.length() - found.group(2).length())
        : name;
  }
}
