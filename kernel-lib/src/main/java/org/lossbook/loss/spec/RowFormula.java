package org.lossbook.loss.spec;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.lossbook.formula.Expr;

/**
 * Formula over one row of truth and one of prediction.
 *
 * @param row the loss of each sample
 * @param finish what is done with the reduced loss at the very end, such as a root
 * @param wholeBatch the loss by sums over the batch, where no sample has a loss of its own
 * @param over the axes that a row is over, where it is not the last axis
 */
record RowFormula(
    BinaryOperator<Expr> row,
    Optional<UnaryOperator<Expr>> finish,
    Optional<BinaryOperator<Expr>> wholeBatch,
    List<Integer> over)
    implements LossFormula {

  static RowFormula of(BinaryOperator<Expr> row) {
    return new RowFormula(row, Optional.empty(), Optional.empty(), List.of());
  }

  @Override
  public Expr perSample(Expr y, Expr p) {
    return row.apply(y, p);
  }

  /** Batches are averaged by their rows, a sum of one number is that number: both as in Keras. */
  @Override
  public List<Part> parts(Expr y, Expr p, Reduction by, boolean weighted) {
    return wholeBatch
        .map(formula -> List.of(new Part(formula.apply(y, p), Reduction.MEAN)))
        .orElseGet(() -> LossFormula.super.parts(y, p, by, weighted));
  }

  @Override
  public Expr finished(List<Expr> parts) {
    return finish.map(last -> last.apply(parts.get(0))).orElse(parts.get(0));
  }

  @Override
  public boolean isSumOverSamples() {
    return finish.isEmpty() && !seesWholeBatch();
  }

  @Override
  public boolean seesWholeBatch() {
    return wholeBatch.isPresent() || over.contains(0);
  }

  @Override
  public int[] axes() {
    return over.stream().mapToInt(Integer::intValue).toArray();
  }
}
