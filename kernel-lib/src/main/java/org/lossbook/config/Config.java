package org.lossbook.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Config: a class and its settings by Keras's names, as model files contain it. It is an immutable
 * value. Layers, losses, metrics and optimizers describe themselves as a config, and are created
 * from one.
 *
 * <pre>{@code
 * Config.of("keras.layers", "Dropout").with("rate", 0.5)
 * }</pre>
 *
 * @param module Keras's module of the class: {@code keras.layers}
 * @param className the class: {@code Dense}
 * @param settings by Keras's names; a value is a string, a boolean, a number, a list of values, a
 *     map of values, another Config, or {@code Optional.empty()} for None
 */
public record Config(String module, String className, Map<String, Object> settings) {
  /** The module of classes that Keras does not have. */
  public static final String OURS = "lossbook";

  /** Copies the settings in their order. */
  public Config {
    Require.given(module, "config", "a module", "\"keras.layers\" is one");
    Require.given(className, "config", "a class", "\"Dense\" is one");
    Require.given(settings, "config", "settings", "Map.of() has none");
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** A class without settings. */
  public static Config of(String module, String className) {
    return new Config(module, className, Map.of());
  }

  /** A class that Keras does not have, and reports as unknown. */
  public static Config ours(String className) {
    return of(OURS, className);
  }

  /** Whether Keras does not have the class. */
  public boolean isOurs() {
    return module.equals(OURS);
  }

  /** The same settings for a class that Keras does not have. */
  public Config asOurs() {
    return new Config(OURS, className, settings);
  }

  /**
   * A copy with another setting; an {@code int[]} becomes a list, an optional number becomes that
   * number or None.
   */
  public Config with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(settings);
    more.put(name, kept(value));
    return new Config(module, className, more);
  }

  private static Object kept(Object value) {
    if (value instanceof int[] numbers) {
      return new ArrayList<Object>(Arrays.stream(numbers).boxed().toList());
    }
    if (value instanceof OptionalInt number) {
      return number.isPresent() ? (Object) number.getAsInt() : Optional.empty();
    }
    if (value instanceof OptionalDouble number) {
      return number.isPresent() ? (Object) number.getAsDouble() : Optional.empty();
    }
    return value;
  }

  /** A copy with a setting that is None. */
  public Config without(String name) {
    return with(name, Optional.empty());
  }

  /** A copy with {@code others} before its own settings. */
  public Config after(Map<String, Object> others) {
    Require.given(others, "after", "settings", "Map.of() has none");
    Map<String, Object> all = new LinkedHashMap<>(others);
    all.putAll(settings);
    return new Config(module, className, all);
  }

  /** The value of that name, unless it is missing or None. */
  public Optional<Object> get(String name) {
    Object value = settings.get(name);
    return value instanceof Optional<?> ? Optional.empty() : Optional.ofNullable(value);
  }

  /** A list of values, for a setting. */
  public static List<Object> list(Object... values) {
    return List.of(Require.each(values, "list", "values", "Optional.empty() stands for None"));
  }
}
