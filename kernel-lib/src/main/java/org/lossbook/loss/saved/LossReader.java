package org.lossbook.loss.saved;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.loss.Loss;
import org.lossbook.loss.spec.ScheduledOrLearned;

/**
 * Makes a loss of a file's settings: the loss as its factory gives it, then the calls for those
 * settings that the file has.
 *
 * @param <L> the loss
 */
record LossReader<L extends Loss>(Function<Settings, L> reading, boolean hasAxes)
    implements Function<Settings, Loss> {
  private LossReader(Function<Settings, L> reading) {
    this(reading, false);
  }

  /** A loss without settings. */
  static <L extends Loss> LossReader<L> of(L loss) {
    return new LossReader<>(settings -> loss);
  }

  /** With a number that a call sets. */
  LossReader<L> number(String name, BiFunction<L, Double, L> call) {
    return then(
        (loss, settings) -> settings.has(name) ? call.apply(loss, number(settings, name)) : loss);
  }

  /** With a whole number that a call sets. */
  LossReader<L> whole(String name, BiFunction<L, Integer, L> call) {
    return then(
        (loss, settings) -> settings.has(name) ? call.apply(loss, settings.integer(name)) : loss);
  }

  /** With a number that one call sets, and another has the optimizer learn. */
  LossReader<L> learnable(
      String name, BiFunction<L, Double, L> call, BiFunction<L, ScheduledOrLearned, L> learned) {
    LossReader<L> number = number(name, call);
    return new LossReader<>(
        settings ->
            settings.value(name).orElse(0) instanceof Config saved
                    && saved.className().equals("Learned")
                ? learned.apply(reading.apply(settings), learnedFrom(saved))
                : number.reading.apply(settings));
  }

  /** With the axes that a call sets, one or a list. */
  LossReader<L> axes(BiFunction<L, int[], L> call) {
    return new LossReader<>(
        settings -> {
          L loss = reading.apply(settings);
          if (!settings.has("axis")) {
            return loss;
          }
          boolean areSeveral = settings.value("axis").orElseThrow() instanceof List<?>;
          return call.apply(
              loss, areSeveral ? settings.integers("axis") : new int[] {settings.integer("axis")});
        },
        true);
  }

  /** With a call where the file says true. */
  LossReader<L> flag(String name, UnaryOperator<L> call) {
    return when(settings -> settings.flag(name, false), call);
  }

  /** With a call where the file says what is asked. */
  LossReader<L> when(Predicate<Settings> isSo, UnaryOperator<L> call) {
    return then((loss, settings) -> isSo.test(settings) ? call.apply(loss) : loss);
  }

  private LossReader<L> then(BiFunction<L, Settings, L> next) {
    return new LossReader<>(settings -> next.apply(reading.apply(settings), settings));
  }

  private static ScheduledOrLearned learnedFrom(Config saved) {
    return ScheduledOrLearned.learned(new Settings(saved).number("first"));
  }

  private static double number(Settings settings, String name) {
    return settings.value(name).filter("-inf"::equals).isPresent()
        ? Double.NEGATIVE_INFINITY
        : settings.number(name);
  }

  /** Keras writes the only axis that there is, and for circle what it always does. */
  @Override
  public Loss apply(Settings settings) {
    if (!hasAxes) {
      settings.requireOneOf("axis", -1);
    }
    settings.requireOneOf("remove_diagonal", true);
    return reading.apply(settings);
  }
}
