package org.lossbook.loss.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Program;
import org.lossbook.formula.Program.Output;
import org.lossbook.formula.Program.Port;
import org.lossbook.formula.Shape;
import org.lossbook.loss.check.LossInputs;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Part;
import org.lossbook.loss.spec.Reduction;
import org.lossbook.loss.spec.Setting;

/** Evaluator of a formula, compiled for rows of one width, each program when it is first needed. */
final class FormulaEvaluator implements CompiledLoss {
  private final LossSpec loss;
  private final int columns;
  private final int targets;
  private final List<Part> parts;
  private final boolean isPlain;
  private final boolean seesWholeBatch;
  private final RowWeights rowWeights;
  private final Wired[] programs = new Wired[4];
  private final List<Setting> moving;
  private final double[] settings;
  private final double[] settingGradients;
  private final double[] values;
  private final double[] divisors;
  private Finisher finish;

  FormulaEvaluator(LossSpec loss, int columns) {
    this.loss = loss;
    this.columns = columns;
    targets = loss.targets(columns);
    parts = loss.parts(false);
    isPlain = parts.size() == 1 && loss.objective(false).equals(parts.get(0).value());
    seesWholeBatch = loss.formula().seesWholeBatch();
    rowWeights = new RowWeights(loss, targets);
    moving = loss.movingSettings();
    settings = moving.stream().mapToDouble(Setting::value).toArray();
    settingGradients = new double[settings.length];
    values = new double[parts.size()];
    divisors = new double[parts.size()];
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public double run(float[] y, float[] yHat, float[] weights, int rows, float[] gradient) {
    check(y.length, yHat.length, weights != null, rows);
    float[] each = rowWeights.areAsGiven() ? weights : rowWeights.of(y, weights, rows);
    double total = rows;
    if (each != null) {
      total = 0;
      for (int i = 0; i < rows; i++) {
        total += each[i];
      }
    }
    Wired wired = wired(each != null, gradient != null);
    wired.y.connect(rowWeights.known(y, rows));
    wired.yHat.connect(yHat);
    wired.weights.connect(each);
    wired.gradient.connect(gradient);
    double value = run(wired, rows, total);
    if (isEmpty(total) && gradient != null) {
      Arrays.fill(gradient, 0, rows * columns, 0);
    }
    return value;
  }

  @Override
  public double run(double[] y, double[] yHat, double[] weights, int rows, double[] gradient) {
    check(y.length, yHat.length, weights != null, rows);
    double[] each = rowWeights.areAsGiven() ? weights : rowWeights.of(y, weights, rows);
    double total = rows;
    if (each != null) {
      total = 0;
      for (int i = 0; i < rows; i++) {
        total += each[i];
      }
    }
    Wired wired = wired(each != null, gradient != null);
    wired.y.connect(rowWeights.known(y, rows));
    wired.yHat.connect(yHat);
    wired.weights.connect(each);
    wired.gradient.connect(gradient);
    double value = run(wired, rows, total);
    if (isEmpty(total) && gradient != null) {
      Arrays.fill(gradient, 0, rows * columns, 0);
    }
    return value;
  }

  private double run(Wired wired, int rows, double weights) {
    for (int i = 0; i < settings.length; i++) {
      wired.settings.get(i).set(settings[i]);
    }
    double value = wired.program.run(rows);
    boolean isEmpty = isEmpty(weights);
    int counting = rowWeights.areAsGiven() ? rows : rowWeights.counting();
    for (int i = 0; i < wired.settingGradients.size(); i++) {
      settingGradients[i] = isEmpty ? 0 : wired.settingGradients.get(i).number();
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = isEmpty ? 0 : isPlain ? value : wired.parts.get(i).number();
      divisors[i] = parts.get(i).reduction().divisor(counting, weights);
    }
    return isEmpty ? finished(values) : value;
  }

  /** 0/0: a batch whose weights sum to 0 gets loss and gradient 0. */
  private boolean isEmpty(double weights) {
    return weights == 0 && loss.reduction() == Reduction.WEIGHTED_MEAN;
  }

  @Override
  public void set(int i, double value) {
    settings[i] = value;
  }

  @Override
  public double settingGradient(int i) {
    return settingGradients[i];
  }

  @Override
  public int parts() {
    return values.length;
  }

  @Override
  public double part(int i) {
    return values[i];
  }

  @Override
  public double divisor(int i) {
    return divisors[i];
  }

  @Override
  public boolean isSum(int i) {
    return parts.get(i).reduction() == Reduction.SUM;
  }

  @Override
  public double finished(double[] numbers) {
    if (isPlain) {
      return numbers[0];
    }
    if (finish == null) {
      finish = Finisher.of(loss, values.length);
    }
    return finish.of(numbers, settings);
  }

  @Override
  public double[] perSample(LossInputs in) {
    double[] losses = new double[in.rows()];
    Expr each = loss.alone().settled();
    Program program = Program.of(columns, Expr.of(0), new Output(each, Shape.SAMPLE));
    program.input(loss.y()).connect(rowWeights.known(in.y(), in.rows()));
    program.input(loss.p()).connect(in.yHat());
    program.output(0).connect(losses);
    program.run(in.rows());
    if (!rowWeights.areAsGiven()) {
      Arrays.setAll(losses, i -> losses[i] * rowWeights.ofTruth(in.y(), i));
    }
    return losses;
  }

  private void check(int y, int yHat, boolean weighted, int rows) {
    if (weighted && seesWholeBatch) {
      loss.checkSeesSamples("weights");
    }
    fits("y", y, rows * targets);
    fits("ŷ", yHat, rows * columns);
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
    Expr objective = MovingSettings.settled(loss, loss.objective(weighted));
    Expr p = loss.p();
    List<Output> outputs = new ArrayList<>();
    if (withGradient) {
      outputs.add(new Output(objective.gradient(p), Shape.ELEMENT));
      moving.forEach(
          setting -> outputs.add(new Output(objective.gradient(setting.expr()), Shape.SCALAR)));
    }
    int slopesEnd = outputs.size();
    if (!isPlain) {
      loss.parts(weighted)
          .forEach(
              part ->
                  outputs.add(
                      new Output(MovingSettings.settled(loss, part.value()), Shape.SCALAR)));
    }
    Program program = Program.of(columns, objective, outputs.toArray(Output[]::new));
    return new Wired(
        program,
        program.input(loss.y()),
        program.input(p),
        program.input(Reduction.WEIGHT),
        withGradient ? program.output(0) : Port.closed(),
        MovingSettings.setters(loss, program),
        IntStream.range(1, slopesEnd).mapToObj(program::output).toList(),
        IntStream.range(slopesEnd, outputs.size()).mapToObj(program::output).toList());
  }

  /** A program and its ports, looked up once. */
  private record Wired(
      Program program,
      Port y,
      Port yHat,
      Port weights,
      Port gradient,
      List<Program.ParameterSetter> settings,
      List<Port> settingGradients,
      List<Port> parts) {}
}
