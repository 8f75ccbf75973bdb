package org.lossbook.layer.function;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.ElementFunction;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Program;
import org.lossbook.formula.Program.Output;
import org.lossbook.formula.SavedFormula;
import org.lossbook.formula.Shape;
import org.lossbook.loss.spec.OwnConstants;
import org.lossbook.loss.spec.Setting;

/**
 * An elementwise activation function as a formula of x. Two are equal that have the same name and
 * formula.
 *
 * @param name Keras's name, or the reader's
 * @param formula the expression of {@link #X}
 * @param settings the numbers in it that sliders move
 * @param rises whether it is known to be monotonically increasing
 * @param kerasLayer the layer by which a file of Keras's names it, if it has one
 * @hidden
 */
@Internal
public record ElementFormula(
    String name, Expr formula, List<Setting> settings, boolean rises, Optional<Config> kerasLayer)
    implements ElementFunction {
  /** The input of every formula. */
  public static final Expr X = Expr.variable("x", "x", Shape.ELEMENT);

  private static final String FIX = "write activation(\"mish\", x -> x.times(x.softplus().tanh()))";

  /** Copies the list. */
  public ElementFormula {
    settings = List.copyOf(settings);
  }

  ElementFormula(String name, Expr formula, List<Setting> settings, boolean rises) {
    this(name, formula, settings, rises, Optional.empty());
  }

  /** A reader's own function. */
  public static ElementFormula of(String name, UnaryOperator<Expr> declaration) {
    Require.given(name, "activation", "a name", FIX);
    Require.given(declaration, "activation", "a formula of x", FIX);
    OwnConstants own =
        OwnConstants.of(name, Require.given(declaration.apply(X), name, "a formula of x", FIX));
    Expr formula = own.formula();
    if (formula.shape() != Shape.ELEMENT) {
      throw Messages.wrong(
          "%s expects a formula of x but receives %s, which is the same for all of them: %s.",
          name, formula, FIX);
    }
    if (!SavedFormula.isElementwise(formula)) {
      throw Messages.wrong(
          "%s expects a formula of each number alone but receives %s: leave sum, mean, max and softmax to layers.",
          name, formula);
    }
    return new ElementFormula(name, formula, own.settings(), false);
  }

  /** As a file has it where Keras has no name for it: the formula as data, never code. */
  public Config config() {
    return kerasLayer.orElseGet(
        () ->
            Config.ours("Formula").with("name", name).with("formula", SavedFormula.data(formula)));
  }

  /** Reads what {@link #config()} says. */
  public static ElementFormula from(Settings settings) {
    String name = settings.text("name");
    Object data = settings.value("formula").orElse("none");
    return data instanceof List<?> steps
        ? of(name, x -> SavedFormula.read(steps, Map.of("x", x)))
        : settings.wrong("formula", "a list of steps", data);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ElementFormula that
        && name.equals(that.name)
        && formula.equals(that.formula);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, formula);
  }

  /** The derivative as a formula of x. */
  public Expr derivative() {
    return formula.batchSum().gradient(X);
  }

  @Override
  public Bounds bounds(Bounds x) {
    return FormulaBounds.of(this, x);
  }

  @Override
  public Optional<Bounds> clips() {
    Bounds range = bounds(Bounds.NONE);
    if (!range.areFinite()) {
      return Optional.empty();
    }
    Expr settled = formula.settled();
    boolean isClip =
        settled.equals(X.clip(range.low(), range.high()))
            || range.low() == 0 && settled.equals(reluUpTo(Expr.of(range.high())));
    return isClip ? Optional.of(range) : Optional.empty();
  }

  /** Keras's ReLU with a maximum, as {@link KerasFunctions#relu} writes it. */
  private static Expr reluUpTo(Expr most) {
    Expr above = Expr.where(X.greaterThan(most), most, X);
    return Expr.where(X.greaterThan(0), above, Expr.of(0));
  }

  @Override
  public Evaluator evaluator(boolean withDerivative) {
    return withDerivative ? new WithDerivative() : new ValueOnly();
  }

  private final class ValueOnly implements Evaluator {
    private final Program program =
        Program.of(1, Expr.of(0), new Output(formula.settled(), Shape.ELEMENT));
    private final Program.Port from = program.input(X);
    private final Program.Port to = program.output(0);

    @Override
    public void value(double[] x, double[] out, int n) {
      from.connect(x);
      to.connect(out);
      program.run(n);
    }

    @Override
    public void derivative(double[] x, double[] out, int n) {
      throw new IllegalStateException("compiled without a derivative");
    }
  }

  /** One program for both, which computes what they share once. */
  private final class WithDerivative implements Evaluator {
    private final Program program =
        Program.of(
            1,
            Expr.of(0),
            new Output(formula.settled(), Shape.ELEMENT),
            new Output(ElementFormula.this.derivative().settled(), Shape.ELEMENT));
    private final Program.Port from = program.input(X);
    private final Program.Port to = program.output(0);
    private double[] slopes = new double[0];

    @Override
    public void value(double[] x, double[] out, int n) {
      if (slopes.length < n) {
        slopes = new double[n];
        program.output(1).connect(slopes);
      }
      from.connect(x);
      to.connect(out);
      program.run(n);
    }

    @Override
    public void derivative(double[] x, double[] out, int n) {
      System.arraycopy(slopes, 0, out, 0, n);
    }
  }
}
