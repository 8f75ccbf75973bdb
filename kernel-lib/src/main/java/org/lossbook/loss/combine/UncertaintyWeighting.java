package org.lossbook.loss.combine;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.loss.spec.Setting;

/**
 * Uncertainty weighting: several tasks' losses, each weighed by a learned σ of its task.
 *
 * @hidden
 */
@Internal
public final class UncertaintyWeighting {
  private static final String NAME = "uncertaintyWeighted";

  private UncertaintyWeighting() {}

  /** The sum of these losses, each σ beginning at 1. */
  public static LossSpec of(List<LossSpec> tasks) {
    SumOfLosses.check(NAME, tasks);
    Setting sigma = Setting.positive(NAME, "sigma", "σ", "\\sigma", 1);
    LossSpec sum =
        sum(
            tasks,
            IntStream.rangeClosed(1, tasks.size())
                .mapToObj(i -> sigma.indexed(i).to(ScheduledOrLearned.learned(1)))
                .toList());
    return LossSpec.configs(tasks)
        .map(losses -> Config.ours("UncertaintyWeighted").with("losses", losses))
        .map(sum::savedAs)
        .orElse(sum);
  }

  private static LossSpec sum(List<LossSpec> tasks, List<Setting> sigmas) {
    return SumOfLosses.of(
            tasks.stream().map(LossSpec::name).collect(Collectors.joining(", ", NAME + "(", ")")),
            tasks,
            sigmas,
            (i, value) -> weighed(sigmas.get(i).expr(), value),
            false)
        .drawnAs(() -> sum(tasks.stream().map(LossSpec::drawn).toList(), sigmas));
  }

  private static Expr weighed(Expr sigma, Expr value) {
    return value.over(sigma.square().times(2)).plus(sigma.log());
  }
}
