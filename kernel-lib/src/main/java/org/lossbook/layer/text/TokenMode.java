package org.lossbook.layer.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.engine.Bounds;
import org.lossbook.layer.LayerChecks;

/** What a layer gives for the indices of a sample's tokens, by Keras's names in capitals. */
enum TokenMode {
  INT,
  ONE_HOT,
  MULTI_HOT,
  COUNT,
  TF_IDF;

  /** The mode of that name in Keras. */
  static TokenMode named(String who, String name, List<TokenMode> known) {
    String modern = "binary".equals(name) ? "multi_hot" : "tf-idf".equals(name) ? "tf_idf" : name;
    return known.stream()
        .filter(each -> each.kerasName().equals(modern))
        .findFirst()
        .orElseThrow(
            () ->
                Messages.wrong(
                    "%s expects an output mode of %s but receives %s: use one of these names.",
                    who,
                    String.join(", ", known.stream().map(TokenMode::kerasName).toList()),
                    name == null ? "null" : Shown.of(name)));
  }

  String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether all tokens of a sample become one row. */
  boolean isPooled() {
    return this != INT && this != ONE_HOT;
  }

  /**
   * The shape for a sample of that shape; as in Keras a last axis of one token is replaced by its
   * row.
   */
  int[] shape(String who, int depth, int... sample) {
    if (this == INT) {
      return sample.clone();
    }
    if (isPooled() && sample.length > 1) {
      throw Messages.wrong(
          "%s expects lists [batch, n] for %s but receives %s: add flatten() before it, or take outputMode(\"one_hot\").",
          who, kerasName(), LayerChecks.batched(sample));
    }
    boolean isReplaced = isPooled() || sample.length > 0 && sample[sample.length - 1] == 1;
    int kept = Math.max(0, sample.length - (isReplaced ? 1 : 0));
    int[] shape = Arrays.copyOf(sample, kept + 1);
    shape[kept] = depth;
    LayerChecks.requireHoldable(who, shape);
    return shape;
  }

  /**
   * Writes the numbers for a sample's indices, of which those below 0 are left out of rows.
   *
   * @param factors by which tf_idf multiplies its counts
   */
  void write(int[] indices, int count, int depth, float[] factors, float[] into, int at) {
    if (this == INT) {
      for (int i = 0; i < count; i++) {
        into[at + i] = indices[i];
      }
      return;
    }
    Arrays.fill(into, at, at + (this == ONE_HOT ? count : 1) * depth, 0);
    for (int i = 0; i < count; i++) {
      if (indices[i] >= 0) {
        int place = at + indices[i] + (this == ONE_HOT ? i * depth : 0);
        into[place] = this == COUNT || this == TF_IDF ? into[place] + 1 : 1;
      }
    }
    for (int i = 0; this == TF_IDF && i < depth; i++) {
      into[at + i] *= factors[i];
    }
  }

  /** The bounds of the numbers where a sample has so many tokens. */
  Bounds bounds(int depth, int tokens) {
    return switch (this) {
      case INT -> Bounds.between(0, Math.max(0, depth - 1.0));
      case ONE_HOT, MULTI_HOT -> Bounds.between(0, 1);
      case COUNT -> Bounds.between(0, tokens);
      case TF_IDF -> Bounds.NONE;
    };
  }
}
