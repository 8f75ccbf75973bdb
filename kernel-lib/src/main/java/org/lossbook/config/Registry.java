package org.lossbook.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.lossbook.Internal;

/**
 * Registry: the classes of one kind that a file may name, such as all optimizers. Each class takes
 * one line: its name in files, how it is created from its settings, and further names that Keras
 * has for it.
 *
 * <pre>{@code
 * static final Registry<Optimizer> OPTIMIZERS =
 *     Registry.<Optimizer>of("optimizer", "keras.optimizers")
 *         .common((settings, from) -> from.apply(settings.ignore("name")))
 *         .add("SGD", Sgd::from)
 *         .add("Adam", Adam::from);
 *
 * OPTIMIZERS.read(Config.of("keras.optimizers", "Adam").with("learning_rate", 0.01));
 * OPTIMIZERS.read("adam");
 * }</pre>
 *
 * <p>A setting that {@code from} does not read is rejected by its name, unless it is None or false.
 *
 * @param <T> the kind
 * @hidden
 */
@Internal
public final class Registry<T> extends Refined<Registry<T>> {
  private final String kind;
  private final String module;
  private Common<T> common = (settings, from) -> from.apply(settings);
  private boolean isListed = true;
  private Map<String, BiFunction<Settings, Registry<T>, ? extends T>> classes = Map.of();
  private Map<String, Config> names = Map.of();
  private Map<String, String> refusals = Map.of();

  private Registry(String kind, String module) {
    this.kind = kind;
    this.module = module;
  }

  /**
   * An empty registry.
   *
   * @param kind for messages: {@code optimizer}
   * @param module Keras's module of its classes: {@code keras.optimizers}
   */
  public static <T> Registry<T> of(String kind, String module) {
    return new Registry<>(kind, module);
  }

  /**
   * Reads the settings that all classes of a kind have in common, such as a layer's name.
   *
   * @hidden
   */
  @Internal
  public interface Common<T> {
    /**
     * Reads them and creates the object.
     *
     * @param from creates it from the settings of its own class
     */
    T read(Settings settings, Function<Settings, T> from);
  }

  /** A copy that reads settings that all classes have in common. */
  public Registry<T> common(Common<T> reading) {
    return with(copy -> copy.common = reading);
  }

  /** A copy with the classes that another part of the library adds. */
  public Registry<T> including(UnaryOperator<Registry<T>> part) {
    return part.apply(this);
  }

  /** A copy whose message for unknown classes does not list the known ones. */
  public Registry<T> unlisted() {
    return with(copy -> copy.isListed = false);
  }

  /**
   * A copy with another class of Keras's, which can also be named in lower case, with or without
   * underscores.
   *
   * @param from makes one of a file's settings
   * @param furtherNames such as {@code mse}
   */
  public Registry<T> add(
      String className, Function<Settings, ? extends T> from, String... furtherNames) {
    Config meant = Config.of(module, className);
    Registry<T> added = addLossbookOnly(className, from).named(className, meant);
    for (String name : furtherNames) {
      added = added.named(name, meant);
    }
    return added;
  }

  /** A copy with a class that only Lossbook has, and that cannot be named without its settings. */
  public Registry<T> addLossbookOnly(String className, Function<Settings, ? extends T> from) {
    return addLossbookOnly(className, (settings, all) -> from.apply(settings));
  }

  /**
   * A copy with a class that only Lossbook has, and that contains others of its kind, such as a sum
   * of losses.
   *
   * @param from makes one of a file's settings; the registry reads the others
   */
  public Registry<T> addLossbookOnly(
      String className, BiFunction<Settings, Registry<T>, ? extends T> from) {
    return with(copy -> copy.classes = put(classes, className, from));
  }

  private Registry<T> named(String name, Config meant) {
    return with(copy -> copy.names = put(names, simple(name), meant));
  }

  /**
   * A copy with a name that stands for a class with these settings, in place of the class's
   * defaults.
   */
  public Registry<T> alias(String name, Config meant) {
    return with(
        copy -> {
          copy.names = new LinkedHashMap<>(names);
          copy.names.put(simple(name), meant);
        });
  }

  /** A copy that rejects a class with a message of its own. */
  public Registry<T> refuse(String className, String message) {
    return with(copy -> copy.refusals = put(refusals, className, message));
  }

  private static <V> Map<String, V> put(Map<String, V> all, String key, V value) {
    Map<String, V> more = new LinkedHashMap<>(all);
    if (more.put(key, value) != null) {
      throw new IllegalStateException(key + " is registered twice");
    }
    return more;
  }

  private static String simple(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** Keras's module of its classes. */
  public String module() {
    return module;
  }

  /** The names of all classes, as in files. */
  public Set<String> classes() {
    return Collections.unmodifiableSet(new TreeSet<>(classes.keySet()));
  }

  /** Whether a class or a name is registered. */
  public boolean knows(Object saved) {
    return saved instanceof Config config
        ? classes.containsKey(config.className())
        : saved instanceof String name && names.containsKey(simple(name));
  }

  /**
   * Creates the object that a file describes.
   *
   * @param saved a class with its settings, or one of Keras's names
   * @throws IllegalArgumentException where there is no such class, or a setting of it means
   *     something that Lossbook does not support: names it
   */
  public T read(Object saved) {
    if (saved instanceof Config config) {
      BiFunction<Settings, Registry<T>, ? extends T> from = classes.get(config.className());
      if (from == null) {
        throw unknown(config.className());
      }
      var settings = new Settings(config);
      T made = common.read(settings, each -> from.apply(each, this));
      settings.rejectUnread();
      return made;
    }
    String name = saved instanceof String text ? text : Shown.of(saved);
    Config meant = names.get(simple(name));
    if (meant == null) {
      throw unknown(name);
    }
    return read(meant);
  }

  /**
   * Reads a setting of another object, such as a layer's regularizer; empty where it is None.
   *
   * @throws IllegalArgumentException where it is none of these: names the setting
   */
  public Optional<T> read(Settings outer, String name) {
    return outer.value(name).map(value -> read(outer, name, value));
  }

  private T read(Settings outer, String name, Object value) {
    if (knows(value)) {
      return read(value);
    }
    return value instanceof Config inner
        ? outer.wrong(name, anyOf(), inner.className())
        : outer.wrong(name, value instanceof String ? anyOf() : "a class", value);
  }

  /** The classes as a message expects one: {@code L1, L2 or L1L2}. */
  private String anyOf() {
    String all = String.join(", ", classes.keySet());
    int last = all.lastIndexOf(", ");
    return last < 0 ? all : all.substring(0, last) + " or" + all.substring(last + 1);
  }

  /** What it registers, {@code optimizer classes}. */
  @Override
  public String toString() {
    return kind + " classes";
  }

  private IllegalArgumentException unknown(String name) {
    String message = String.format(Locale.ROOT, "Lossbook has no %s %s", kind, Shown.text(name));
    return new IllegalArgumentException(
        refusals.getOrDefault(name, isListed ? message + ": it has " + classes() + "." : message));
  }
}
