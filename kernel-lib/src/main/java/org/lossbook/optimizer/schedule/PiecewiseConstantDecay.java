package org.lossbook.optimizer.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;

/**
 * Piecewise constant decay: the learning rate stays constant between boundaries: the first value up
 * to and including step {@code boundaries[0]}, the second up to and including {@code
 * boundaries[1]}, and so on.
 *
 * <pre>{@code
 * piecewiseConstantDecay(new int[] {1000, 2000}, 0.1, 0.01, 0.001).at(1001)   // 0.01
 * }</pre>
 *
 * @param boundaries the last step of each rate but the last one, in ascending order
 * @param values the rates, one more than boundaries
 */
public record PiecewiseConstantDecay(List<Integer> boundaries, List<Double> values)
    implements FormulatedSchedule {
  private static final String NAME = "piecewiseConstantDecay";
  private static final String EXAMPLE =
      "piecewiseConstantDecay(new int[] {1000}, 0.1, 0.01) changes after step 1000";

  /**
   * With these settings.
   *
   * @throws IllegalArgumentException where there is not one rate more than boundaries, the
   *     boundaries do not rise, or a rate is negative
   */
  public PiecewiseConstantDecay {
    boundaries =
        Require.all(boundaries, Integer.class, NAME, "the last step of each rate", EXAMPLE);
    values = Require.all(values, Double.class, NAME, "rates", EXAMPLE);
    if (boundaries.isEmpty() || values.size() != boundaries.size() + 1) {
      throw Messages.wrong(
          "piecewiseConstantDecay expects one rate more than boundaries but receives %d boundaries and %d rates: %s.",
          boundaries.size(), values.size(), EXAMPLE);
    }
    for (int i = 1; i < boundaries.size(); i++) {
      if (boundaries.get(i) <= boundaries.get(i - 1)) {
        throw Messages.wrong(
            "piecewiseConstantDecay expects boundaries in ascending order but receives %s: sort them.",
            boundaries);
      }
    }
    values.forEach(value -> OptimizerChecks.learningRate("piecewiseConstantDecay", value));
  }

  /** From plain arrays. */
  public static PiecewiseConstantDecay of(int[] boundaries, double... values) {
    Require.given(boundaries, NAME, "the last step of each rate", EXAMPLE);
    Require.given(values, NAME, "rates", EXAMPLE);
    return new PiecewiseConstantDecay(
        Arrays.stream(boundaries).boxed().toList(), Arrays.stream(values).boxed().toList());
  }

  @Override
  public Expr rate(Expr step) {
    OptimizerChecks.step(step);
    Expr rate = Expr.of(values.get(boundaries.size()));
    for (int i = boundaries.size() - 1; i >= 0; i--) {
      rate = Expr.where(step.atMost(boundaries.get(i)), Expr.of(values.get(i)), rate);
    }
    return rate;
  }

  static Schedule from(Settings settings) {
    return of(settings.integers("boundaries"), settings.numbers("values"));
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of(MODULE, "PiecewiseConstantDecay")
            .with("boundaries", boundaries)
            .with("values", values));
  }

  /** The formula as text. */
  @Override
  public String toString() {
    return text();
  }
}
