package org.lossbook.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Saveable;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.loss.check.LossChecks;
import org.lossbook.loss.check.LossInputs;
import org.lossbook.loss.combine.OneOutput;
import org.lossbook.loss.combine.WeightedSum;
import org.lossbook.loss.evaluate.CompiledLoss;
import org.lossbook.loss.evaluate.LossTally;
import org.lossbook.loss.evaluate.SharedEvaluator;
import org.lossbook.loss.explain.ComparedExploration;
import org.lossbook.loss.explain.Explanation;
import org.lossbook.loss.explain.Explanations;
import org.lossbook.loss.explain.Exploration;
import org.lossbook.loss.explain.LossCurve;
import org.lossbook.loss.explain.Notation;
import org.lossbook.loss.spec.Aggregation;
import org.lossbook.loss.spec.ClassWeights;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Mathematics;
import org.lossbook.loss.spec.Reduction;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.loss.spec.SequenceFormula;
import org.lossbook.loss.spec.Setting;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.metric.SampleShape;
import org.lossbook.notebook.Markup;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;
import org.lossbook.plot.explorer.ComparedExplorer;
import org.lossbook.plot.explorer.Explorer;

/**
 * Loss function: how wrong a prediction is, as one number that training minimizes. An immutable
 * value, declared once as a formula, from which its value, its gradient, its mathematics and its
 * worked steps come.
 *
 * <p>The truth always comes first. A vector is n samples of one number; where a prediction is a
 * whole distribution, it is one sample. A matrix has one sample per row. A loss is the mean over
 * the outputs of a sample (for categorical losses: their sum) and then over the samples; weights
 * multiply the samples' losses, and the divisor remains their number, as in Keras.
 *
 * <p>An array of more axes, such as {@code [n, h, w, c]}, has a row along its last axis at every
 * position, each of which counts as a sample does; labels are {@code [n, h, w]} beside it, and
 * weights one per sample or one per position.
 *
 * <p>Values may be numbers, {@code double[]}, {@code double[][]}, {@code float[]} or {@code
 * float[][]}.
 *
 * <pre>{@code
 * mse().of(vector(3, 5), vector(2.5, 5.5))         // 0.25
 * mse().gradient(vector(3, 5), vector(2.5, 5.5))   // [-0.5, 0.5]
 * }</pre>
 */
public class Loss implements Metric, Renderable, Saveable {
  private final LossSpec spec;
  private final SharedEvaluator evaluator;

  /**
   * The loss that {@code spec} describes.
   *
   * @hidden
   */
  @Internal
  public Loss(LossSpec spec) {
    this.spec = spec;
    evaluator = new SharedEvaluator(spec);
  }

  /** What the loss is: its formula and all that is said of it. */
  final LossSpec spec() {
    return spec;
  }

  /** Its factory's name, as it stands in tables and messages: {@code mse}. */
  @Override
  public final String name() {
    return spec.name();
  }

  /**
   * Down for the losses of this library, as in Keras. For a custom loss it is unknown, as it may be
   * a share of hits as well: a callback that monitors it needs its {@code mode}.
   */
  @Override
  public final Direction direction() {
    return spec.direction();
  }

  /** Its settings, in the order of their declaration. */
  public final List<Setting> settings() {
    return spec.settings();
  }

  /** How it is saved, as Keras writes it; empty where no file can hold it. */
  @Override
  public final Optional<Config> config() {
    return spec.config();
  }

  /** The loss of predictions {@code yHat} where the truth is {@code y}. */
  public final double of(Object y, Object yHat) {
    LossChecks.noPenalty(spec);
    return evaluator.value(LossInputs.of(spec, y, yHat));
  }

  /** The loss with a weight for each sample. */
  public final double of(Object y, Object yHat, Object weights) {
    LossChecks.noPenalty(spec);
    return evaluator.value(LossInputs.of(spec, y, yHat).weighted(weights));
  }

  /** The gradient dL/dŷ at one number. */
  public final double gradient(double y, double yHat) {
    return evaluator.gradient(LossInputs.of(spec, y, yHat))[0];
  }

  /** The gradient dL/dŷ with respect to each number of a vector. */
  public final double[] gradient(double[] y, double[] yHat) {
    return evaluator.gradient(LossInputs.of(spec, y, yHat));
  }

  /** The gradient dL/dŷ with respect to each number of a matrix. */
  public final double[][] gradient(double[][] y, double[][] yHat) {
    return gradient((Object) y, yHat);
  }

  /** The gradient dL/dŷ with respect to each number of a matrix, for one label per sample. */
  public final double[][] gradient(double[] y, double[][] yHat) {
    return gradient((Object) y, yHat);
  }

  /** The gradient dL/dŷ, one sample per row. */
  public final double[][] gradient(Object y, Object yHat) {
    return evaluator.rows(LossInputs.of(spec, y, yHat));
  }

  /** The gradient dL/dŷ, one sample per row, with a weight for each sample. */
  public final double[][] gradient(Object y, Object yHat, Object weights) {
    return evaluator.rows(LossInputs.of(spec, y, yHat).weighted(weights));
  }

  /** The gradient dL/dŷ with respect to each number of a vector, with a weight for each sample. */
  public final double[] gradient(double[] y, double[] yHat, Object weights) {
    return evaluator.gradient(LossInputs.of(spec, y, yHat).weighted(weights));
  }

  /**
   * The loss of each sample, before the reduction over the batch; of arrays with positions that of
   * each position, row by row.
   */
  public final double[] perSample(Object y, Object yHat) {
    spec.checkSeesSamples("the loss of each");
    return evaluator.perSample(LossInputs.of(spec, y, yHat));
  }

  /** What this computes, as mathematics, with its reduction over the batch. */
  public final Mathematics formula() {
    return Notation.formula(spec);
  }

  /** The derivative with respect to each number of the prediction, as mathematics. */
  public final Mathematics derivative() {
    return Notation.derivative(spec);
  }

  /**
   * The derivative with respect to each number of the prediction, rule by rule from the formula to
   * {@link #derivative()}: each line names the rule that led to it, and marks the part that the
   * next one is about.
   *
   * <pre>{@code
   * mse().derive()   // … power rule and chain rule: (u²)′ = 2u·u′ …
   * }</pre>
   */
  public final Mathematics derive() {
    return Notation.derivation(spec);
  }

  /** The steps from these numbers to the loss, as a table. */
  public final Explanation explain(Object y, Object yHat) {
    LossChecks.noPenalty(spec);
    return Explanations.of(LossInputs.of(spec, y, yHat));
  }

  /** The steps from these numbers to the loss, with a weight for each sample. */
  public final Explanation explain(Object y, Object yHat, Object weights) {
    LossChecks.noPenalty(spec);
    return Explanations.of(LossInputs.of(spec, y, yHat).weighted(weights));
  }

  /** The loss of one sample and its slope, against the prediction. */
  public final Figure plot() {
    return LossCurve.of(spec.drawn());
  }

  /** This loss beside others on one figure, against the prediction. */
  public final Figure plot(Loss... others) {
    List<LossSpec> drawn =
        Stream.of(Require.given(others, "plot", "losses", "leave the brackets empty"))
            .map(loss -> Require.given(loss, "plot", "losses", "run the cell that makes it first"))
            .map(loss -> loss.spec().drawn())
            .toList();
    return LossCurve.compared(spec.drawn(), drawn);
  }

  /**
   * The loss of one sample to play with: sliders for the truth, the prediction and each setting, a
   * curve and its tangent that move with them, also in a saved notebook and without a kernel.
   */
  public final Explorer explore() {
    return Exploration.of(spec.drawn());
  }

  /**
   * This loss beside others to play with, over the same truth and prediction: {@code
   * huber(1).explore(huber(5))}.
   */
  public final ComparedExplorer explore(Loss... others) {
    List<LossSpec> compared = new ArrayList<>(List.of(spec.drawn()));
    for (Loss loss : Require.given(others, "explore", "losses", "leave the brackets empty")) {
      String fix = "run the cell that makes it first";
      compared.add(Require.given(loss, "explore", "losses", fix).spec().drawn());
    }
    return ComparedExploration.of(compared);
  }

  /** This loss times a number, to weigh it against others. */
  public final Loss times(double factor) {
    return new Loss(WeightedSum.times(spec, factor));
  }

  /**
   * This loss times a number that follows a schedule by the epoch: a term that comes in slowly, as
   * the divergence of a variational autoencoder does, or fades out. The history shows it as {@code
   * weight}. Outside training, the weight of the first epoch is used.
   *
   * <pre>{@code
   * mse().plus(mae().times(scheduled(epoch -> Math.min(1, epoch / 10.0))))
   * }</pre>
   *
   * @throws IllegalArgumentException where the weight is to be learned
   */
  public final Loss times(ScheduledOrLearned schedule) {
    return new Loss(WeightedSum.times(spec, schedule));
  }

  /** The sum of two losses: {@code mse().times(0.7).plus(mae().times(0.3))}. */
  public final Loss plus(Loss other) {
    Require.given(other, "plus", "a loss or a penalty", "run the cell that makes it first");
    return new Loss(WeightedSum.sum(spec, other.spec()));
  }

  /**
   * This loss and what large weights cost, the regularised objective \(J(\theta) = L + \lambda
   * R(\theta)\): {@code mse().plus(l2(0.01))}. As in Keras the losses that training and evaluation
   * report are those of J.
   */
  public final Loss plus(Regularizer penalty) {
    return with(spec.aggregation().with(spec.penalty().plus(penalty).ofNumbers("plus")));
  }

  /** This loss with the sum over the samples in place of their mean. */
  public final Loss sum() {
    return with(spec.aggregation().with(Reduction.SUM));
  }

  /** This loss with the sum over the samples divided by their number: Keras's mean. */
  public final Loss mean() {
    return with(spec.aggregation().with(Reduction.MEAN));
  }

  /** This loss with the sum over the samples divided by that of their weights: PyTorch's mean. */
  public final Loss weightedMean() {
    return with(spec.aggregation().with(Reduction.WEIGHTED_MEAN));
  }

  /**
   * This loss with a weight for each class, by which the losses of its samples are multiplied; 1
   * for those not named. With {@link #weightedMean()} it is PyTorch's {@code weight}.
   *
   * @param weights by label: {@code Map.of(0, 1, 1, 5)}
   */
  public final Loss classWeight(Map<Integer, ? extends Number> weights) {
    spec.checkSeesSamples("weights");
    ClassWeights classes = ClassWeights.of(weights);
    LossChecks.classWeights(spec, classes, spec.classes(1) == 2 ? 1 : Integer.MAX_VALUE);
    return with(
        spec.aggregation().with(classes.isEmpty() ? Optional.empty() : Optional.of(classes)));
  }

  /**
   * This loss without the samples, or positions, of that label: as if they were not there, they
   * count neither in the sum nor in what it is divided by. Keras's {@code ignore_class}, PyTorch's
   * {@code ignore_index}; for answers, any number but 0 and 1.
   *
   * <pre>{@code
   * sparseCategoricalCrossentropy().ignore(255)
   * }</pre>
   *
   * @throws IllegalArgumentException where the truth is no label and no answer
   */
  @Override
  public Loss ignore(int label) {
    return new Loss(spec.ignoring(label));
  }

  /**
   * This loss of one output alone, for a model whose outputs are different tasks: {@code
   * mse().output(0).plus(huber().output(1))}.
   *
   * @param position counted from 0
   */
  public final Loss output(int position) {
    spec.checkSeesSamples("one output");
    return new Loss(OneOutput.of(spec, position));
  }

  private Loss with(Aggregation other) {
    return new Loss(spec.withAggregation(other));
  }

  /**
   * This loss as a metric: of all samples at once, however they come in batches. A mean is divided
   * by what the samples weigh, as Keras's metrics are and its losses are not.
   */
  @Override
  public final Tally tally(int targets, int outputs) {
    LossChecks.noPenaltyAmongMetrics(spec);
    LossChecks.nothingMovesAmongMetrics(spec);
    LossChecks.targetWidth(spec, targets, outputs);
    if (spec.formula().axes().length > 0) {
      throw Messages.wrong(
          "%s as a metric expects sums over the last axis or the whole batch but has others: leave out .axis(…), or call .eachSample().",
          name());
    }
    return new LossTally(CompiledLoss.of(asMetric(), outputs));
  }

  /**
   * The tally for samples of a shape, which a loss of sequences sees whole.
   *
   * @hidden
   */
  @Internal
  @Override
  public final Tally tally(SampleShape sample) {
    Tally ofRows = Metric.super.tally(SampleShape.given(sample));
    return !(spec.formula() instanceof SequenceFormula)
        ? ofRows
        : new LossTally(CompiledLoss.ofShape(asMetric(), sample.prediction()), true);
  }

  private LossSpec asMetric() {
    boolean isPlain = spec.reduction() == Reduction.MEAN && spec.classWeights().isEmpty();
    return isPlain ? spec.withAggregation(spec.aggregation().with(Reduction.WEIGHTED_MEAN)) : spec;
  }

  /** A notebook shows the formula as mathematics. */
  @Override
  public final Map<String, String> mimeBundle() {
    return Notation.equation(Markup.latex(name()), name(), spec).mimeBundle();
  }

  /** The name and the formula: {@code mse: 1/n Σᵢ (yᵢ − ŷᵢ)²}. */
  @Override
  public final String toString() {
    return Notation.equation(name(), name(), spec).text().replaceFirst(" = ", ": ");
  }
}
