package org.lossbook.layer.text;

import java.util.ArrayList;
import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.data.Values;
import org.lossbook.notebook.TextTable;

/** The way of a text to its numbers, as a table. */
final class Vectorized {
  private Vectorized() {}

  static TextTable explained(TextVectorization layer, String text) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("text", text));
    String standardized = layer.standardization().of(text);
    rows.add(List.of(step("standardized", layer.standardization().kerasName()), standardized));
    List<String> tokens = layer.splitting().of(standardized);
    rows.add(List.of(step("split", layer.splitting().kerasName()), shown(tokens)));
    List<String> sequences = layer.sequences(tokens).orElse(tokens);
    if (layer.sequences(tokens).isPresent()) {
      rows.add(List.of("n-grams", shown(sequences)));
    }
    int unknown = 0;
    List<String> indices = new ArrayList<>();
    for (String token : sequences) {
      boolean isKnown = layer.lookup().knows(token);
      unknown += isKnown || token.isEmpty() ? 0 : 1;
      int index = layer.lookup().index(token);
      indices.add(
          Messages.of("%s → %s%s", token, index < 0 ? "left out" : index, isKnown ? "" : "*"));
    }
    rows.add(List.of("indices", shown(indices)));
    if (sequences.isEmpty() && layer.shapeOf(1)[0] < 0) {
      rows.add(List.of("numbers", "none"));
    } else {
      Values numbers = layer.apply(text);
      rows.add(
          List.of(
              layer.lookup().mode() == TokenMode.INT
                  ? Messages.of("numbers, %d", numbers.size())
                  : layer.lookup().mode().kerasName(),
              numbers.toString()));
    }
    List<String> footer = unknown == 0 ? List.of() : List.of("* not in the vocabulary");
    return new TextTable(
        "",
        List.of(TextTable.Column.words("step"), TextTable.Column.words("result")),
        rows,
        footer);
  }

  private static String step(String what, String how) {
    return Messages.of("%s: %s", what, how.isEmpty() ? "a function of your own" : how);
  }

  private static String shown(List<String> tokens) {
    return tokens.isEmpty() ? "no tokens" : String.join(" · ", tokens);
  }
}
