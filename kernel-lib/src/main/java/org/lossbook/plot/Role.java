package org.lossbook.plot;

import java.awt.Color;
import java.util.List;
import java.util.Locale;

/**
 * The meaning of a series, which determines its colour in all figures. The palette is Okabe and
 * Ito's, which is safe for colour blindness; dashes are a second cue where two lines are often
 * drawn together.
 *
 * <p>A figure takes the role from a series' name, and a call says it where the name is another:
 *
 * <pre>{@code
 * chart("Four are wrong").points("measured", vector(1, 2), vector(3, 5)).role(TRUTH)
 * }</pre>
 */
public enum Role {
  /** The truth, y: what was measured or given. */
  TRUTH("#000000", false),
  /** A prediction, ŷ. */
  PREDICTION("#e69f00", false),
  /** A loss. */
  LOSS("#d55e00", false),
  /** The slope of the loss. */
  GRADIENT("#cc79a7", true),
  /** A metric on the training data. */
  TRAINING("#0072b2", false),
  /** A metric on the validation data. */
  VALIDATION("#009e73", true),
  /** A baseline such as guessing, which a model should beat. */
  GUESSING("#6a737d", true),
  /** One of several alike, such as three losses: they take the palette's colours in turn. */
  COMPARED("#d55e00", false);

  /** Without yellow, which is hard to see on the background. */
  private static final List<String> SEVERAL =
      List.of("#d55e00", "#0072b2", "#009e73", "#e69f00", "#56b4e9", "#cc79a7", "#000000");

  private final String hex;
  private final boolean dashed;

  Role(String hex, boolean dashed) {
    this.hex = hex;
    this.dashed = dashed;
  }

  /**
   * The role of a series of that name: {@code truth y} is the truth, {@code training, mean} a
   * metric on the training data; any other name is one of several compared.
   */
  public static Role named(String name) {
    String first = name.strip().toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}]+", 2)[0];
    return switch (first) {
      case "truth", "y" -> TRUTH;
      case "prediction", "predictions", "predicted", "ŷ", "y\u0302" -> PREDICTION;
      case "loss" -> LOSS;
      case "gradient", "slope" -> GRADIENT;
      case "training" -> TRAINING;
      case "validation" -> VALIDATION;
      case "guessing" -> GUESSING;
      default -> COMPARED;
    };
  }

  /** The colour in HTML; {@code index} is that of the line in its figure, for COMPARED. */
  public String hex(int index) {
    return this == COMPARED ? SEVERAL.get(index % SEVERAL.size()) : hex;
  }

  /** The same for Java. */
  public Color color(int index) {
    return Color.decode(hex(index));
  }

  /** Whether the line is dashed; of several compared, those whose colour is reused. */
  public boolean dashed(int index) {
    return this == COMPARED ? index >= SEVERAL.size() : dashed;
  }
}
