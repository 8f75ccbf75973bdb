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
 * A specification as Keras's files have it: a class and its settings by Keras's names, as an
 * immutable value. A layer, a loss, a metric, an optimizer describes itself as one, and is made of
 * one again.
 *
 * <pre>{@code
 * Config.of("keras.layers", "Dropout").with("rate", 0.5)
 * }</pre>
 *
 * @param module where Keras has the class: {@code keras.layers}
 * @param className the class: {@code Dense}
 * @param settings by Keras's names; a value is a text, a truth value, a number, a list of values, a
 *     map of values, another Config, or {@code Optional.empty()} where Keras has None
 */
public record Config(String module, String className, Map<String, Object> settings) {
  /** Where the classes are that Keras does not have. */
  public static final String OURS = "lossbook";

  /** Keeps a copy of the settings, in their order. */
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

  /** A class that Keras does not have: Keras names it as unknown. */
  public static Config ours(String className) {
    return of(OURS, className);
  }

  /** Whether the class is one that Keras does not have. */
  public boolean isOurs() {
    return module.equals(OURS);
  }

  /** The same settings of a class that Keras does not have. */
  public Config asOurs() {
    return new Config(OURS, className, settings);
  }

  /**
   * The same with a further setting; numbers of an {@code int[]} become a list, an optional number
   * that number or None.
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

  /** The same with a setting that is None. */
  public Config without(String name) {
    return with(name, Optional.empty());
  }

  /** The same with the settings of {@code others} before its own. */
  public Config after(Map<String, Object> others) {
    Require.given(others, "after", "settings", "Map.of() has none");
    Map<String, Object> all = new LinkedHashMap<>(others);
    all.putAll(settings);
    return new Config(module, className, all);
  }

  /** The value of that name, where there is one that is not None. */
  public Optional<Object> get(String name) {
    Object value = settings.get(name);
    return value instanceof Optional<?> ? Optional.empty() : Optional.ofNullable(value);
  }

  /** A list of values, for a setting. */
  public static List<Object> list(Object... values) {
    return List.of(Require.each(values, "list", "values", "Optional.empty() stands for None"));
  }
}
