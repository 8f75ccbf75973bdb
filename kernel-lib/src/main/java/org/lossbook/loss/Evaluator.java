package org.lossbook.loss;

import org.lossbook.formula.Expr;
import org.lossbook.formula.Program;
import org.lossbook.formula.Program.Output;
import org.lossbook.formula.Program.Port;
import org.lossbook.formula.Shape;

/** A loss compiled for rows of one width, each program when it is first wanted. */
final class Evaluator implements BatchLoss {
  private final Loss loss;
  private final int columns;
  private final Wired[] programs = new Wired[4];

  Evaluator(Loss loss, int columns) {
    this.loss = loss;
    this.columns = columns;
  }

  int columns() {
    return columns;
  }

  @Override
  public double run(float[] y, float[] yHat, float[] weights, int rows, float[] gradient) {
    fits("y", y.length, rows * loss.targets(columns));
    fits("ŷ", yHat.length, rows * columns);
    Wired wired = wired(weights != null, gradient != null);
    wired.y.connect(y);
    wired.yHat.connect(yHat);
    wired.weights.connect(weights);
    wired.gradient.connect(gradient);
    return wired.program.run(rows);
  }

  @Override
  public double run(double[] y, double[] yHat, double[] weights, int rows, double[] gradient) {
    fits("y", y.length, rows * loss.targets(columns));
    fits("ŷ", yHat.length, rows * columns);
    Wired wired = wired(weights != null, gradient != null);
    wired.y.connect(y);
    wired.yHat.connect(yHat);
    wired.weights.connect(weights);
    wired.gradient.connect(gradient);
    return wired.program.run(rows);
  }

  double[] perSample(Inputs in) {
    double[] losses = new double[in.rows()];
    Expr each = loss.perSample(loss.y(), loss.p()).settled();
    Program program = Program.of(columns, Expr.of(0), new Output(each, Shape.SAMPLE));
    program.input(loss.y()).connect(in.y());
    program.input(loss.p()).connect(in.yHat());
    program.output(0).connect(losses);
    program.run(in.rows());
    return losses;
  }

  private void fits(String what, int numbers, int length) {
    if (numbers < length) {
      throw new IllegalArgumentException(
          loss.name()
              + " expects "
              + length
              + " numbers in "
              + what
              + " but receives "
              + numbers
              + ": give each sample its row.");
    }
  }

  private Wired wired(boolean weighted, boolean withGradient) {
    int which = (weighted ? 1 : 0) + (withGradient ? 2 : 0);
    if (programs[which] == null) {
      programs[which] = compiled(weighted, withGradient);
    }
    return programs[which];
  }

  private Wired compiled(boolean weighted, boolean withGradient) {
    Expr objective = loss.objective(weighted).settled();
    Expr p = loss.p();
    Output[] outputs =
        withGradient
            ? new Output[] {new Output(objective.gradient(p), Shape.ELEMENT)}
            : new Output[0];
    Program program = Program.of(columns, objective, outputs);
    return new Wired(
        program,
        program.input(loss.y()),
        program.input(p),
        program.input(Loss.WEIGHT),
        withGradient ? program.output(0) : Port.closed());
  }

  /** A program and its ports, looked up once. */
  private record Wired(Program program, Port y, Port yHat, Port weights, Port gradient) {}
}
