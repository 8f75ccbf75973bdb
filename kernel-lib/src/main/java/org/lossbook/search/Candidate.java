package org.lossbook.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lossbook.base.Messages;
import org.lossbook.loss.Loss;

/**
 * A candidate: a value for each setting of a {@link Space}, to build a model with.
 *
 * <pre>{@code
 * search(space("units", 4).and("rate", 0.01), s -> sequential(input(1), dense(s.integer("units")), dense(1))
 *     .compile(adam().learningRate(s.number("rate")), mse()))
 * }</pre>
 */
public final class Candidate {
  private static final int DIGITS = 4;

  private final Map<String, Object> values;

  /** An unknown setting or one of another type: a mistake in the builder, which ends the search. */
  static final class Mistake extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Mistake(String message) {
      super(message);
    }
  }

  Candidate(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** All values by setting. */
  public Map<String, Object> values() {
    return values;
  }

  /**
   * The value of a setting of any type: {@code s.get("optimizer", Optimizer.class)}.
   *
   * @throws IllegalArgumentException if there is no setting of that name or its value is of another
   *     type; the message lists them
   */
  public <T> T get(String name, Class<T> type) {
    if (name == null || type == null) {
      throw new Mistake(
          Messages.of(
              "get expects the name of a setting and its kind but receives null: it has %s.",
              String.join(", ", values.keySet())));
    }
    Object value = values.get(name);
    if (value == null) {
      throw new Mistake(
          Messages.of(
              "The space has no setting \"%s\": it has %s.",
              name, String.join(", ", values.keySet())));
    }
    if (!type.isInstance(value)) {
      throw new Mistake(
          Messages.of(
              "The setting \"%s\" is %s, not %s: get it with get(\"%s\", %s.class).",
              name, text(value), type.getSimpleName(), name, value.getClass().getSimpleName()));
    }
    return type.cast(value);
  }

  /** The value of a numeric setting. */
  public double number(String name) {
    return get(name, Number.class).doubleValue();
  }

  /** The value of an integer setting. */
  public int integer(String name) {
    double value = number(name);
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw new Mistake(
          Messages.of(
              "The setting \"%s\" is %s, not a whole number: call integers() on its interval, or get it with number(\"%s\").",
              name, value, name));
    }
    return (int) value;
  }

  /** The value of a text setting. */
  public String text(String name) {
    return get(name, String.class);
  }

  /** The value of a boolean setting. */
  public boolean flag(String name) {
    return get(name, Boolean.class);
  }

  /** The value of a setting that is a loss. */
  public Loss loss(String name) {
    return get(name, Loss.class);
  }

  /** A value as short text. */
  static String text(Object value) {
    if (value instanceof Loss loss) {
      String settings =
          loss.settings().stream()
              .map(setting -> setting.name() + " " + text(setting.value()))
              .collect(Collectors.joining(", "));
      return loss.name() + (settings.isEmpty() ? "" : "(" + settings + ")");
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      double size = Math.abs(number);
      if (number == 0 || !Double.isFinite(number)) {
        return number == 0 ? "0" : Double.toString(number);
      }
      var rounded = new BigDecimal(number).round(new MathContext(DIGITS)).stripTrailingZeros();
      return size >= 1e-4 && size < 1e6
          ? rounded.toPlainString()
          : String.format(Locale.ROOT, "%.2e", number).replaceFirst("\\.?0+e", "e");
    }
    return String.valueOf(value);
  }

  /** {@code units 64, rate 0.0031}. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + " " + text(entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
