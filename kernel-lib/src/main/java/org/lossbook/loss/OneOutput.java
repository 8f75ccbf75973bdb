package org.lossbook.loss;

import java.util.Map;
import java.util.stream.IntStream;
import org.lossbook.formula.Expr;
import org.lossbook.metric.Direction;

/** A loss of one output of several: a task among others. */
final class OneOutput extends Loss {
  private final Loss loss;
  private final int output;

  private OneOutput(Loss loss, int output) {
    super(loss.name() + "[" + output + "]", Target.VALUE, Prediction.VALUE, loss.settings());
    this.loss = loss;
    this.output = output;
  }

  static Loss of(Loss loss, int output) {
    Loss inner = ReducedLoss.inner(loss);
    if (inner.target().isOnePerSample() || inner.prediction().isRow() || output < 0) {
      throw new IllegalArgumentException(
          output < 0
              ? "output expects a position counted from 0 but receives %d: output(0) is the first."
                  .formatted(output)
              : "output expects a loss that compares output by output but %s expects %s: take a loss of single numbers, such as mse()."
                  .formatted(loss.name(), loss.prediction()));
    }
    return ReducedLoss.like(loss, new OneOutput(inner, output));
  }

  /** The loss of the one output. */
  Loss loss() {
    return loss;
  }

  /** Which one it is, counted from 0. */
  int output() {
    return output;
  }

  @Override
  Direction directionAsMetric() {
    return loss.directionAsMetric();
  }

  @Override
  void checkTargetsOfParts(double[] y, int rows, int outputs) {
    LossChecks.targets(loss, own(y, rows, outputs), rows, 1);
  }

  @Override
  void checkPredictionsOfParts(double[] p, int rows, int outputs) {
    LossChecks.predictions(loss, own(p, rows, outputs), rows, 1);
  }

  private double[] own(double[] numbers, int rows, int outputs) {
    return IntStream.range(0, rows).mapToDouble(i -> numbers[i * outputs + output]).toArray();
  }

  @Override
  int leastOutputs() {
    return (int) Math.min(output + 1L, Integer.MAX_VALUE);
  }

  /** The loss as it is for one output, with this output's numbers in place of its letters. */
  @Override
  Expr perSample(Expr y, Expr p) {
    return loss.perSample(loss.y(), loss.p())
        .forOneOutput()
        .substituted(
            Map.of(
                loss.y(), y.component(output),
                loss.p(), p.component(output),
                Expr.outputs(), Expr.of(1)));
  }

  @Override
  Expr finished(Expr reduced) {
    return loss.finished(reduced);
  }

  @Override
  Loss drawn() {
    return of(loss.drawn(), output);
  }

  @Override
  String unit() {
    return loss.unit();
  }
}
