package org.lossbook.loss;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lossbook.formula.Expr;
import org.lossbook.layer.Penalty;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.notebook.Markup;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Explorer;
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
public abstract class Loss extends Declaration implements Metric, Renderable {
  private final String name;
  private final List<Setting> settings;
  private final List<Setting> shapes;
  private final SharedEvaluator evaluator = new SharedEvaluator(this);

  Loss(String name, Target target, Prediction prediction, Setting... settings) {
    this(name, target, prediction, List.of(settings));
  }

  Loss(String name, Target target, Prediction prediction, List<Setting> settings) {
    this(name, target, prediction, settings, settings);
  }

  /** One whose formula does not hold all that tells it from others of its name. */
  Loss(
      String name,
      Target target,
      Prediction prediction,
      List<Setting> settings,
      List<Setting> shapes) {
    super(target, prediction);
    this.name = name;
    this.settings = settings;
    this.shapes = shapes;
  }

  /** Its factory's name, as it stands in tables and messages: {@code mse}. */
  @Override
  public final String name() {
    return name;
  }

  /**
   * Down for the losses that are here, as in Keras. Of one of the reader's own it is unknown: as a
   * metric it may be a share of hits as well, so who follows it has to be told with {@code mode}.
   */
  @Override
  public final Direction direction() {
    return directionAsMetric();
  }

  /** What this takes for a prediction. */
  final Prediction prediction() {
    return prediction;
  }

  /** What this takes for the truth. */
  final Target target() {
    return target;
  }

  /** The numbers that shape this, in the order of its declaration. */
  public final List<Setting> settings() {
    return settings;
  }

  /** What tells this from others of its name, also where its formula has no such letter. */
  final List<Setting> shapes() {
    return shapes;
  }

  /** Those of the settings that move while a model trains, in the same order. */
  final List<Setting> movingSettings() {
    return settings.stream().filter(setting -> setting.varying().isPresent()).toList();
  }

  /**
   * The same loss taken from the numbers before the model's last activation (Keras's name: {@code
   * sigmoid}, {@code softmax}), where the two belong together: its gradient by those numbers is ŷ −
   * y, and it is finite for all of them.
   */
  Optional<Loss> joinedWith(String activation) {
    Loss joined = fromLogits();
    boolean makesThese = joined != this && prediction.activation().equals(activation);
    return makesThese && !prediction.isLogit() ? Optional.of(joined) : Optional.empty();
  }

  /** This, of the numbers before a sigmoid or softmax; itself where it has no such form. */
  Loss fromLogits() {
    return this;
  }

  /** What the model's weights cost beside this. */
  Penalty penalty() {
    return Penalty.NONE;
  }

  /** How one sample of this is drawn. */
  ProbeSample sweep() {
    return ProbeSample.of(this);
  }

  /** Refuses what is said of single samples, where this does not see them. */
  final void checkSeesSamples(String what) {
    if (seesWholeBatch()) {
      throw new IllegalArgumentException(
          name
              + " expects no setting of single samples but receives a call for "
              + what
              + ": it is one number for the whole batch; call .eachSample() for one per sample.");
    }
  }

  /** What stands for this in a figure. */
  Loss drawn() {
    return this;
  }

  /** The loss of predictions {@code yHat} where the truth is {@code y}. */
  public final double of(Object y, Object yHat) {
    LossChecks.noPenalty(this);
    return evaluator.value(LossInputs.of(this, y, yHat));
  }

  /** The loss with a weight for each sample. */
  public final double of(Object y, Object yHat, Object weights) {
    LossChecks.noPenalty(this);
    return evaluator.value(LossInputs.of(this, y, yHat).weighted(weights));
  }

  /** The derivative dL/dŷ at one number. */
  public final double gradient(double y, double yHat) {
    return evaluator.gradient(LossInputs.of(this, y, yHat))[0];
  }

  /** The derivative dL/dŷ by each number of a vector. */
  public final double[] gradient(double[] y, double[] yHat) {
    return evaluator.gradient(LossInputs.of(this, y, yHat));
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
    return evaluator.rows(LossInputs.of(this, y, yHat));
  }

  /** The derivative dL/dŷ, a sample a row, with a weight for each sample. */
  public final double[][] gradient(Object y, Object yHat, Object weights) {
    return evaluator.rows(LossInputs.of(this, y, yHat).weighted(weights));
  }

  /** The derivative dL/dŷ by each number of a vector, with a weight for each sample. */
  public final double[] gradient(double[] y, double[] yHat, Object weights) {
    return evaluator.gradient(LossInputs.of(this, y, yHat).weighted(weights));
  }

  /** The loss of each sample, before the reduction over the batch. */
  public final double[] perSample(Object y, Object yHat) {
    checkSeesSamples("the loss of each");
    return evaluator.perSample(LossInputs.of(this, y, yHat));
  }

  /** What this computes, as mathematics, with its reduction over the batch. */
  public final Mathematics formula() {
    return Notation.formula(this);
  }

  /** The derivative by each number of the prediction, as mathematics. */
  public final Mathematics derivative() {
    return slope(this);
  }

  /** The steps from these numbers to the loss, as a table. */
  public final Explanation explain(Object y, Object yHat) {
    LossChecks.noPenalty(this);
    return explained(LossInputs.of(this, y, yHat));
  }

  /** The steps from these numbers to the loss, with a weight for each sample. */
  public final Explanation explain(Object y, Object yHat, Object weights) {
    LossChecks.noPenalty(this);
    return explained(LossInputs.of(this, y, yHat).weighted(weights));
  }

  /** The loss of one sample and its slope, against the prediction. */
  public final Figure plot() {
    return LossCurve.of(drawn());
  }

  /** This loss beside others on one figure, against the prediction. */
  public final Figure plot(Loss... others) {
    Loss[] drawn =
        Stream.of(LossChecks.given(others, "plot", "losses", "leave the brackets empty"))
            .map(
                loss ->
                    LossChecks.given(loss, "plot", "losses", "run the cell that makes it first"))
            .map(Loss::drawn)
            .toArray(Loss[]::new);
    return LossCurve.compared(drawn(), drawn);
  }

  /**
   * The loss of one sample to play with: sliders for the truth, the prediction and each setting, a
   * curve and its tangent that move with them, also in a saved notebook and without a kernel.
   */
  public final Explorer explore() {
    return Exploration.of(drawn());
  }

  /** This loss times a number, to weigh it against others. */
  public final Loss times(double factor) {
    return WeightedSum.times(this, factor);
  }

  /**
   * This loss times a number that follows a schedule by the epoch: a term that comes in slowly, as
   * the divergence of a variational autoencoder does, or fades out. The history shows it as {@code
   * weight}. Asked in a cell, it is the first epoch's.
   *
   * <pre>{@code
   * mse().plus(mae().times(scheduled(epoch -> Math.min(1, epoch / 10.0))))
   * }</pre>
   *
   * @throws IllegalArgumentException where the weight is to be learned
   */
  public final Loss times(ScheduledOrLearned schedule) {
    return WeightedSum.times(this, schedule);
  }

  /** The sum of two losses: {@code mse().times(0.7).plus(mae().times(0.3))}. */
  public final Loss plus(Loss other) {
    return WeightedSum.sum(this, other);
  }

  /**
   * This loss and what large weights cost, the regularised objective \(J(\theta) = L + \lambda
   * R(\theta)\): {@code mse().plus(l2(0.01))}. As in Keras the losses that training and evaluation
   * report are those of J.
   */
  public final Loss plus(Penalty penalty) {
    return ReducedLoss.penalized(this, penalty().plus(penalty));
  }

  /** This loss with the sum over the samples in place of their mean. */
  public final Loss sum() {
    return ReducedLoss.reduced(this, Reduction.SUM);
  }

  /** This loss with the sum over the samples divided by their number: Keras's mean. */
  public final Loss mean() {
    return ReducedLoss.reduced(this, Reduction.MEAN);
  }

  /** This loss with the sum over the samples divided by that of their weights: PyTorch's mean. */
  public final Loss weightedMean() {
    return ReducedLoss.reduced(this, Reduction.WEIGHTED_MEAN);
  }

  /**
   * This loss with a weight for each class, by which the losses of its samples are multiplied; 1
   * for those not named. With {@link #weightedMean()} it is PyTorch's {@code weight}.
   *
   * @param weights by label: {@code Map.of(0, 1, 1, 5)}
   */
  public final Loss classWeight(Map<Integer, ? extends Number> weights) {
    checkSeesSamples("weights");
    ClassWeights classes = ClassWeights.of(weights);
    classes.check(this, classes(1) == 2 ? 1 : Integer.MAX_VALUE);
    return ReducedLoss.weighted(this, classes.isEmpty() ? Optional.empty() : Optional.of(classes));
  }

  /**
   * This loss of one output alone, for a model whose outputs are different tasks: {@code
   * mse().output(0).plus(huber().output(1))}.
   *
   * @param position counted from 0
   */
  public final Loss output(int position) {
    checkSeesSamples("one output");
    return OneOutput.of(this, position);
  }

  /** How many classes the truth tells apart; 0 where it is measurements, or several at once. */
  final int classes(int outputs) {
    return switch (target) {
      case LABEL, DISTRIBUTION -> outputs;
      case PROBABILITY, SIGN -> outputs == 1 ? 2 : 0;
      case VALUE, AMOUNT, NUMBER, BOX, GROUP -> 0;
    };
  }

  /** The numbers a sample's target has where the model has {@code outputs}: one for a label. */
  final int targets(int outputs) {
    return target.isOnePerSample() ? 1 : outputs;
  }

  /** This loss compiled for a model of {@code outputs} numbers a sample; for one thread. */
  final BatchLoss bind(int outputs) {
    return evaluator(outputs, this);
  }

  /**
   * This loss as a metric: of all samples at once, however they come in batches. A mean is divided
   * by what the samples weigh, as Keras's metrics are and its losses are not.
   */
  @Override
  public final Tally tally(int targets, int outputs) {
    LossChecks.noPenaltyAmongMetrics(this);
    LossChecks.nothingMovesAmongMetrics(this);
    checkTargetWidth(targets, outputs);
    boolean isPlain = reduction() == Reduction.MEAN && classWeights().isEmpty();
    Loss metric = isPlain ? weightedMean() : this;
    return new LossTally(metric.bind(outputs));
  }

  /**
   * Refuses targets of a width that this loss has no meaning for.
   *
   * @param width numbers a target has
   * @param outputs numbers a prediction has
   * @throws IllegalArgumentException with the loss that fits, where there is one
   */
  final void checkTargetWidth(int width, int outputs) {
    LossChecks.targetWidth(this, width, outputs);
    LossChecks.leastOutputs(this, outputs);
    classWeights().ifPresent(weights -> weights.check(this, outputs));
  }

  /**
   * Refuses targets that this loss has no meaning for: labels outside the classes, probabilities
   * outside [0, 1] or not summing to one, NaN and infinity.
   *
   * @param y {@code rows × targets}
   * @throws IllegalArgumentException naming the index and the value
   */
  final void checkTargets(float[] y, int rows, int outputs) {
    double[] wide = new double[rows * targets(outputs)];
    Arrays.setAll(wide, i -> y[i]);
    LossChecks.targets(this, wide, rows, outputs);
  }

  /**
   * Why a model with this end must not be trained with this loss, and which call to drop or add;
   * empty where the two fit.
   */
  final Optional<String> refusal(OutputActivation end) {
    return Mismatch.of(this, end);
  }

  /** Whether another prediction can make this smaller, as far as its formula tells. */
  final boolean hasSlope() {
    return !isFormula() || !Notation.slope(this).equals(Expr.of(0));
  }

  /** Whether nothing is left of this, being multiplied by 0. */
  boolean isSwitchedOff() {
    return false;
  }

  /** A notebook shows the formula as mathematics. */
  @Override
  public final Map<String, String> mimeBundle() {
    return equation(Markup.latex(name), name, this).mimeBundle();
  }

  /** The name and the formula: {@code mse: 1/n Σᵢ (yᵢ − ŷᵢ)²}. */
  @Override
  public String toString() {
    return equation(name, name, this).text().replaceFirst(" = ", ": ");
  }
}
