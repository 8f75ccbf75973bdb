package org.lossbook.optimizer;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.config.Shown;

/** The optimizers that a file may name, by Keras's classes: a new one is one line here. */
public final class SavedOptimizers {
  private static final Map<String, BaseOptimizer<?>> BY_CLASS =
      new TreeMap<>(
          Map.of(
              "SGD", Sgd.sgd(),
              "Adagrad", Adagrad.adagrad(),
              "Adadelta", Adadelta.adadelta(),
              "RMSprop", RmsProp.rmsprop(),
              "Adam", Adam.adam(),
              "AdamW", AdamW.adamw(),
              "Nadam", Nadam.nadam(),
              "Adamax", Adamax.adamax(),
              "Lion", Lion.lion()));

  private SavedOptimizers() {}

  /** Keras's classes that there is an optimizer for. */
  public static Set<String> classes() {
    return BY_CLASS.keySet();
  }

  /**
   * The optimizer that a file says.
   *
   * @throws IllegalArgumentException where Lossbook has no such optimizer, or a setting of it means
   *     something that Lossbook does not support: names it
   */
  public static Optimizer read(Config config) {
    BaseOptimizer<?> first = BY_CLASS.get(config.className());
    if (first == null) {
      throw new IllegalArgumentException(
          "Lossbook has no optimizer %s: it has %s."
              .formatted(Shown.text(config.className()), BY_CLASS.keySet()));
    }
    var settings = new Settings(config);
    Optimizer optimizer = first.read(settings);
    settings.end();
    return optimizer;
  }
}
