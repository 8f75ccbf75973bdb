package org.lossbook.layer.text;

import java.util.function.UnaryOperator;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.config.Shown;

/**
 * How a text is standardized before it is split, by Keras's names.
 *
 * @param kerasName {@code none} for none, empty for a function of one's own
 */
record Standardization(String kerasName, UnaryOperator<String> change) {
  private static final String PUNCTUATION = "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'";

  static Standardization named(String who, String name) {
    return switch (name == null ? "null" : name) {
      case "none" -> new Standardization(name, text -> text);
      case "lower" -> new Standardization(name, Standardization::lower);
      case "strip_punctuation" -> new Standardization(name, Standardization::stripped);
      case "lower_and_strip_punctuation" ->
          new Standardization(name, text -> stripped(lower(text)));
      default ->
          throw Messages.wrong(
              "%s expects a standardization of lower_and_strip_punctuation, lower, strip_punctuation or none but receives %s: use one of these names, or give a function, standardize(text -> …).",
              who, name == null ? "null" : Shown.of(name));
    };
  }

  static Standardization own(String who, UnaryOperator<String> change) {
    return new Standardization(
        "", Require.given(change, who, "a function of a text", "text -> text.strip() is one"));
  }

  boolean isOwn() {
    return kerasName.isEmpty();
  }

  String of(String text) {
    return Require.given(
        change.apply(text), "text_vectorization", "a text from its standardize(…)", "return one");
  }

  /** Of the letters A to Z alone, as Keras's function does by default. */
  private static String lower(String text) {
    var lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + 'a' - 'A'));
      }
    }
    return lower.toString();
  }

  private static String stripped(String text) {
    var kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (PUNCTUATION.indexOf(text.charAt(i)) < 0) {
        kept.append(text.charAt(i));
      }
    }
    return kept.toString();
  }
}
