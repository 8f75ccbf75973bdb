package org.lossbook.loss.spec;

import org.lossbook.Internal;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Shape;

/**
 * Reduction of the samples' losses to one number.
 *
 * @hidden
 */
@Internal
public enum Reduction {
  /** The sum over the samples divided by their number, weighted or not: Keras's default. */
  MEAN,
  /** The sum over the samples. */
  SUM,
  /** The sum over the samples divided by the sum of their weights: PyTorch's meaning. */
  WEIGHTED_MEAN;

  /** A sample's weight, as it stands in formulas. */
  public static final Expr WEIGHT = Expr.variable("w", "w", Shape.SAMPLE);

  /** The samples' losses as one number. */
  Expr of(Expr perSample, boolean weighted) {
    Expr each = weighted ? WEIGHT.times(perSample) : perSample;
    return switch (this) {
      case MEAN -> each.batchMean();
      case SUM -> each.batchSum();
      case WEIGHTED_MEAN -> weighted ? each.batchSum().over(WEIGHT.batchSum()) : each.batchMean();
    };
  }

  /** Its name as one calls it. */
  public String says() {
    return switch (this) {
      case MEAN -> "mean";
      case SUM -> "sum";
      case WEIGHTED_MEAN -> "weighted mean";
    };
  }

  /** Its name in Keras's files. */
  public String kerasName() {
    return switch (this) {
      case MEAN -> "sum_over_batch_size";
      case SUM -> "sum";
      case WEIGHTED_MEAN -> "mean_with_sample_weight";
    };
  }

  /** What a batch's number was divided by. */
  public double divisor(int rows, double weights) {
    return switch (this) {
      case MEAN -> rows;
      case SUM -> 1;
      case WEIGHTED_MEAN -> weights;
    };
  }
}
