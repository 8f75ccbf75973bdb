package org.lossbook.layer.function;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.engine.ElementFunction;
import org.lossbook.formula.Derivation;
import org.lossbook.formula.Expr;
import org.lossbook.formula.JavaScript;
import org.lossbook.formula.Numbers;
import org.lossbook.formula.Program.Output;
import org.lossbook.formula.Shape;
import org.lossbook.loss.spec.FormulaSlider;
import org.lossbook.loss.spec.Mathematics;
import org.lossbook.plot.Curves;
import org.lossbook.plot.Figure;
import org.lossbook.plot.Role;
import org.lossbook.plot.explorer.Explorer;
import org.lossbook.plot.explorer.Explorer.Curve;
import org.lossbook.plot.explorer.Explorer.Explored;
import org.lossbook.plot.explorer.Explorer.Group;
import org.lossbook.plot.explorer.Explorer.Slider;

/**
 * Shows an activation function: its mathematics, its curve with its slope, and its explorer.
 *
 * @hidden
 */
@Internal
public final class FunctionViews {
  private static final int POINTS = 241;
  private static final int ROWS = 12;
  private static final double REACH = 6;
  private static final Expr T = Expr.parameter("t", "t", 0);
  private static final FormulaSlider INPUT = FormulaSlider.of("x", "x", 1, "x", -REACH, REACH, 0.1);

  private FunctionViews() {}

  /** φ(x) = … */
  public static Mathematics formula(Expr formula) {
    return new Mathematics(
        "\\varphi(x) = " + formula.simplified().latex(), "φ(x) = " + formula.simplified());
  }

  /** φ′(x) = … */
  public static Mathematics derivative(ElementFormula function) {
    Expr slope = function.derivative();
    return new Mathematics("\\varphi'(x) = " + slope.latex(), "φ′(x) = " + slope);
  }

  /** φ′(x), rule by rule. */
  public static Mathematics derivation(ElementFormula function) {
    Derivation derivation = function.formula().derive(ElementFormula.X);
    return new Mathematics(derivation.latex("\\varphi'(x)"), derivation.text("φ′(x)"));
  }

  /** The function and its slope. */
  public static Figure plot(ElementFormula function) {
    return curves(function).figure();
  }

  /** Several functions on one figure. */
  public static Figure compared(List<ElementFormula> functions) {
    Curves curves = Curves.of("Activation functions", "x", "φ(x)");
    for (ElementFormula each : functions) {
      curves = curves.with(each.name(), Role.COMPARED, x(), values(each, x(), false));
    }
    return curves.figure();
  }

  private static Curves curves(ElementFunction function) {
    return Curves.of(function.name(), "x", "φ(x)")
        .with("φ(x)", Role.LOSS, x(), values(function, x(), false))
        .with("its slope", Role.GRADIENT, x(), values(function, x(), true));
  }

  private static double[] x() {
    return IntStream.range(0, POINTS)
        .mapToDouble(i -> -REACH + 2 * REACH * i / (POINTS - 1))
        .toArray();
  }

  /** The function's values, or its slopes. */
  public static double[] values(ElementFunction function, double[] x, boolean slopes) {
    double[] values = new double[x.length];
    ElementFunction.Evaluator evaluator = function.evaluator(slopes);
    evaluator.value(x, values, x.length);
    if (slopes) {
      evaluator.derivative(x, values, x.length);
    }
    return values;
  }

  /** Sliders for x and each setting, the curve and its tangent. */
  public static Explorer explore(ElementFormula function) {
    List<FormulaSlider> places = new ArrayList<>(List.of(INPUT));
    function.settings().forEach(each -> places.add(FormulaSlider.of(each)));
    List<Expr> letters = places.stream().map(FormulaSlider::letter).toList();
    List<Expr> inputs = new ArrayList<>(List.of(T));
    inputs.addAll(letters);
    Map<Expr, Expr> moving = Map.of(ElementFormula.X, T);
    Expr value = function.formula().substituted(moving);
    Output slope = new Output(function.derivative().substituted(moving), Shape.SCALAR);
    String derivative = "φ′(x) = " + named(function, function.derivative());
    return new Explorer(
        function.name(),
        "",
        "φ(x) = " + named(function, function.formula()),
        derivative,
        sliders(places),
        List.of(
            new Curve(
                0,
                JavaScript.of(1, inputs, value, slope),
                JavaScript.of(1, letters, Expr.of(Double.NaN)),
                derivative)),
        "",
        "",
        still(function),
        table(function),
        Explored.FUNCTION);
  }

  private static List<Slider> sliders(List<FormulaSlider> places) {
    return places.stream()
        .map(
            each ->
                new Slider(
                    each == INPUT ? Group.PREDICTION : Group.SETTING,
                    each.name(),
                    each.low(),
                    each.high(),
                    each.step(),
                    each.first(),
                    false))
        .toList();
  }

  /** What a setting is now its slider says: the formula has its letter alone. */
  private static String named(ElementFormula function, Expr e) {
    Map<Expr, Expr> names = new HashMap<>();
    function
        .settings()
        .forEach(s -> names.put(s.expr(), Expr.named(s.text(), s.latex(), s.value())));
    return e.substituted(names).toString();
  }

  private static Figure still(ElementFormula function) {
    double[] at = {INPUT.first()};
    double here = values(function, at, false)[0];
    double slope = values(function, at, true)[0];
    double[] near = {at[0] - 1, at[0] + 1};
    return curves(function)
        .with("tangent", Role.PREDICTION, near, new double[] {here - slope, here + slope})
        .mark(at[0], here, "")
        .figure();
  }

  /** The curve at a few places, for a terminal. */
  private static String table(ElementFormula function) {
    double[] at = x();
    double[] values = values(function, at, false);
    double[] slopes = values(function, at, true);
    return function.name()
        + "\n"
        + row("x", "φ(x)", "its slope")
        + IntStream.rangeClosed(0, ROWS)
            .map(i -> i * (POINTS - 1) / ROWS)
            .mapToObj(
                i ->
                    "\n"
                        + row(
                            Numbers.brief(at[i]),
                            Numbers.brief(values[i]),
                            Numbers.brief(slopes[i])))
            .collect(Collectors.joining());
  }

  private static String row(String... cells) {
    return IntStream.range(0, cells.length)
        .mapToObj(i -> Messages.of("%12s", cells[i]))
        .collect(Collectors.joining());
  }
}
