package org.lossbook.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.LongToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.optimizer.schedule.Schedule;
import org.lossbook.optimizer.schedule.ScheduleRegistry;
import org.lossbook.testing.Golden;
import org.lossbook.testing.GoldenOptimizers;

/** Each schedule's rates beside Keras's. */
class ScheduleGoldenTest {
  static Stream<Golden.Case> cases() {
    return Golden.cases("schedules");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theRatesAreThoseOfKeras(Golden.Case golden) {
    Schedule schedule =
        GoldenOptimizers.schedule(golden.text("schedule"), golden.object("settings"));
    LongToDoubleFunction running = schedule.running();
    int[] steps = Golden.ints(golden.json().get("steps"));
    var rates = golden.json().getAsJsonArray("rates");
    for (int i = 0; i < steps.length; i++) {
      double expected = rates.get(i).getAsDouble();
      assertThat(running.applyAsDouble(steps[i]))
          .as("step %d", steps[i])
          .isCloseTo(expected, within(1e-12));
    }
    assertThat(schedule.at(steps[3])).isEqualTo(running.applyAsDouble(steps[3]));
    var config = schedule.config().orElseThrow();
    assertThat(config.className()).isEqualTo(golden.text("schedule"));
    // What it says of itself makes it anew.
    assertThat(ScheduleRegistry.SCHEDULES.read(config)).isEqualTo(schedule);
  }
}
