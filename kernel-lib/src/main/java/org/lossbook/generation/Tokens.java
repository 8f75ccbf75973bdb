package org.lossbook.generation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.layer.text.TextVectorization;
import org.lossbook.network.Network;
import org.lossbook.network.TextFront;

/**
 * The tokens that ids stand for.
 *
 * @param all by id
 * @param split a text into tokens
 * @param between what stands between two tokens in a text
 */
record Tokens(List<String> all, Function<String, List<String>> split, String between) {
  private static final int UNKNOWN = 1; // behind the padding, as Keras has it

  static Tokens of(TextVectorization vectorization) {
    Require.given(vectorization, "with", "a textVectorization", "one that was adapted to texts");
    boolean isOfCharacters = vectorization.tokens("ab").size() == 2;
    return new Tokens(vectorization.vocabulary(), vectorization::tokens, isOfCharacters ? "" : " ");
  }

  /** Those of the layer by which a network reads texts, if it does. */
  static Optional<Tokens> of(Network network) {
    return network.inputs().get(0).front().flatMap(TextFront::layer).stream()
        .filter(TextVectorization.class::isInstance)
        .map(layer -> of((TextVectorization) layer))
        .findFirst();
  }

  static Tokens of(List<String> tokens) {
    Require.all(
        tokens, String.class, "with", "the tokens by their ids", "List.of(\"a\", \"b\") are two");
    boolean areCharacters =
        tokens.stream().allMatch(token -> token.codePointCount(0, token.length()) <= 1);
    return new Tokens(
        List.copyOf(tokens),
        text ->
            areCharacters
                ? text.codePoints().mapToObj(Character::toString).toList()
                : List.of(text.strip().split("\\s+")),
        areCharacters ? "" : " ");
  }

  /** The ids of a text. */
  int[] ids(String text) {
    return split.apply(text).stream()
        .filter(token -> !token.isEmpty())
        .mapToInt(this::id)
        .toArray();
  }

  /** The id of one token. */
  int id(String token) {
    int id = all.indexOf(token);
    if (id < 0 && all.size() > UNKNOWN && all.get(UNKNOWN).equals("[UNK]")) {
      return UNKNOWN;
    }
    if (id < 0) {
      throw Messages.wrong(
          "generate expects tokens of the vocabulary, of which there are %d, but \"%s\" is none of them: leave it out of the prompt, or give a vocabulary that has it.",
          all.size(), token);
    }
    return id;
  }

  /** The text of ids. */
  String text(int... ids) {
    return Arrays.stream(ids)
        .mapToObj(id -> id < all.size() ? all.get(id) : "[" + id + "]")
        .filter(token -> !token.isEmpty())
        .collect(Collectors.joining(between));
  }
}
