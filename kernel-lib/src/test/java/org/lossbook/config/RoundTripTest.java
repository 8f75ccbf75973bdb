package org.lossbook.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.layer.saved.LayerRegistry;
import org.lossbook.loss.saved.LossRegistry;
import org.lossbook.metric.saved.MetricRegistry;
import org.lossbook.optimizer.OptimizerRegistry;
import org.lossbook.optimizer.schedule.ScheduleRegistry;

/** Each class of each registry writes into a file what it reads from there. */
class RoundTripTest {
  private static final List<Registry<? extends Saveable>> REGISTRIES =
      List.of(
          LayerRegistry.LAYERS,
          LossRegistry.LOSSES,
          MetricRegistry.METRICS,
          OptimizerRegistry.OPTIMIZERS,
          ScheduleRegistry.SCHEDULES);

  /** A refusal of a setting: one that is missing, or one whose value is of another kind. */
  private static final Pattern SETTING =
      Pattern.compile("expects a setting (\\w+) but|for (\\w+) but the file says");

  /** What a class may want that is not content without a setting, from the most usual on. */
  private static final List<Object> VALUES =
      List.of(
          2,
          0.5,
          "macro",
          "relu",
          List.of(2),
          List.of(2, 3),
          List.of(2, 1),
          List.of(0, 1),
          List.of(Optional.empty(), 2),
          Config.of("keras.losses", "MeanSquaredError"),
          List.of(Config.of("keras.losses", "MeanSquaredError")),
          Config.of("keras.layers", "Dense").with("units", 2),
          Config.of("keras.layers", "GRU").with("units", 2),
          Config.of("keras.layers", "GRUCell").with("units", 2),
          List.of(Config.of("keras.layers", "GRUCell").with("units", 2)));

  /** Which of these fit is known once there is a shape, and said then. */
  private static final Set<String> PLACES = Set.of("axis", "axes", "dims");

  static Stream<Arguments> classes() {
    return REGISTRIES.stream()
        .flatMap(
            registry ->
                registry.classes().stream().map(className -> arguments(registry, className)));
  }

  @ParameterizedTest
  @MethodSource("classes")
  void itReadsWhatItWrites(Registry<? extends Saveable> registry, String className) {
    Config written = written(registry, usual(registry, className));

    assertThat(written(registry, written)).isEqualTo(written);
    // Keras defines some layers where its applications use them.
    assertThat(written.module())
        .matches(
            module ->
                List.of(registry.module(), Config.OURS).contains(module)
                    || module.startsWith("keras.src.applications."));
    assertThat(registry.classes()).contains(written.className());
  }

  @ParameterizedTest
  @MethodSource("classes")
  void noSettingIsLost(Registry<? extends Saveable> registry, String className) {
    Config written = written(registry, usual(registry, className));
    written
        .settings()
        .forEach(
            (name, value) -> {
              List<Object> others = PLACES.contains(name) ? List.of() : others(value);
              int taken = 0;
              for (Object other : others) {
                Optional<Config> again = tried(registry, written.with(name, other));
                taken += again.isPresent() ? 1 : 0;
                again.ifPresent(
                    config ->
                        assertThat(same(config.settings().get(name), other))
                            .as("%s reads %s = %s and writes %s", className, name, other, config)
                            .isTrue());
              }
              boolean isOpen = value instanceof Optional<?> || others.isEmpty();
              assertThat(isOpen || taken > 0)
                  .as("%s takes another %s than %s", className, name, value)
                  .isTrue();
            });
  }

  private static Optional<Config> tried(Registry<? extends Saveable> registry, Config config) {
    try {
      return Optional.of(written(registry, config));
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }

  private static Config written(Registry<? extends Saveable> registry, Config config) {
    return registry.read(config).config().orElseThrow();
  }

  /** A class with the fewest settings that it takes. */
  private static Config usual(Registry<?> registry, String className) {
    return filled(registry, Config.of(registry.module(), className))
        .orElseThrow(() -> new AssertionError("no settings found that make a " + className));
  }

  private static Optional<Config> filled(Registry<?> registry, Config config) {
    try {
      registry.read(config);
      return Optional.of(config);
    } catch (IllegalArgumentException e) {
      Matcher missing = SETTING.matcher(e.getMessage());
      if (!missing.find()) {
        return Optional.empty();
      }
      String name = missing.group(1) == null ? missing.group(2) : missing.group(1);
      if (config.settings().containsKey(name)) {
        return Optional.empty();
      }
      return VALUES.stream()
          .flatMap(value -> filled(registry, config.with(name, value)).stream())
          .findFirst();
    }
  }

  /** Other values in place of one, of its kind. */
  private static List<Object> others(Object value) {
    if (value instanceof Boolean flag) {
      return List.of(!flag);
    } else if (value instanceof Integer number) {
      return number > 1
          ? List.of(number + 1, 2 * number, number - 1) // some divide another
          : List.of(number + 1);
    } else if (value instanceof Double number) {
      return List.of(number / 2, number + 0.25, number + 1);
    } else if (value instanceof List<?> list && list.stream().allMatch(Integer.class::isInstance)) {
      List<Object> reversed = new ArrayList<>(list);
      Collections.reverse(reversed);
      return List.of(
          list.stream().<Object>map(each -> (Integer) each + 1).toList(),
          list.stream().<Object>map(each -> (Integer) each + 2).toList(),
          reversed);
    } else if (value instanceof Optional<?>) {
      return List.of(
          0.5,
          3,
          true,
          Config.of("keras.regularizers", "L2").with("l2", 0.25),
          Config.of("keras.regularizers", "L1L2").with("l1", 0.5).with("l2", 0.25),
          Config.of("keras.constraints", "MaxNorm").with("max_value", 3.0).with("axis", 0),
          Config.of("keras.constraints", "NonNeg"));
    }
    return List.of();
  }

  /** Numbers of any type; one number stands for each of a list. */
  private static boolean same(Object a, Object b) {
    if (a instanceof List<?> list && b instanceof Number) {
      return !list.isEmpty() && list.stream().allMatch(each -> same(each, b));
    }
    return a instanceof Number one && b instanceof Number other
        ? one.doubleValue() == other.doubleValue()
        : b.equals(a);
  }
}
