package org.lossbook.layer.attention;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.lossbook.layer.Layer;

/** What a file sets in a call of attention. */
enum AttentionCall {
  CAUSAL("use_causal_mask"),
  SCORES("return_attention_scores");

  static final String MASK = "attention_mask";

  private final String argument;

  AttentionCall(String argument) {
    this.argument = argument;
  }

  void addTo(Map<String, Object> settings, boolean isSet) {
    if (isSet) {
      settings.put(argument, true);
    }
  }

  /** The layer for a call with that argument; empty if it is none of these. */
  static Optional<Layer> of(
      String argument,
      Object value,
      Layer plain,
      Supplier<? extends Layer> causal,
      Supplier<? extends Layer> withScores) {
    boolean isCausal = CAUSAL.argument.equals(argument);
    boolean isScores = SCORES.argument.equals(argument);
    if (!(value instanceof Boolean isSet) || !isCausal && !isScores) {
      return Optional.empty();
    }
    return Optional.of(isSet ? (isCausal ? causal : withScores).get() : plain);
  }
}
