package org.lossbook.card;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lossbook.notebook.JavadocText;

/** What a Javadoc comment says: its paragraphs, its example, and the tags that cards show. */
record CardDoc(String comment) {
  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code\\s*\\n(.*?)\\n?\\s*}</pre>", Pattern.DOTALL);

  /** {@code Lin et al. 2017, <i>Focal loss</i>}, or {@code Kingma and Ba, <a …>Adam</a>, 2014}. */
  private static final Pattern SOURCE =
      Pattern.compile(
          "(?:\\p{Lu}|van )(?:[^.<]|et\\s+al\\.)*?(?:\\s\\d{4}[^.<]{0,60}?<i>[^<]*</i>|<a [^>]*>[^<]*</a>, \\d{4})"
              + "(?:; (?:[^.<;]|et\\s+al\\.)*?(?:\\s\\d{4}[^.<]{0,60}?<i>[^<]*</i>|<a [^>]*>[^<]*</a>, \\d{4}))*"
              + "(?:, section [\\d.]+)?\\.?",
          Pattern.DOTALL);

  /** {@code (He et al. 2015)}, {@code (Vaswani et al. 2017, <i>Attention</i>)}. */
  private static final Pattern BRACKETS =
      Pattern.compile(
          "\\(((?:\\p{Lu}|van )[^()]*?\\s(?:1[789]|20)\\d\\d(?:,\\s+<i>[^<]*</i>)?)\\)");

  /** The comment of a class. */
  static CardDoc of(Class<?> type) {
    return new CardDoc(
        JavadocSource.of(type)
            .flatMap(source -> JavadocSource.ofType(source, type.getSimpleName()))
            .orElse(""));
  }

  /** The comment of a method without parameters; empty where it has none. */
  static CardDoc of(Class<?> type, String method) {
    return new CardDoc(
        JavadocSource.of(type)
            .flatMap(source -> JavadocSource.ofMethod(source, method))
            .orElse(""));
  }

  /** What a tag says, as Javadoc. */
  Optional<String> tag(String name) {
    Matcher tag =
        Pattern.compile("^@" + name + "\\s+(.*?)(?=^@\\w|\\z)", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(comment);
    return tag.find() ? Optional.of(tag.group(1).strip()) : Optional.empty();
  }

  /** The paragraphs before the tags, without examples and without the source. */
  List<String> paragraphs() {
    String body = comment.split("(?m)^@\\w", 2)[0];
    String text = EXAMPLE.matcher(body).replaceAll("");
    String source = source().filter(text::contains).orElse("\0");
    return Arrays.stream(text.replace(source, "").split("<p>"))
        .map(String::strip)
        .filter(paragraph -> !paragraph.isEmpty())
        .toList();
  }

  /** The lines of the example. */
  Optional<String> example() {
    Matcher example = EXAMPLE.matcher(comment);
    return example.find() ? Optional.of(example.group(1).stripIndent()) : Optional.empty();
  }

  /** Where it comes from: the tag, or else what the text cites. */
  Optional<String> source() {
    Optional<String> tag = tag("source");
    if (tag.isPresent()) {
      return tag;
    }
    Matcher source = SOURCE.matcher(EXAMPLE.matcher(comment).replaceAll("\0"));
    if (source.find()) {
      return Optional.of(source.group());
    }
    Matcher inBrackets = BRACKETS.matcher(comment);
    return inBrackets.find() ? Optional.of(inBrackets.group(1) + ".") : Optional.empty();
  }

  /** Javadoc as HTML with its formulas as MathML. */
  static String html(String javadoc) {
    return MathMl.inText(new JavadocText(javadoc).html());
  }

  /** Javadoc as words for a terminal. */
  static String text(String javadoc) {
    String words = new JavadocText(javadoc).plain();
    return MathText.inText(words.replaceAll("\\s+", " "));
  }
}
