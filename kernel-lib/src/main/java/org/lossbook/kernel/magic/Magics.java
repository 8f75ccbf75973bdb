package org.lossbook.kernel.magic;

import io.github.spencerpark.jupyter.kernel.magic.registry.UndefinedMagicException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lossbook.Internal;

/**
 * Magics: translates lines such as {@code %maven group:artifact:version} into calls, and runs them.
 *
 * @hidden
 */
@Internal
public final class Magics {
  /** A magic fills the rest of its line, alone or after {@code =}. */
  private static final Pattern LINE =
      Pattern.compile("^([^\\n\"'/]*=)?[ \\t]*%(\\w[^\\n]*)$", Pattern.MULTILINE);

  private static final Pattern CELL =
      Pattern.compile("\\A%%(\\w[^\\n]*)(?:\\n(.*))?\\z", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("\"((?:\\\\.|[^\"\\\\])*)\"|(\\S+)");

  private final io.github.spencerpark.jupyter.kernel.magic.registry.Magics registry =
      new io.github.spencerpark.jupyter.kernel.magic.registry.Magics();

  /** Registers the magics that {@code holder} declares. */
  public void register(Object holder) {
    registry.registerMagics(holder);
  }

  /** Translates {@code cell} to plain Java with the same number of lines. */
  public static String translate(String cell) {
    Matcher whole = CELL.matcher(cell);
    if (whole.matches()) {
      String body = whole.group(2) == null ? "" : whole.group(2);
      return call("cellMagic", words(whole.group(1)), ", " + literal(body));
    }
    return LINE.matcher(cell)
        .replaceAll(
            found -> {
              String before = found.group(1) == null ? "" : found.group(1) + " ";
              String call = call("lineMagic", words(found.group(2)), "");
              return Matcher.quoteReplacement(before + call);
            });
  }

  public <T> T line(String name, List<String> args) {
    try {
      return registry.applyLineMagic(name, args);
    } catch (Exception e) {
      throw unchecked("%" + name, e);
    }
  }

  public <T> T cell(String name, List<String> args, String body) {
    try {
      return registry.applyCellMagic(name, args, body);
    } catch (Exception e) {
      throw unchecked("%%" + name, e);
    }
  }

  private static RuntimeException unchecked(String magic, Exception e) {
    if (e instanceof UndefinedMagicException) {
      return new IllegalArgumentException(
          "There is no magic "
              + magic
              + ": this kernel knows %jars, %classpath, %maven,"
              + " %mavenRepo, %loadFromPOM and %load.");
    }
    return e instanceof RuntimeException known
        ? known
        : new IllegalStateException(magic + ": " + e.getMessage(), e);
  }

  // The empty block after the call keeps the magic's value from being shown as the cell's.
  private static String call(String function, List<String> words, String last) {
    String args = words.stream().skip(1).map(Magics::literal).collect(Collectors.joining(", "));
    return "%s(%s, List.<String>of(%s)%s);{};"
        .formatted(function, literal(words.get(0)), args, last);
  }

  private static List<String> words(String line) {
    var words = new ArrayList<String>();
    Matcher word = WORD.matcher(line.strip());
    while (word.find()) {
      words.add(word.group(2) != null ? word.group(2) : word.group(1).replaceAll("\\\\(.)", "$1"));
    }
    return words;
  }

  private static String literal(String text) {
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
