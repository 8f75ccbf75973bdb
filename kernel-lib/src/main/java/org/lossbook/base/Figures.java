package org.lossbook.base;

import java.util.Map;
import java.util.stream.Collectors;
import org.lossbook.Internal;
import org.lossbook.config.Require;

/**
 * Text of named figures, such as a loss and an accuracy.
 *
 * @hidden
 */
@Internal
public final class Figures {
  private Figures() {}

  public static double of(String who, Map<String, Double> figures, String name) {
    Require.given(name, who, "the name of a figure", "\"loss\" is one");
    Double value = figures.get(name);
    if (value == null) {
      throw Messages.wrong(
          "The %s has no %s: it has %s.", who, name, String.join(", ", figures.keySet()));
    }
    return value;
  }

  /** A number with four decimals, or four significant digits if it is small or large. */
  public static String text(double value) {
    double size = Math.abs(value);
    return Messages.of(size != 0 && (size < 0.001 || size >= 100_000) ? "%.3g" : "%.4f", value);
  }

  /** {@code loss 0.0297, accuracy 0.9912}. */
  public static String text(Map<String, Double> figures) {
    return figures.entrySet().stream()
        .map(figure -> figure.getKey() + " " + text(figure.getValue()))
        .collect(Collectors.joining(", "));
  }
}
