package org.lossbook.loss;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.formula.Expr;
import org.lossbook.loss.combine.SumOfLosses;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.loss.spec.Setting;

/**
 * Uncertainty-weighted loss: several tasks' losses, each weighed by how uncertain its task is,
 * \(\sum_t \frac{L_t}{2\sigma_t^2} + \log \sigma_t\), where the optimizer learns each \(\sigma_t\)
 * with the weights.
 *
 * <p>For one network with several tasks whose losses have different scales, so that nobody has to
 * search for their weights. A task with a large loss gets a large σ and pulls less; log σ keeps σ
 * from growing for nothing. At the minimum \(\sigma_t^2 = L_t\), so the value has no unit and may
 * fall below 0: compare the tasks' own losses, as metrics. Each σ begins at 1. Kendall, Gal and
 * Cipolla 2018, <i>Multi-task learning using uncertainty to weigh losses</i>.
 *
 * <pre>{@code
 * uncertaintyWeighted(mse(), mae()).of(vector(3, 5), vector(2, 7))   // 2, which is 2.5/2 + 1.5/2
 * uncertaintyWeighted(mse().output(0), mae().output(1))              // a task an output
 * }</pre>
 */
public final class UncertaintyWeighted extends Loss {
  private UncertaintyWeighted(LossSpec spec) {
    super(spec);
  }

  /** These losses, weighed by what each task's uncertainty is found to be. */
  public static UncertaintyWeighted uncertaintyWeighted(Loss first, Loss... others) {
    List<LossSpec> tasks = together("uncertaintyWeighted", first, others);
    Setting sigma = Setting.positive("uncertaintyWeighted", "sigma", "σ", "\\sigma", 1);
    LossSpec spec =
        spec(
            tasks,
            IntStream.rangeClosed(1, tasks.size())
                .mapToObj(i -> sigma.indexed(i).to(ScheduledOrLearned.learned(1)))
                .toList());
    return new UncertaintyWeighted(
        LossSpec.configs(tasks)
            .map(losses -> Config.ours("UncertaintyWeighted").with("losses", losses))
            .map(spec::savedAs)
            .orElse(spec));
  }

  private static List<LossSpec> together(String call, Loss first, Loss... others) {
    String fix = "run the cell that makes it first";
    List<LossSpec> losses =
        Stream.concat(Stream.of(first), Stream.of(Require.given(others, call, "losses", fix)))
            .map(loss -> Require.given(loss, call, "losses", fix).spec())
            .toList();
    SumOfLosses.check(call, losses);
    return losses;
  }

  private static LossSpec spec(List<LossSpec> tasks, List<Setting> sigmas) {
    return SumOfLosses.of(
            tasks.stream()
                .map(LossSpec::name)
                .collect(Collectors.joining(", ", "uncertaintyWeighted(", ")")),
            tasks,
            sigmas,
            (i, value) -> weighed(sigmas.get(i).expr(), value),
            false)
        .drawnAs(() -> spec(tasks.stream().map(LossSpec::drawn).toList(), sigmas));
  }

  private static Expr weighed(Expr sigma, Expr value) {
    return value.over(sigma.square().times(2)).plus(sigma.log());
  }
}
