package org.lossbook.model;

import java.util.Map;
import java.util.stream.Collectors;
import org.lossbook.config.Given;

/** Named numbers, such as a loss and an accuracy, in words. */
final class Figures {
  private Figures() {}

  static double of(String who, Map<String, Double> figures, String name) {
    Given.given(name, who, "the name of a figure", "\"loss\" is one");
    Double value = figures.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          Say.of("The %s has no %s: it has %s.", who, name, String.join(", ", figures.keySet())));
    }
    return value;
  }

  /** Four digits after the point, or as many that count where it is small or large. */
  static String text(double value) {
    double size = Math.abs(value);
    return Say.of(size != 0 && (size < 0.001 || size >= 100_000) ? "%.3g" : "%.4f", value);
  }

  /** {@code loss 0.0297, accuracy 0.9912}. */
  static String text(Map<String, Double> figures) {
    return figures.entrySet().stream()
        .map(figure -> figure.getKey() + " " + text(figure.getValue()))
        .collect(Collectors.joining(", "));
  }
}
