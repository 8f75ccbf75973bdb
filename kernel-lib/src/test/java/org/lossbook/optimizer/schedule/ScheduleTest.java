package org.lossbook.optimizer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.cosineDecay;
import static org.lossbook.Lossbook.exponentialDecay;
import static org.lossbook.Lossbook.piecewiseConstantDecay;
import static org.lossbook.Lossbook.stepDecay;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lossbook.config.Config;

class ScheduleTest {
  @Test
  void aRiseMayComeBeforeAnySchedule() {
    Schedule schedule = stepDecay(0.1, 10, 0.5).warmup(5);
    assertThat(schedule.at(0)).isZero();
    assertThat(schedule.at(3)).isCloseTo(0.06, within(1e-15));
    assertThat(schedule.at(5)).isEqualTo(0.1);
    assertThat(schedule.at(14)).isEqualTo(0.1);
    assertThat(schedule.at(15)).isEqualTo(0.05);
    Schedule own = step -> 1.0 / (1 + step);
    assertThat(own.warmup(4, 0.5).at(2)).isEqualTo(0.75);
    assertThat(own.warmup(4).at(5)).isEqualTo(0.5);
  }

  @Test
  void aScheduleShowsAsMathematics() {
    assertThat(cosineDecay(0.1, 50)).hasToString("η = 0.1(1 + cos(π·min(t, 50)/50))/2");
    assertThat(exponentialDecay(0.1, 20, 0.5).staircase()).hasToString("η = 0.1·0.5^⌊t/20⌋");
    assertThat(exponentialDecay(0.1, 20, 0.5).staircase().mimeBundle())
        .containsEntry(
            "text/latex",
            "$$\\eta = 0.1 \\cdot 0.5^{\\left\\lfloor \\frac{t}{20}\\right\\rfloor}$$");
    Schedule own = step -> 0.1;
    assertThat(own.mimeBundle()).isEmpty();
  }

  @Test
  void aScheduleIsDrawnOverItsSteps() {
    assertThat(cosineDecay(0.1, 50).warmup(10).plot(80).mimeBundle()).containsKey("image/png");
    assertThatThrownBy(() -> cosineDecay(0.1, 50).plot(0))
        .hasMessage("plot expects steps of 1 or more but receives 0.");
  }

  @Test
  void settingsOutOfTheirRangeAreAnswered() {
    assertThatThrownBy(() -> cosineDecay(0.1, 10).at(-1))
        .hasMessage("at expects a step of 0 or more but receives -1.");
    assertThatThrownBy(() -> cosineDecay(0.1, 10).alpha(2))
        .hasMessage("cosineDecay expects alpha from 0 to 1 but receives 2.0.");
    assertThatThrownBy(() -> exponentialDecay(-1, 10, 0.5))
        .hasMessageStartingWith("exponentialDecay expects a learning rate above 0");
    assertThatThrownBy(() -> piecewiseConstantDecay(new int[] {5, 2}, 1, 2, 3))
        .hasMessage(
            "piecewiseConstantDecay expects boundaries in ascending order but receives [5, 2]: sort them.");
    assertThatThrownBy(() -> new PiecewiseConstantDecay(List.of(5), List.of(1.0)))
        .hasMessageStartingWith("piecewiseConstantDecay expects one rate more than boundaries");
    assertThatThrownBy(() -> cosineDecay(0.1, 10).warmup(0))
        .hasMessage("warmup expects steps of 1 or more but receives 0.");
    assertThatThrownBy(() -> ScheduleRegistry.SCHEDULES.read(Config.of("keras", "Sawtooth")))
        .hasMessageStartingWith("Lossbook has no schedule Sawtooth");
  }
}
