package org.lossbook.loss;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.lossbook.Internal;
import org.lossbook.engine.Shapes;
import org.lossbook.formula.Expr;
import org.lossbook.formula.JavaScript;
import org.lossbook.formula.Program.Output;
import org.lossbook.formula.Shape;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.loss.check.LossChecks;
import org.lossbook.loss.check.Mismatch;
import org.lossbook.loss.check.OutputActivation;
import org.lossbook.loss.check.SequenceInputs;
import org.lossbook.loss.check.TargetShape;
import org.lossbook.loss.combine.WeightedSum;
import org.lossbook.loss.evaluate.BatchLoss;
import org.lossbook.loss.evaluate.CompiledLoss;
import org.lossbook.loss.spec.ClassWeights;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.PairwiseFormula;
import org.lossbook.loss.spec.Reduction;
import org.lossbook.loss.spec.Setting;
import org.lossbook.loss.spec.Target;

/**
 * Loss as training sees it. It stands beside {@link Loss} and not in it, so that Tab lists there
 * what a reader may ask.
 *
 * @param loss what is trained with
 * @hidden
 */
@Internal
public record TrainingLoss(Loss loss) {
  /**
   * The same loss taken from the numbers before the model's last activation (Keras's name), where
   * the two belong together.
   */
  public Optional<Loss> fusedWith(String activation) {
    return loss.spec().fusedWith(activation).map(Loss::new);
  }

  /** Those of the settings that move while a model trains, in the order of their declaration. */
  public List<Setting> movingSettings() {
    return loss.spec().movingSettings();
  }

  /** The label that does not count, if any. */
  public OptionalInt ignored() {
    return loss.spec().ignored();
  }

  /** What the model's weights cost beside the loss. */
  public Regularizer penalty() {
    return loss.spec().penalty();
  }

  /**
   * How many rows a sample's output is for the loss, one at each position: a picture's pixels, the
   * steps of a sequence. One for a loss that compares whole samples with each other.
   */
  public int positions(int... output) {
    return Shapes.size(output) / width(output);
  }

  /** How many numbers such a row has. */
  public int width(int... output) {
    return loss.spec().formula() instanceof PairwiseFormula
        ? Shapes.size(output)
        : Shapes.last(output);
  }

  /** The numbers a row's target has where a prediction has {@code outputs}: one for a label. */
  public int targets(int outputs) {
    return loss.spec().targets(outputs);
  }

  /** How many classes the truth tells apart; 0 where it is measurements, or several at once. */
  public int classes(int outputs) {
    return loss.spec().classes(outputs);
  }

  /** Whether the truth is a yes or a no for each output. */
  public boolean takesAnswers() {
    return loss.spec().target() == Target.PROBABILITY || loss.spec().target() == Target.SIGN;
  }

  /** Above what an output is a yes: one half, or 0 where the loss takes logits or scores. */
  public double yesAbove() {
    return loss.spec().prediction().isSigned() ? 0 : 0.5;
  }

  /** The loss compiled for predictions of this shape; for one thread. */
  public BatchLoss bind(int... output) {
    return CompiledLoss.ofShape(loss.spec(), output);
  }

  /**
   * The loss of a batch and its slopes in JavaScript, {@code (n, y, yHat) => [loss, slopes]}; empty
   * where it is no fixed formula of its rows, or weighs them.
   */
  public Optional<String> javascript(int outputs) {
    LossSpec spec = loss.spec();
    if (!isPlain(spec) || ignored().isPresent() || !movingSettings().isEmpty()) {
      return Optional.empty();
    }
    Expr value = spec.objective(false);
    Output slopes = new Output(value.gradient(spec.p()), Shape.ELEMENT);
    return Optional.of(JavaScript.of(outputs, List.of(spec.y(), spec.p()), value, slopes));
  }

  private static boolean isPlain(LossSpec spec) {
    return spec.isFormula()
        && spec.formula().axes().length == 0
        && spec.classWeights().isEmpty()
        && spec.formula().terms().stream().allMatch(TrainingLoss::isPlain);
  }

  /** Refuses weights of classes that the loss does not tell apart. */
  public void checkClassWeights(ClassWeights weights, int outputs) {
    LossChecks.classWeights(loss.spec(), weights, outputs);
  }

  /** The loss with this reduction over its samples. */
  public Loss reducedBy(Reduction by) {
    LossSpec spec = loss.spec();
    return by == spec.reduction()
        ? loss
        : new Loss(spec.withAggregation(spec.aggregation().with(by)));
  }

  /** The loss without the number that it is multiplied by, which Keras keeps elsewhere. */
  public Loss unscaled() {
    return WeightedSum.scaled(loss.spec()).map(scaled -> new Loss(scaled.loss())).orElse(loss);
  }

  /** The number that the loss is multiplied by; 1 where there is none, or several. */
  public double factor() {
    return WeightedSum.scaled(loss.spec()).map(WeightedSum.Scaled::factor).orElse(1.0);
  }

  /**
   * Refuses targets of a shape that the loss has no meaning for.
   *
   * @param who the caller: {@code fit}
   */
  public void checkTargetShape(String who, int[] target, int[] output) {
    if (takesSequences()) {
      SequenceInputs.checkShape(loss.spec(), who, target, output);
    } else if (positions(output) == 1) {
      checkTargetWidth(Shapes.size(target), Shapes.size(output));
    } else {
      new TargetShape(loss.spec(), output).check(who, target);
    }
  }

  /** Whether the truth is a sequence of labels, of any length. */
  public boolean takesSequences() {
    return loss.spec().target() == Target.SEQUENCE;
  }

  /**
   * Refuses sequences of labels that do not fit the steps of the model's output.
   *
   * @param samples how many there are in {@code y}
   */
  public void checkSequences(float[] y, int samples, int steps) {
    if (takesSequences()) {
      SequenceInputs.check(loss.spec(), y, samples, steps);
    }
  }

  /** Sets a row of targets that does not count to one that the loss knows. */
  public void fillNeutral(float[] y, int row, int width) {
    boolean isDistribution = loss.spec().target() == Target.DISTRIBUTION;
    for (int i = 0; i < width; i++) {
      y[row * width + i] = isDistribution && i > 0 ? 0 : (float) loss.spec().neutralTruth();
    }
  }

  /**
   * Whether it judges each row of an output of that shape by itself, so that masked ones can be
   * left out.
   */
  public boolean takesMasks(int... output) {
    boolean isByRow =
        loss.spec().isFormula()
            && loss.spec().formula().axes().length == 0
            && positions(output) == Shapes.size(output) / Shapes.last(output);
    return isByRow || takesSequences();
  }

  /** Refuses targets of a width that the loss has no meaning for. */
  public void checkTargetWidth(int width, int outputs) {
    LossChecks.targetWidth(loss.spec(), width, outputs);
  }

  /** Refuses targets that the loss has no meaning for, naming the index and the value. */
  public void checkTargets(float[] y, int rows, int outputs) {
    double[] wide = new double[rows * targets(outputs)];
    Arrays.setAll(wide, i -> y[i]);
    LossChecks.targets(loss.spec(), wide, rows, outputs);
  }

  /** Why nothing can be learnt from the loss, whatever the model; empty where something can. */
  public Optional<String> withoutSlope() {
    return Mismatch.withoutSlope(loss.spec());
  }

  /** Whether the loss is multiplied by 0, as one may be among several. */
  public boolean isSwitchedOff() {
    return loss.spec().formula().isSwitchedOff();
  }

  /** Why a model with this end must not be trained with the loss, and which call to change. */
  public Optional<String> refusal(OutputActivation end) {
    return Mismatch.of(loss.spec(), end);
  }
}
