package org.lossbook.optimizer.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.lossbook.config.Saveable;
import org.lossbook.formula.Expr;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Curves;
import org.lossbook.plot.Figure;
import org.lossbook.plot.Role;

/**
 * Learning rate schedule: gives the learning rate of each step, counted from 0 as Keras counts its
 * iterations. Your own is a lambda.
 *
 * <pre>{@code
 * adam().learningRate(cosineDecay(1e-3, 1000).warmup(100))
 * sgd().learningRate(step -> 0.1 / (1 + step))
 * }</pre>
 */
@FunctionalInterface
public interface Schedule extends Saveable, Renderable {
  /** A picture is 640 pixels wide. */
  int MOST_DRAWN = 5_000;

  /** The learning rate of a step, the first being 0. */
  double at(long step);

  /** The same for many steps: allocates once, then nothing per step. */
  default LongToDoubleFunction running() {
    return this::at;
  }

  /** The rate as a formula of the step; your own lambda has none. */
  default Optional<Expr> formula(Expr step) {
    return Optional.empty();
  }

  /**
   * This schedule after a linear warmup of {@code steps} steps, in which the rate rises from 0 to
   * its initial value.
   */
  default Warmup warmup(int steps) {
    return warmup(steps, 0);
  }

  /**
   * This schedule after a linear warmup of {@code steps} steps, in which the rate rises from {@code
   * from} to its initial value.
   *
   * @throws IllegalArgumentException where {@code steps} is below 1, or {@code from} is negative
   */
  default Warmup warmup(int steps, double from) {
    return new Warmup(this, steps, from);
  }

  /** The rate of the first {@code steps} steps. */
  default Figure plot(int steps) {
    OptimizerChecks.positive("plot", "steps", steps);
    LongToDoubleFunction rate = running();
    int count = Math.min(steps, MOST_DRAWN);
    long[] drawn = // all of few, and of many the first, the last and evenly between
        LongStream.range(0, count).map(i -> i * (steps - 1) / Math.max(1, count - 1)).toArray();
    double[] x = LongStream.of(drawn).asDoubleStream().toArray();
    double[] y = LongStream.of(drawn).mapToDouble(rate).toArray();
    return Curves.of("Learning rate", "step", "learning rate")
        .with("learning rate", Role.COMPARED, x, y)
        .figure();
  }

  /** The formula as text; of a lambda only what it is. */
  default String text() {
    return formula(ScheduleSymbols.T)
        .map(rate -> ScheduleSymbols.RATE + " = " + rate)
        .orElse("a learning rate by the step");
  }

  @Override
  default Map<String, String> mimeBundle() {
    var bundle = new LinkedHashMap<String, String>();
    formula(ScheduleSymbols.T)
        .ifPresent(
            rate ->
                bundle.put(
                    "text/latex",
                    "$$" + ScheduleSymbols.RATE.latex() + " = " + rate.latex() + "$$"));
    return bundle;
  }
}
