package org.lossbook.loss;

import java.util.List;
import java.util.function.UnaryOperator;
import org.lossbook.formula.Expr;

/**
 * What the losses of overlap share: they compare sums over the whole batch, as Keras's do by
 * default, and so are one number that no sample has a share in; or those of each sample.
 */
abstract class Overlap extends Loss {
  private final boolean ofEachSample;

  Overlap(String name, boolean ofEachSample, Setting... settings) {
    super(name, Target.PROBABILITY, Prediction.PROBABILITY, settings);
    this.ofEachSample = ofEachSample;
  }

  /** The loss by sums over what {@code total} adds up. */
  abstract Expr of(UnaryOperator<Expr> total, Expr y, Expr p);

  final boolean ofEachSample() {
    return ofEachSample;
  }

  @Override
  final boolean seesWholeBatch() {
    return !ofEachSample;
  }

  @Override
  final Expr perSample(Expr y, Expr p) {
    return of(Expr::sum, y, p);
  }

  /** Batches are averaged by their rows, a sum of one number is that number: both as in Keras. */
  @Override
  final List<Part> parts(Reduction by, boolean weighted) {
    return ofEachSample
        ? super.parts(by, weighted)
        : List.of(new Part(of(Expr::batchSum, y(), p()), Reduction.MEAN));
  }
}
