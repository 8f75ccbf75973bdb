package org.lossbook.layer.activation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.formula.Expr;
import org.lossbook.layer.Activations;
import org.lossbook.layer.LastAxis;
import org.lossbook.layer.LayerWithActivation;
import org.lossbook.layer.function.ElementFormula;
import org.lossbook.layer.function.FunctionViews;
import org.lossbook.layer.function.KerasFunctions;
import org.lossbook.layer.function.RowViews;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedRows;
import org.lossbook.loss.spec.Mathematics;
import org.lossbook.plot.Figure;
import org.lossbook.plot.explorer.Explorer;

/**
 * An activation layer: applies an activation function to each number of its input, {@code
 * activation("relu")}. The shape stays the same.
 *
 * <p>A function is a formula, as a loss is: it computes, trains, and shows its mathematics, its
 * curve and its explorer. One of your own is written as a formula of x, and files keep it as data.
 *
 * <pre>{@code
 * activation("mish").of(1)                                      // 0.8650983882673103
 * activation("mish").gradient(0)                                // 0.6
 * activation("mish", x -> x.times(x.softplus().tanh())).of(1)   // 0.8650983882673103
 * }</pre>
 *
 * @question What does a function do to each number?
 * @use Between layers, to make the network more than one matrix.
 * @avoid Where the layer before has a call for it, such as {@code dense(64).relu()}.
 */
public final class ActivationLayer extends LayerWithActivation<ActivationLayer> {
  private static final String NUMBERS = "write activation(\"relu\").of(vector(1, -2))";

  private LastAxis axis = LastAxis.LAST;

  public ActivationLayer(String name) {
    this(Activations.named(name));
  }

  ActivationLayer(Activation activation) {
    super(activation);
  }

  /** A layer with an activation function of one's own, a formula of x. */
  public ActivationLayer(String name, UnaryOperator<Expr> formula) {
    this(Activation.of(ElementFormula.of(name, formula)));
  }

  /** The function's value: {@code activation("mish").of(1)} is 0.865. */
  public double of(double x) {
    return of(new double[] {x})[0];
  }

  /** The function's value for each number; of a row for softmax and its kin. */
  public double[] of(double[] x) {
    Require.given(x, activation().kerasName(), "numbers", NUMBERS);
    return RowViews.of(activation()).map(rows -> rows.values(x)).orElseGet(() -> values(x, false));
  }

  /** The function's value for each number. */
  public double[][] of(double[][] x) {
    Require.each(x, kind(), "rows of numbers", "activation(\"relu\").of(matrix(row(1, -2)))");
    return Arrays.stream(x).map(this::of).toArray(double[][]::new);
  }

  /** The derivative's value. */
  public double gradient(double x) {
    return gradient(new double[] {x})[0];
  }

  /** The derivative's value for each number. */
  public double[] gradient(double[] x) {
    return values(x, true);
  }

  private double[] values(double[] x, boolean slopes) {
    Require.given(x, activation().kerasName(), "numbers", NUMBERS);
    return FunctionViews.values(function(), x, slopes);
  }

  /**
   * Worked steps on your numbers: the formula with each of them in the place of x.
   *
   * <pre>{@code
   * activation("relu").explain(vector(-1, 2)).result().get(1)   // 2
   * }</pre>
   *
   * @throws IllegalArgumentException for a function of rows other than softmax
   */
  @Override
  public LayerSteps explain(Object x) {
    Values numbers = Values.of("activation.explain", x);
    if (activation().equals(Activation.SOFTMAX)) {
      return WorkedRows.softmax("softmax: eˣ/Σ eˣ", numbers);
    }
    ElementFormula function = function();
    return WorkedRows.each(
        function.name() + ": " + formula(), numbers, ElementFormula.X, function.formula());
  }

  /** The function as mathematics, φ(x) = … */
  public Mathematics formula() {
    Optional<RowViews> rows = RowViews.of(activation());
    if (rows.isPresent()) {
      return rows.get().formula();
    }
    return FunctionViews.formula(function().formula());
  }

  /** Its derivative as mathematics, φ′(x) = … */
  public Mathematics derivative() {
    Optional<RowViews> rows = RowViews.of(activation());
    if (rows.isPresent()) {
      return rows.get().derivative();
    }
    return FunctionViews.derivative(function());
  }

  /**
   * The derivative rule by rule, from the function to {@link #derivative()}: each line names the
   * rule that led to it, and marks the part that the next one is about.
   */
  public Mathematics derive() {
    Optional<RowViews> rows = RowViews.of(activation());
    if (rows.isPresent()) {
      return rows.get().derivation();
    }
    return FunctionViews.derivation(function());
  }

  /** The function and its slope. */
  public Figure plot() {
    return FunctionViews.plot(function());
  }

  /** This function beside others on one figure. */
  public Figure plot(ActivationLayer... others) {
    ActivationLayer[] given =
        Require.each(others, "plot", "activations", "write plot(activation(\"relu\"))");
    return FunctionViews.compared(
        Stream.concat(Stream.of(this), Arrays.stream(given))
            .map(ActivationLayer::function)
            .toList());
  }

  /**
   * The function to play with: sliders for x and for each setting, a curve and its tangent that
   * move with them, also in a saved notebook and without a kernel. A constant of a formula of your
   * own has a slider too: {@code Expr.named("a", 1).between(0.1, 5)}.
   *
   * @throws IllegalArgumentException for a function of rows: {@code softmax().explore(2, 1, -1)} is
   *     that of softmax
   */
  public Explorer explore() {
    if (activation().equals(Activation.SOFTMAX)) {
      throw new IllegalArgumentException(
          "softmax works on rows, not on each number alone, and has an explorer of its own: write softmax().explore(2, 1, -1).");
    }
    return FunctionViews.explore(function());
  }

  private ElementFormula function() {
    return KerasFunctions.formulaOf(activation())
        .orElseThrow(
            () ->
                Messages.wrong(
                    "%s works on rows, not on each number alone, and has no curve: write activation(\"%1$s\").of(vector(1, 2)).",
                    activation().kerasName()));
  }

  @Override
  public String kind() {
    return "activation";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    axis.check(activation().kerasName(), inputShape);
    return inputShape.clone();
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.activation(x, activation());
  }

  @Override
  protected Bounds beforeFunction(List<Bounds> inputs) {
    return inputs.get(0);
  }

  @Override
  public Optional<Config> config() {
    Object saved = Activations.saved(activation());
    return Optional.of(
        saved instanceof Config layer && !layer.isOurs()
            ? layer
            : Config.of("keras.layers", "Activation").with("activation", saved));
  }

  static ActivationLayer from(Settings settings) {
    return of(Activations.from(settings));
  }

  /** Reads one of the classes that Keras has for a single function, such as {@code LeakyReLU}. */
  static ActivationLayer ofClass(Settings settings) {
    return of(Activations.ofClass(settings));
  }

  private static ActivationLayer of(Activations.ActivationOnAxis read) {
    return new ActivationLayer(read.activation()).with(copy -> copy.axis = read.axis());
  }
}
