package org.lossbook.layer.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.config.Shown;

/**
 * How a text is split into tokens, by Keras's names.
 *
 * @param kerasName {@code none} for none, empty for a function of one's own
 */
record Splitting(String kerasName, Function<String, List<String>> split) {
  static final String NONE = "none";

  static Splitting named(String who, String name) {
    return switch (name == null ? "null" : name) {
      case NONE -> new Splitting(name, List::of);
      case "whitespace" -> new Splitting(name, Splitting::words);
      case "character" -> new Splitting(name, CodePoints::of);
      default ->
          throw Messages.wrong(
              "%s expects to split by whitespace, character or none but receives %s: use one of these names, or give a function, split(text -> List.of(text.split(\",\"))).",
              who, name == null ? "null" : Shown.of(name));
    };
  }

  static Splitting own(String who, Function<String, List<String>> split) {
    return new Splitting(
        "",
        Require.given(
            split,
            who,
            "a function from a text to tokens",
            "text -> List.of(text.split(\",\")) is one"));
  }

  boolean isOwn() {
    return kerasName.isEmpty();
  }

  List<String> of(String text) {
    return Require.all(
        split.apply(text),
        String.class,
        "text_vectorization",
        "tokens from its split(…)",
        "return a list of texts");
  }

  /** Between the white space of ASCII, as Keras's function does. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isSpace(text.charAt(i))) {
        if (i > start) {
          words.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }
}
