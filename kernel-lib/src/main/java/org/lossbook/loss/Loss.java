package org.lossbook.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Shape;
import org.lossbook.metric.Metric;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;

/**
 * How wrong a prediction is, as one number that training makes small: an immutable value, declared
 * once as a formula, from which its value, its gradient, its mathematics and its worked steps come.
 *
 * <p>The truth always comes first. A vector is n samples of one number; where a prediction is a
 * whole distribution, it is one sample. A matrix has a sample a row. A loss is the mean over the
 * outputs of a sample (for categorical losses: their sum) and then over the samples; weights
 * multiply the samples' losses, and the divisor remains their number, as in Keras.
 *
 * <p>Values may be numbers, {@code double[]}, {@code double[][]}, {@code float[]} or {@code
 * float[][]}.
 *
 * <pre>{@code
 * mse().of(vector(3, 5), vector(2.5, 5.5))         // 0.25
 * mse().gradient(vector(3, 5), vector(2.5, 5.5))   // [-0.5, 0.5]
 * }</pre>
 */
public abstract class Loss implements Metric, Renderable {
  static final Expr WEIGHT = Expr.variable("w", "w", Shape.SAMPLE);

  /** Keras's smallest number worth telling from 0. */
  static final Expr EPSILON = Expr.of(1e-7).as("ε", "\\varepsilon");

  private final String name;
  private final Target target;
  private final Prediction prediction;
  private final List<Setting> settings;
  private final AtomicReference<Evaluator> idle = new AtomicReference<>();

  Loss(String name, Target target, Prediction prediction, Setting... settings) {
    this(name, target, prediction, List.of(settings));
  }

  Loss(String name, Target target, Prediction prediction, List<Setting> settings) {
    this.name = name;
    this.target = target;
    this.prediction = prediction;
    this.settings = settings;
  }

  /** Its factory's name, as it stands in tables and messages: {@code mse}. */
  @Override
  public final String name() {
    return name;
  }

  /** What this takes for a prediction. */
  public final Prediction prediction() {
    return prediction;
  }

  /** What this takes for the truth. */
  public final Target target() {
    return target;
  }

  /** The numbers that shape this, in the order of its declaration. */
  public final List<Setting> settings() {
    return settings;
  }

  /**
   * The same loss taken from the numbers before the model's last activation (Keras's name: {@code
   * sigmoid}, {@code softmax}), where the two belong together: its gradient by those numbers is ŷ −
   * y, and it is finite for all of them.
   */
  public Optional<Loss> joinedWith(String activation) {
    return Optional.empty();
  }

  /** The loss of each sample: an expression with one number a sample. */
  abstract Expr perSample(Expr y, Expr p);

  Reduction reduction() {
    return Reduction.MEAN;
  }

  /** The unit of the value, empty where it is the prediction's own affair. */
  String unit() {
    return "";
  }

  /** The loss of predictions {@code yHat} where the truth is {@code y}. */
  public final double of(Object y, Object yHat) {
    return evaluate(Inputs.of(this, y, yHat), false).value();
  }

  /** The loss with a weight for each sample. */
  public final double of(Object y, Object yHat, Object weights) {
    return evaluate(Inputs.of(this, y, yHat).weighted(weights), false).value();
  }

  /** The derivative dL/dŷ at one number. */
  public final double gradient(double y, double yHat) {
    return evaluate(Inputs.of(this, y, yHat), true).gradient()[0];
  }

  /** The derivative dL/dŷ by each number of a vector. */
  public final double[] gradient(double[] y, double[] yHat) {
    return evaluate(Inputs.of(this, y, yHat), true).gradient();
  }

  /** The derivative dL/dŷ by each number of a matrix. */
  public final double[][] gradient(double[][] y, double[][] yHat) {
    return gradient((Object) y, yHat);
  }

  /** The derivative dL/dŷ by each number of a matrix, for labels one a sample. */
  public final double[][] gradient(double[] y, double[][] yHat) {
    return gradient((Object) y, yHat);
  }

  /** The derivative dL/dŷ, a sample a row. */
  public final double[][] gradient(Object y, Object yHat) {
    return rows(Inputs.of(this, y, yHat));
  }

  /** The derivative dL/dŷ, a sample a row, with a weight for each sample. */
  public final double[][] gradient(Object y, Object yHat, Object weights) {
    return rows(Inputs.of(this, y, yHat).weighted(weights));
  }

  /** The loss of each sample, before the reduction over the batch. */
  public final double[] perSample(Object y, Object yHat) {
    Inputs inputs = Inputs.of(this, y, yHat);
    Evaluator evaluator = borrow(inputs.columns());
    double[] losses = evaluator.perSample(inputs);
    idle.set(evaluator);
    return losses;
  }

  /** What this computes, as mathematics, with its reduction over the batch. */
  public final Mathematics formula() {
    return Mathematics.equation("L", "L", objective(false));
  }

  /** The derivative by each number of the prediction, as mathematics. */
  public final Mathematics derivative() {
    Expr derivative = objective(false).gradient(p());
    String by = p().toString();
    return Mathematics.equation(
        "\\frac{\\partial L}{\\partial " + p().latex() + "}", "∂L/∂" + by, derivative);
  }

  /** The steps from these numbers to the loss, as a table. */
  public final Explanation explain(Object y, Object yHat) {
    return new Explanation(this, Inputs.of(this, y, yHat));
  }

  /** The steps from these numbers to the loss, with a weight for each sample. */
  public final Explanation explain(Object y, Object yHat, Object weights) {
    return new Explanation(this, Inputs.of(this, y, yHat).weighted(weights));
  }

  /** The loss of one sample and its slope, against the prediction. */
  public final Figure plot() {
    return LossCurve.of(this);
  }

  /** This loss beside others on one figure, against the prediction. */
  public final Figure plot(Loss... others) {
    return LossCurve.compared(this, others);
  }

  /** This loss times a number, to weigh it against others. */
  public final Loss times(double factor) {
    return new Combined(Combined.terms(this, factor));
  }

  /** The sum of two losses: {@code mse().times(0.7).plus(mae().times(0.3))}. */
  public final Loss plus(Loss other) {
    List<Combined.Term> terms = new ArrayList<>(Combined.terms(this, 1));
    terms.addAll(Combined.terms(other, 1));
    return new Combined(terms);
  }

  /** This loss with the sum over the samples in place of their mean. */
  public final Loss sum() {
    return new Reduced(this, Reduction.SUM);
  }

  /** This loss with the mean over the samples, as it is by default. */
  public final Loss mean() {
    return new Reduced(this, Reduction.MEAN);
  }

  /** The numbers a sample's target has where the model has {@code outputs}: one for a label. */
  public final int targets(int outputs) {
    return target.isOnePerSample() ? 1 : outputs;
  }

  /** This loss compiled for a model of {@code outputs} numbers a sample; for one thread. */
  public final BatchLoss bind(int outputs) {
    return new Evaluator(this, outputs);
  }

  /** This loss as a metric: the mean over the samples, weighted by what each weighs. */
  @Override
  public final Tally tally(int targets, int outputs) {
    checkTargetWidth(targets, outputs);
    return new LossTally(sum().bind(outputs));
  }

  /**
   * Refuses targets of a width that this loss has no meaning for.
   *
   * @param width numbers a target has
   * @param outputs numbers a prediction has
   * @throws IllegalArgumentException with the loss that fits, where there is one
   */
  public final void checkTargetWidth(int width, int outputs) {
    Checks.targetWidth(this, width, outputs);
  }

  /**
   * Refuses targets that this loss has no meaning for: labels outside the classes, probabilities
   * outside [0, 1] or not summing to one, NaN and infinity.
   *
   * @param y {@code rows × targets}
   * @throws IllegalArgumentException naming the index and the value
   */
  public final void checkTargets(float[] y, int rows, int outputs) {
    double[] wide = new double[rows * targets(outputs)];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = y[i];
    }
    Checks.targets(this, wide, rows, outputs);
  }

  /**
   * Why a model that ends in {@code activation} (Keras's name) must not be trained with this loss,
   * and which call to drop or add; empty where the two fit.
   */
  public final Optional<String> refusal(String activation, int outputs) {
    return Mismatch.of(this, activation, outputs);
  }

  final Expr y() {
    return target.expr();
  }

  final Expr p() {
    return prediction.expr();
  }

  final Expr objective(boolean weighted) {
    Expr loss = perSample(y(), p());
    return reduction().of(weighted ? WEIGHT.times(loss) : loss);
  }

  private double[][] rows(Inputs inputs) {
    double[] flat = evaluate(inputs, true).gradient();
    double[][] rows = new double[inputs.rows()][inputs.columns()];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(flat, i * inputs.columns(), rows[i], 0, inputs.columns());
    }
    return rows;
  }

  private record Result(double value, double[] gradient) {}

  private Result evaluate(Inputs in, boolean withGradient) {
    Evaluator evaluator = borrow(in.columns());
    double[] gradient = withGradient ? new double[in.yHat().length] : null;
    double value = evaluator.run(in.y(), in.yHat(), in.weights(), in.rows(), gradient);
    idle.set(evaluator);
    for (int i = 0; withGradient && i < gradient.length; i++) {
      gradient[i] += 0.0; // −0 would be printed with its sign
    }
    return new Result(value, gradient);
  }

  /** A compiled form is for one thread: who comes second compiles another. */
  private Evaluator borrow(int columns) {
    Evaluator evaluator = idle.getAndSet(null);
    boolean fits = evaluator != null && evaluator.columns() == columns;
    return fits ? evaluator : new Evaluator(this, columns);
  }

  /** A notebook shows the formula as mathematics. */
  @Override
  public final Map<String, String> mimeBundle() {
    String left = "\\text{" + name.replace("_", "\\_") + "}";
    return Mathematics.equation(left, name, objective(false)).mimeBundle();
  }

  /** The name and the formula: {@code mse: 1/n Σᵢ (yᵢ − ŷᵢ)²}. */
  @Override
  public String toString() {
    return name + ": " + objective(false);
  }
}
