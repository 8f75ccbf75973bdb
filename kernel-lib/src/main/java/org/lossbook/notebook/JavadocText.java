package org.lossbook.notebook;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lossbook.Internal;

/**
 * Converts a Javadoc comment to HTML and plain text.
 *
 * @hidden
 */
@Internal
public final class JavadocText {
  private static final Pattern INLINE =
      Pattern.compile("\\{@(\\w+)\\s*((?:[^{}]|\\{[^{}]*\\})*)\\}", Pattern.DOTALL);
  private static final Pattern BLOCK =
      Pattern.compile("^\\s*@(\\w+)\\s+(.*?)(?=^\\s*@\\w|\\z)", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern NAMED = Pattern.compile("(<?[\\w.]+>?)\\s*(.*)", Pattern.DOTALL);

  private final String comment;

  /** Takes a comment without its asterisks; null for none. */
  public JavadocText(String comment) {
    this.comment = comment == null ? "" : comment.strip().replaceFirst("\\s*@hidden$", "");
  }

  /** The comment as HTML. */
  public String html() {
    Matcher block = BLOCK.matcher(comment);
    var list = new StringBuilder();
    int end = comment.length();
    while (block.find()) {
      end = Math.min(end, block.start());
      list.append("<li>").append(tag(block.group(1), block.group(2).strip())).append("</li>");
    }
    String body = inline(comment.substring(0, end).strip());
    return list.isEmpty() ? body : body + "<ul>" + list + "</ul>";
  }

  /** The comment as text. */
  public String plain() {
    String text = html();
    text = text.replaceAll("(?i)\\s*<(p|/?ul|/?ol|/?pre|/?table|/?tr|br/?)\\b[^>]*>\\s*", "\n");
    text = text.replaceAll("(?i)\\s*<(li|dt|dd)\\b[^>]*>\\s*", "\n  - ");
    text = text.replaceAll("<[a-zA-Z/][^>]*>", "");
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    return text.replaceAll("[ \\t]+\\n", "\n").replaceAll("\\n{3,}", "\n\n").strip();
  }

  private static String tag(String name, String text) {
    Matcher named = NAMED.matcher(text);
    boolean first = (name.equals("param") || name.equals("throws")) && named.matches();
    String rest = inline(first ? named.group(2) : text);
    return switch (name) {
      case "param" -> "<code>" + Markup.html(named.group(1)) + "</code>: " + rest;
      case "return" -> "returns " + rest;
      case "throws", "exception" ->
          first
              ? "throws <code>" + Markup.html(named.group(1)) + "</code> " + rest
              : "throws " + rest;
      case "see" -> "see " + rest;
      case "question" -> "The question: " + rest;
      case "use" -> "Use it: " + rest;
      case "avoid" -> "Avoid it: " + rest;
      case "source" -> "Source: " + rest;
      default -> name + " " + rest;
    };
  }

  private static String inline(String text) {
    return INLINE
        .matcher(text)
        .replaceAll(
            found -> {
              String content = found.group(2).strip();
              String shown =
                  switch (found.group(1)) {
                    case "code", "literal", "value" -> Markup.html(content);
                    case "link", "linkplain" -> Markup.html(label(content));
                    case "return" -> "Returns " + content + ".";
                    default -> content;
                  };
              boolean code = List.of("code", "link", "value").contains(found.group(1));
              return Matcher.quoteReplacement(code ? "<code>" + shown + "</code>" : shown);
            });
  }

  /** {@code Type#method(int) words} reads as its words, else as {@code Type.method(int)}. */
  private static String label(String link) {
    int bracket = link.indexOf(')');
    int space = link.indexOf(' ', Math.max(0, bracket));
    String target = space < 0 ? link : link.substring(0, space);
    String words = space < 0 ? "" : link.substring(space).strip();
    String name = target.startsWith("#") ? target.substring(1) : target.replace('#', '.');
    return words.isEmpty() ? name : words;
  }
}
