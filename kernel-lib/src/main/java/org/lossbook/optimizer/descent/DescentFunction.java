package org.lossbook.optimizer.descent;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.lossbook.base.Messages;
import org.lossbook.formula.Expr;
import org.lossbook.formula.JavaScript;
import org.lossbook.formula.Program;
import org.lossbook.formula.Program.Output;
import org.lossbook.formula.Shape;
import org.lossbook.notebook.InterruptedWork;
import org.lossbook.optimizer.ClippedNorms;
import org.lossbook.optimizer.Optimizer;

/** A formula of one or two variables, with its value and its gradient at any point. */
final class DescentFunction {
  private static final List<String> NAMES = List.of("x", "y");

  private final String text;
  private final Program program;
  private final String script;
  private final Program.ParameterSetter[] place;

  /**
   * @param f the formula of as many variables as it is given
   */
  DescentFunction(int variables, Function<List<Expr>, Expr> f) {
    List<String> names = NAMES.subList(0, variables);
    text = written(f.apply(names.stream().map(name -> Expr.named(name, name, 0)).toList()));
    List<Expr> free = names.stream().map(name -> Expr.parameter(name, name, 0)).toList();
    Expr value = f.apply(free);
    Output[] slopes =
        free.stream().map(v -> new Output(value.gradient(v), Shape.SCALAR)).toArray(Output[]::new);
    program = Program.of(1, value, slopes);
    script = JavaScript.of(1, free, value, slopes);
    place = free.stream().map(program::parameter).toArray(Program.ParameterSetter[]::new);
  }

  private static String written(Expr f) {
    if (f == null) {
      throw new IllegalArgumentException(
          "descend expects a formula but its function gives null: x -> x.square() gives one.");
    }
    if (f.shape() != Shape.SCALAR) {
      throw Messages.wrong(
          "descend expects a formula of %s but receives %s, which is of a batch: use the variables it is given.",
          NAMES, f);
    }
    return f.toString();
  }

  /** {@code (1, x, …) => [value, slope, …]}. */
  String javaScript() {
    return script;
  }

  int variables() {
    return place.length;
  }

  /** The variables' names. */
  List<String> names() {
    return NAMES.subList(0, place.length);
  }

  /** {@code f(x) = x²}. */
  String equation() {
    return Messages.of("f(%s) = %s", String.join(", ", names()), text);
  }

  double at(double... numbers) {
    for (int i = 0; i < place.length; i++) {
      place[i].set(numbers[i]);
    }
    return program.run(1);
  }

  /** The partial derivatives at the point of the last call of {@link #at}. */
  double[] gradient() {
    double[] slopes = new double[place.length];
    Arrays.setAll(slopes, i -> program.output(i).number());
    return slopes;
  }

  /**
   * The path of an optimizer; it ends early before a point where the formula has no value or no
   * derivative.
   */
  Trajectory walk(String name, Optimizer optimizer, double[] start, int steps) {
    Optimizer.Updater updater = optimizer.start(place.length);
    ClippedNorms norms = optimizer.clipping().over(place.length);
    float[] weights = new float[place.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) start[i];
    }
    Stream.Builder<Trajectory.Stop> stops = Stream.builder();
    float[] slopes = new float[place.length];
    for (int step = 0; step <= steps; step++) {
      InterruptedWork.check("descend", step, steps, "steps");
      double[] here = new double[place.length];
      Arrays.setAll(here, i -> weights[i]);
      double value = at(here);
      double[] gradient = gradient();
      if (!Double.isFinite(value) || Arrays.stream(gradient).anyMatch(g -> !Double.isFinite(g))) {
        break;
      }
      stops.add(new Trajectory.Stop(step, here, value, gradient));
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] = (float) gradient[i];
      }
      updater.beginStep();
      updater.gather(slopes, 0, slopes.length);
      if (updater.moves()) {
        norms.clip(slopes);
        updater.surveyAll(weights, slopes, 0, slopes.length);
      }
      updater.update(weights, slopes, 0, weights.length);
    }
    return new Trajectory(name, stops.build().toList());
  }
}
