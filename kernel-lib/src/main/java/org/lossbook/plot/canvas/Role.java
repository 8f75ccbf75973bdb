package org.lossbook.plot.canvas;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * The meaning of a series, which determines its colour in all figures. The palette is Okabe and
 * Ito's, which is safe for colour blindness; dashes are a second cue where two lines are often
 * drawn together.
 *
 * @hidden
 */
@Internal
public enum Role {
  /** The truth, y. */
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

  /** The background, in light and dark notebooks. */
  public static final Color CARD = Color.decode("#fcfcfa");

  public static final Color INK = Color.decode("#24292f");
  public static final Color FAINT_INK = Color.decode("#6a737d");
  public static final Color GRID = Color.decode("#e4e4e0");

  private static final double LEGIBLE = 4.5;

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

  public Color color(int index) {
    return Color.decode(hex(index));
  }

  /**
   * The same colour for text, darkened to a contrast of 4.5 with the card, as WCAG 2.1 requires. A
   * line may be paler than its name.
   */
  public static Color words(String hex) {
    Color line = Color.decode(hex);
    Color words = line;
    for (double share = 1; contrast(words, CARD) < LEGIBLE; share -= 0.02) {
      words =
          new Color(
              (int) (line.getRed() * share),
              (int) (line.getGreen() * share),
              (int) (line.getBlue() * share));
    }
    return words;
  }

  /** The contrast ratio of two colours, as defined in WCAG 2.1. */
  public static double contrast(Color one, Color other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(Color colour) {
    return 0.2126 * linear(colour.getRed())
        + 0.7152 * linear(colour.getGreen())
        + 0.0722 * linear(colour.getBlue());
  }

  private static double linear(int part) {
    double share = part / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  /** Whether the line is dashed; of several compared, those whose colour is reused. */
  public boolean dashed(int index) {
    return this == COMPARED ? index >= SEVERAL.size() : dashed;
  }

  public static String hex(Color color) {
    return Messages.of("#%06x", color.getRGB() & 0xffffff);
  }
}
