package org.lossbook.loss;

import java.util.List;
import java.util.Optional;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Shape;
import org.lossbook.metric.Direction;

/**
 * What a loss says of itself, from which all that can be asked of it comes: {@link #perSample} is
 * the formula, and most losses say nothing else.
 */
abstract class Declaration {
  static final Expr WEIGHT = Expr.variable("w", "w", Shape.SAMPLE);

  /** Keras's smallest number worth telling from 0. */
  static final Expr EPSILON = Expr.of(1e-7).as("ε", "\\varepsilon");

  final Target target;
  final Prediction prediction;

  Declaration(Target target, Prediction prediction) {
    this.target = target;
    this.prediction = prediction;
  }

  /** The loss of each sample: an expression with one number a sample. */
  abstract Expr perSample(Expr y, Expr p);

  /** How the samples' losses become one number. */
  Reduction reduction() {
    return Reduction.MEAN;
  }

  /** What samples count by their class; empty where all count alike. */
  Optional<ClassWeights> classWeights() {
    return Optional.empty();
  }

  /**
   * The numbers over the batch that this is made of: one, the samples' losses reduced. A loss that
   * sees its batch as a whole has another here.
   */
  List<Part> parts(Reduction by, boolean weighted) {
    return List.of(new Part(by.of(perSample(y(), p()), weighted), by));
  }

  /** This from its parts, each over all samples. */
  Expr finished(List<Expr> parts) {
    return finished(parts.get(0));
  }

  /** The loss of a batch that is one sample, for each of many. */
  Expr alone(Expr y, Expr p) {
    return finished(List.of(perSample(y, p)));
  }

  /** What is done with the reduced loss at the very end, such as a root; nothing by default. */
  Expr finished(Expr reduced) {
    return reduced;
  }

  /** Refuses targets that a loss of one output, which may be a part of this, has no meaning for. */
  void checkTargetsOfParts(double[] y, int rows, int outputs) {}

  /** Refuses predictions that a loss of one output has no meaning for. */
  void checkPredictionsOfParts(double[] p, int rows, int outputs) {}

  /** What this asks of a row of truth, where its target is one of classes. */
  RowTruth rowTruth() {
    return RowTruth.PROBABILITIES;
  }

  /** The outputs that a model must have at least. */
  int leastOutputs() {
    return 1;
  }

  /** Whether this is nothing but the samples' losses, reduced. */
  boolean isSumOverSamples() {
    return objective(false).equals(reduction().of(perSample(y(), p()), false));
  }

  /** Whether this is one number of the whole batch, in which no sample has a share of its own. */
  boolean seesWholeBatch() {
    return false;
  }

  /**
   * The steps, with the reduction of the loss that {@code in} is for, which may be a refined this.
   */
  Explanation explained(LossInputs in) {
    Loss loss = in.loss();
    if (loss.parts(loss.reduction(), false).size() > 1) {
      return Explanation.ofParts(loss, in);
    }
    return seesWholeBatch()
        ? Explanation.ofWholeBatch(in.loss(), in)
        : new Explanation(in.loss(), in);
  }

  /** Whether this is declared as an expression, and not written by hand. */
  boolean isFormula() {
    return true;
  }

  /** This at work on rows of one width, with the reduction of {@code outer}. */
  Compiled evaluator(int columns, Loss outer) {
    return new Evaluator(outer, columns);
  }

  /** What this is, as an equation, with the reduction of {@code outer}. */
  Mathematics equation(String leftLatex, String leftText, Loss outer) {
    return Mathematics.equation(leftLatex, leftText, Notation.objective(outer));
  }

  /** Its derivative, with the reduction of {@code outer}. */
  Mathematics slope(Loss outer) {
    return Notation.derivative(outer);
  }

  /** Whether this has no form for probabilities. */
  boolean takesLogitsAlone() {
    return false;
  }

  /** Which way this goes among the metrics as a model gets better. */
  Direction directionAsMetric() {
    return Direction.DOWN;
  }

  /** The unit of the value, empty where it is the prediction's own affair. */
  String unit() {
    return "";
  }

  /** What tells this from others of its name beside settings and unit, in words for a figure. */
  String variation() {
    return "";
  }

  final Expr y() {
    return target.expr();
  }

  final Expr p() {
    return prediction.expr();
  }

  /** What training makes small, as a formula: finished, without what weights cost. */
  final Expr objective(boolean weighted) {
    return finished(parts(reduction(), weighted).stream().map(Part::value).toList());
  }
}
