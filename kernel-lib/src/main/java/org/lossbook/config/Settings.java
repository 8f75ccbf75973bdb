package org.lossbook.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a {@link Config} while an object is created from them: each is read by its name
 * and type, and any setting that was not read is rejected by its name, so that none is silently
 * ignored.
 */
public final class Settings {
  private static final Set<Object> FLOAT32 = Set.of("float32", "mixed_float16", "mixed_bfloat16");

  private final Config config;
  private final Set<String> known = new LinkedHashSet<>();

  /** The settings of {@code config}, none of which have been read. */
  public Settings(Config config) {
    this.config = config;
  }

  /** The name of their class. */
  public String className() {
    return config.className();
  }

  /** Whether the file has a value for that name other than None. */
  public boolean has(String name) {
    return value(name).isPresent();
  }

  /** A whole number. */
  public int whole(String name) {
    return value(name).map(value -> whole(name, value)).orElseThrow(() -> missing(name));
  }

  /** A whole number, or {@code otherwise} where the file has none. */
  public int whole(String name, int otherwise) {
    return value(name).map(value -> whole(name, value)).orElse(otherwise);
  }

  /** A number. */
  public double number(String name) {
    return value(name).map(value -> number(name, value)).orElseThrow(() -> missing(name));
  }

  /** A number, or {@code otherwise} where the file has none. */
  public double number(String name, double otherwise) {
    return value(name).map(value -> number(name, value)).orElse(otherwise);
  }

  /** True or false, or {@code otherwise} where the file has neither. */
  public boolean flag(String name, boolean otherwise) {
    return value(name)
        .map(value -> value instanceof Boolean flag ? flag : wrong(name, "true or false", value))
        .orElse(otherwise);
  }

  /** A string. */
  public String text(String name) {
    return value(name).map(value -> text(name, value)).orElseThrow(() -> missing(name));
  }

  /** A string, or {@code otherwise} where the file has none. */
  public String text(String name, String otherwise) {
    return value(name).map(value -> text(name, value)).orElse(otherwise);
  }

  /** Whole numbers. */
  public int[] wholes(String name) {
    Object value = value(name).orElseThrow(() -> missing(name));
    if (!(value instanceof List<?> list)) {
      return wrong(name, "a list of whole numbers", value);
    }
    return list.stream().mapToInt(each -> whole(name, each)).toArray();
  }

  /** Numbers. */
  public double[] numbers(String name) {
    Object value = value(name).orElseThrow(() -> missing(name));
    if (!(value instanceof List<?> list)) {
      return wrong(name, "a list of numbers", value);
    }
    return list.stream().mapToDouble(each -> number(name, each)).toArray();
  }

  /** Two whole numbers, such as a window; one number stands for both. */
  public int[] pair(String name) {
    Object value = value(name).orElseThrow(() -> missing(name));
    if (!(value instanceof List<?>)) {
      int both = whole(name, value);
      return new int[] {both, both};
    }
    int[] numbers = wholes(name);
    return numbers.length == 2 ? numbers : wrong(name, "two whole numbers", value);
  }

  /** Any value. */
  public Optional<Object> value(String name) {
    known.add(name);
    return config.get(name);
  }

  /** What the file says of that name, {@code Optional.empty()} for its None. */
  public Optional<Object> said(String name) {
    known.add(name);
    return Optional.ofNullable(config.settings().get(name));
  }

  /** A specification within this one. */
  public Optional<Config> config(String name) {
    return value(name)
        .map(value -> value instanceof Config inner ? inner : wrong(name, "a class", value));
  }

  /** Ignores these settings, which have no effect once there are weights. */
  public Settings ignore(String... names) {
    known.addAll(List.of(names));
    return this;
  }

  /**
   * Rejects any type of numbers but 32-bit floats, in either form that Keras writes. Mixed
   * precision keeps its weights in 32 bits and only computes in 16.
   */
  public Settings float32() {
    Object value = value("dtype").orElse("float32");
    Object name =
        value instanceof Config policy ? policy.get("name").orElse(policy.className()) : value;
    return FLOAT32.contains(name) ? this : wrong("dtype", "float32", name);
  }

  /** Rejects any value but these, of which the first is Lossbook's behaviour. */
  public Settings only(String name, Object... meant) {
    value(name)
        .ifPresent(
            value -> {
              if (List.of(meant).stream().noneMatch(each -> same(each, value))) {
                wrong(name, shown(meant[0]), value);
              }
            });
    return this;
  }

  /**
   * Rejects settings that have not been read, unless they are None or false.
   *
   * @throws IllegalArgumentException naming it
   */
  public void end() {
    for (Map.Entry<String, Object> entry : config.settings().entrySet()) {
      boolean isOff =
          entry.getValue() instanceof Optional<?> || Boolean.FALSE.equals(entry.getValue());
      if (!known.contains(entry.getKey()) && !isOff) {
        throw new IllegalArgumentException(
            "%s has the setting %s = %s, which Lossbook does not support: remove it in Keras and save again."
                .formatted(className(), Shown.text(entry.getKey()), shown(entry.getValue())));
      }
    }
  }

  /** Rejects a setting's value. */
  public <T> T wrong(String name, String expected, Object value) {
    throw new IllegalArgumentException(
        "%s expects %s for %s but the file says %s: Lossbook supports nothing else."
            .formatted(className(), expected, name, shown(value)));
  }

  private IllegalArgumentException missing(String name) {
    return new IllegalArgumentException(
        "%s expects a setting %s but the file has none: Keras did not write this file."
            .formatted(className(), name));
  }

  private int whole(String name, Object value) {
    if (value instanceof Number number
        && number.doubleValue() == Math.rint(number.doubleValue())
        && Math.abs(number.doubleValue()) <= Integer.MAX_VALUE) {
      return number.intValue();
    }
    return wrong(name, "a whole number", value);
  }

  private double number(String name, Object value) {
    return value instanceof Number number ? number.doubleValue() : wrong(name, "a number", value);
  }

  private String text(String name, Object value) {
    return value instanceof String text ? text : wrong(name, "a text", value);
  }

  private static boolean same(Object meant, Object value) {
    return meant instanceof Number a && value instanceof Number b
        ? a.doubleValue() == b.doubleValue()
        : meant.equals(value);
  }

  private static String shown(Object value) {
    return Shown.of(value);
  }
}
