package org.lossbook.loss;

import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.formula.Expr;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.notebook.Renderable;

/**
 * Custom metric, from an expression over the truth and the prediction, averaged over all samples,
 * and over the outputs of each. Its direction tells callbacks and searches which figure is better.
 *
 * <pre>{@code
 * metric("close", (y, p) -> y.minus(p).abs().atMost(0.5)).higherIsBetter()
 *     .of(vector(1, 2, 3, 4), vector(1.2, 2.9, 3.1, 4.5))       // 0.75
 * }</pre>
 *
 * <p>A model compiled with it can stop early on it: {@code earlyStopping().monitor("close")}.
 */
public final class CustomMetric implements Metric, Renderable {
  private static final String FIX = "write metric(\"cube\", (y, p) -> y.minus(p).abs().pow(3))";

  private final CustomLoss measured;
  private final Direction direction;

  private CustomMetric(CustomLoss measured, Direction direction) {
    this.measured = measured;
    this.direction = direction;
  }

  /** A metric that prints as {@code name} and is {@code (y, p) -> …}. */
  public static CustomMetric metric(String name, BinaryOperator<Expr> declaration) {
    Require.given(name, "metric", "a name", FIX);
    Require.given(declaration, "metric", "an expression of y and ŷ", FIX);
    return new CustomMetric(CustomLoss.loss(name, declaration), Direction.UNKNOWN);
  }

  /** The same, of which more is better, as of a share of hits. */
  public CustomMetric higherIsBetter() {
    return new CustomMetric(measured, Direction.UP);
  }

  /** The same, of which less is better, as of an error. */
  public CustomMetric lowerIsBetter() {
    return new CustomMetric(measured, Direction.DOWN);
  }

  @Override
  public String name() {
    return measured.name();
  }

  /** As it was said; unknown until then, and a callback that monitors it needs its {@code mode}. */
  @Override
  public Direction direction() {
    return direction;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    return measured.tally(targets, outputs);
  }

  /** A file cannot hold it. */
  @Override
  public Optional<Config> config() {
    return Optional.empty();
  }

  /** A notebook shows the formula as mathematics. */
  @Override
  public Map<String, String> mimeBundle() {
    return measured.mimeBundle();
  }

  /** The name and the formula. */
  @Override
  public String toString() {
    return measured.toString();
  }
}
