package org.lossbook.loss;

import java.util.List;
import java.util.Optional;
import org.lossbook.formula.Expr;
import org.lossbook.layer.Penalty;
import org.lossbook.metric.Direction;

/**
 * A loss refined by calls that most losses leave alone: another way from its samples to one number,
 * weights for classes, a price for weights. What it does not say itself, the loss inside says.
 */
final class ReducedLoss extends Loss {
  private final Loss loss;
  private final Reduction reduction;
  private final Optional<ClassWeights> classes;
  private final Penalty penalty;

  private ReducedLoss(
      Loss loss, Reduction reduction, Optional<ClassWeights> classes, Penalty penalty) {
    super(loss.name(), loss.target(), loss.prediction(), loss.settings());
    this.loss = loss;
    this.reduction = reduction;
    this.classes = classes;
    this.penalty = penalty;
  }

  static Loss reduced(Loss loss, Reduction reduction) {
    return new ReducedLoss(inner(loss), reduction, loss.classWeights(), loss.penalty());
  }

  static Loss weighted(Loss loss, Optional<ClassWeights> classes) {
    return new ReducedLoss(inner(loss), loss.reduction(), classes, loss.penalty());
  }

  static Loss penalized(Loss loss, Penalty penalty) {
    return new ReducedLoss(inner(loss), loss.reduction(), loss.classWeights(), penalty);
  }

  /** The loss without what was said of the way to one number. */
  static Loss inner(Loss loss) {
    return loss instanceof ReducedLoss refined ? refined.loss : loss;
  }

  /** {@code other} with the way of {@code manner}. */
  static Loss like(Loss manner, Loss other) {
    return manner.reduction() == other.reduction()
            && manner.classWeights().equals(other.classWeights())
            && manner.penalty().equals(other.penalty())
        ? other
        : new ReducedLoss(other, manner.reduction(), manner.classWeights(), manner.penalty());
  }

  @Override
  Direction directionAsMetric() {
    return loss.directionAsMetric();
  }

  @Override
  Optional<Loss> joinedWith(String activation) {
    return loss.joinedWith(activation).map(joined -> like(this, joined));
  }

  @Override
  Expr perSample(Expr y, Expr p) {
    return loss.perSample(y, p);
  }

  @Override
  Expr alone(Expr y, Expr p) {
    return loss.alone(y, p);
  }

  @Override
  List<Part> parts(Reduction by, boolean weighted) {
    return loss.parts(by, weighted);
  }

  @Override
  Expr finished(List<Expr> parts) {
    return loss.finished(parts);
  }

  @Override
  Reduction reduction() {
    return reduction;
  }

  @Override
  Optional<ClassWeights> classWeights() {
    return classes;
  }

  @Override
  Penalty penalty() {
    return penalty;
  }

  @Override
  ProbeSample sweep() {
    return loss.sweep();
  }

  @Override
  boolean isFormula() {
    return loss.isFormula();
  }

  @Override
  Compiled evaluator(int columns, Loss outer) {
    return loss.evaluator(columns, outer);
  }

  @Override
  Explanation explained(LossInputs in) {
    return loss.explained(in);
  }

  @Override
  Mathematics equation(String leftLatex, String leftText, Loss outer) {
    return loss.equation(leftLatex, leftText, outer);
  }

  @Override
  Mathematics slope(Loss outer) {
    return loss.slope(outer);
  }

  @Override
  Loss drawn() {
    return loss.isFormula() ? like(this, loss.drawn()) : loss.drawn();
  }

  @Override
  boolean seesWholeBatch() {
    return loss.seesWholeBatch();
  }

  @Override
  boolean isSwitchedOff() {
    return loss.isSwitchedOff();
  }

  @Override
  boolean takesLogitsAlone() {
    return loss.takesLogitsAlone();
  }

  @Override
  void checkTargetsOfParts(double[] y, int rows, int outputs) {
    loss.checkTargetsOfParts(y, rows, outputs);
  }

  @Override
  void checkPredictionsOfParts(double[] p, int rows, int outputs) {
    loss.checkPredictionsOfParts(p, rows, outputs);
  }

  @Override
  RowTruth rowTruth() {
    return loss.rowTruth();
  }

  @Override
  int leastOutputs() {
    return loss.leastOutputs();
  }

  @Override
  String unit() {
    return loss.unit();
  }
}
