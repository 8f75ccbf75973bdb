package org.lossbook.optimizer;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.config.Shown;

/** The schedules that a file may name, by Keras's classes: a new one is one line here. */
public final class SavedSchedules {
  private static final Map<String, Function<Settings, Schedule>> BY_CLASS =
      new TreeMap<>(
          Map.of(
              "ExponentialDecay", ExponentialDecay::from,
              "InverseTimeDecay", InverseTimeDecay::from,
              "PolynomialDecay", PolynomialDecay::from,
              "CosineDecay", CosineDecay::from,
              "CosineDecayRestarts", CosineDecayRestarts::from,
              "PiecewiseConstantDecay", PiecewiseConstantDecay::from));

  private SavedSchedules() {}

  /**
   * The schedule that a file says.
   *
   * @throws IllegalArgumentException where Lossbook has no such schedule, or a setting of it means
   *     something that Lossbook does not support: names it
   */
  public static Schedule read(Config config) {
    Function<Settings, Schedule> reader = BY_CLASS.get(config.className());
    if (reader == null) {
      throw new IllegalArgumentException(
          "Lossbook has no schedule %s: it has %s."
              .formatted(Shown.text(config.className()), BY_CLASS.keySet()));
    }
    var settings = new Settings(config).ignore("name");
    Schedule schedule = reader.apply(settings);
    settings.end();
    return schedule;
  }
}
