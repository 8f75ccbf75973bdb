package org.lossbook.loss;

import java.util.stream.Stream;
import org.lossbook.config.Require;
import org.lossbook.loss.combine.UncertaintyWeighting;
import org.lossbook.loss.spec.LossSpec;

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
 *
 * @question How much should each task of a network count?
 * @avoid With a single task, or when the tasks' importance is known.
 */
public final class UncertaintyWeighted extends Loss {
  private UncertaintyWeighted(LossSpec spec) {
    super(spec);
  }

  /** These losses, weighed by what each task's uncertainty is found to be. */
  public static UncertaintyWeighted uncertaintyWeighted(Loss first, Loss... others) {
    String fix = "run the cell that makes it first";
    Require.given(others, "uncertaintyWeighted", "losses", fix);
    return new UncertaintyWeighted(
        UncertaintyWeighting.of(
            Stream.concat(Stream.of(first), Stream.of(others))
                .map(loss -> Require.given(loss, "uncertaintyWeighted", "losses", fix).spec())
                .toList()));
  }
}
