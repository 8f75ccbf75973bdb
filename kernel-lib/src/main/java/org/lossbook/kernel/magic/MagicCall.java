package org.lossbook.kernel.magic;

import static org.lossbook.base.Messages.wrong;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One use of a magic.
 *
 * @param magic the magic as written, such as {@code %maven}
 * @param line the text after it
 * @param body the lines below a cell magic; empty for a line magic
 * @param variables the values of the cells' variables that a command names
 * @param java runs one of these texts as Java of the cell
 */
record MagicCall(String magic, String line, String body, Map<String, String> variables, Java java) {
  private static final Pattern WORD = Pattern.compile("((?:\"(?:\\\\.|[^\"\\\\])*\"|[^\\s\"])+)");
  private static final Pattern QUOTED = Pattern.compile("\"((?:\\\\.|[^\"\\\\])*)\"");

  /** Runs Java, so that an error names the reader's own line. */
  interface Java {
    /**
     * @param text {@link MagicCall#line()} or {@link MagicCall#body()}, or other code
     */
    Object run(String text) throws Exception;
  }

  /**
   * The words of the line; double quotes hold one together, and a comment or a semicolon at its end
   * is left out.
   */
  List<String> words() {
    return words(line);
  }

  static List<String> words(String line) {
    var words = new ArrayList<String>();
    Matcher word = WORD.matcher(line.strip());
    while (word.find()) {
      if (word.group().equals("//")) {
        break;
      }
      words.add(
          QUOTED
              .matcher(word.group())
              .replaceAll(
                  quoted ->
                      Matcher.quoteReplacement(
                          quoted.group(1).replaceAll("\\\\([\"\\\\])", "$1"))));
    }
    int last = words.size() - 1;
    if (last >= 0 && words.get(last).endsWith(";")) {
      String without = words.remove(last).replaceAll(";+$", "");
      if (!without.isEmpty()) {
        words.add(without);
      }
    }
    return words;
  }

  /** {@code words} as a line that {@link #words()} takes apart again. */
  static String joined(List<String> words) {
    return words.stream()
        .map(
            word ->
                word.isEmpty() || word.equals("//") || word.matches("(?s).*[\\s\";].*")
                    ? '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                    : word)
        .collect(Collectors.joining(" "));
  }

  /** The words of the line, at least one. */
  List<String> someWords(String what) {
    List<String> words = words();
    if (words.isEmpty()) {
      throw wrong("%s expects %s but receives nothing.", magic, what);
    }
    return words;
  }

  /** The one word of the line. */
  String word(String what) {
    List<String> words = words();
    if (words.size() != 1) {
      throw wrong(
          "%s expects %s but receives %s.",
          magic, what, words.isEmpty() ? "nothing" : line.strip());
    }
    return words.get(0);
  }
}
