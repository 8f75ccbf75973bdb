package org.lossbook.config;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
  private final Set<String> read = new LinkedHashSet<>();

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

  /** An integer. */
  public int integer(String name) {
    return value(name).map(value -> integer(name, value)).orElseThrow(() -> missing(name));
  }

  /** An integer, or {@code defaultValue} where the file has none. */
  public int integer(String name, int defaultValue) {
    return value(name).map(value -> integer(name, value)).orElse(defaultValue);
  }

  /** A number. */
  public double number(String name) {
    return value(name).map(value -> number(name, value)).orElseThrow(() -> missing(name));
  }

  /** A number, or {@code defaultValue} where the file has none. */
  public double number(String name, double defaultValue) {
    return value(name).map(value -> number(name, value)).orElse(defaultValue);
  }

  /** True or false, or {@code defaultValue} where the file has neither. */
  public boolean flag(String name, boolean defaultValue) {
    return value(name)
        .map(value -> value instanceof Boolean flag ? flag : wrong(name, "true or false", value))
        .orElse(defaultValue);
  }

  /** A string. */
  public String text(String name) {
    return value(name).map(value -> text(name, value)).orElseThrow(() -> missing(name));
  }

  /** A string, or {@code defaultValue} where the file has none. */
  public String text(String name, String defaultValue) {
    return value(name).map(value -> text(name, value)).orElse(defaultValue);
  }

  /** A list of integers. */
  public int[] integers(String name) {
    Object value = value(name).orElseThrow(() -> missing(name));
    if (!(value instanceof List<?> list)) {
      return wrong(name, "a list of whole numbers", value);
    }
    return list.stream().mapToInt(each -> integer(name, each)).toArray();
  }

  /** A list of numbers. */
  public double[] numbers(String name) {
    Object value = value(name).orElseThrow(() -> missing(name));
    if (!(value instanceof List<?> list)) {
      return wrong(name, "a list of numbers", value);
    }
    return list.stream().mapToDouble(each -> number(name, each)).toArray();
  }

  /** So many integers, such as the extents of a window; a single number stands for all. */
  public int[] integers(String name, int count) {
    Object value = value(name).orElseThrow(() -> missing(name));
    if (!(value instanceof List<?>)) {
      int[] all = new int[count];
      Arrays.fill(all, integer(name, value));
      return all;
    }
    int[] numbers = integers(name);
    return numbers.length == count
        ? numbers
        : wrong(name, count == 1 ? "a whole number" : count + " whole numbers", value);
  }

  /** Any value. */
  public Optional<Object> value(String name) {
    read.add(name);
    return config.get(name);
  }

  /** The value as the file has it, with {@code Optional.empty()} for None. */
  public Optional<Object> raw(String name) {
    read.add(name);
    return Optional.ofNullable(config.settings().get(name));
  }

  /** A specification within this one. */
  public Optional<Config> config(String name) {
    return value(name)
        .map(value -> value instanceof Config inner ? inner : wrong(name, "a class", value));
  }

  /** Ignores these settings, which have no effect once there are weights. */
  public Settings ignore(String... names) {
    read.addAll(List.of(names));
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
  public Settings requireOneOf(String name, Object... supported) {
    value(name)
        .ifPresent(
            value -> {
              if (List.of(supported).stream().noneMatch(each -> same(each, value))) {
                wrong(name, shown(supported[0]), value);
              }
            });
    return this;
  }

  /**
   * Rejects settings that have not been read, unless they are None or false.
   *
   * @throws IllegalArgumentException naming it
   */
  public void rejectUnread() {
    for (Map.Entry<String, Object> entry : config.settings().entrySet()) {
      boolean isOff =
          entry.getValue() instanceof Optional<?> || Boolean.FALSE.equals(entry.getValue());
      if (!read.contains(entry.getKey()) && !isOff) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s has the setting %s = %s, which Lossbook does not support: remove it in Keras and save again.",
                className(),
                Shown.text(entry.getKey()),
                shown(entry.getValue())));
      }
    }
  }

  /** Rejects a setting's value. */
  public <T> T wrong(String name, String expected, Object value) {
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s expects %s for %s but the file says %s: Lossbook supports nothing else.",
            className(),
            expected,
            name,
            shown(value)));
  }

  private IllegalArgumentException missing(String name) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s expects a setting %s but the file has none: Keras did not write this file.",
            className(),
            name));
  }

  private int integer(String name, Object value) {
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

  private static boolean same(Object supported, Object value) {
    return supported instanceof Number a && value instanceof Number b
        ? a.doubleValue() == b.doubleValue()
        : supported.equals(value);
  }

  private static String shown(Object value) {
    return Shown.of(value);
  }
}
