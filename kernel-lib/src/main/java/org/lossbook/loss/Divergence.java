package org.lossbook.loss;

import java.util.function.BinaryOperator;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LogBase;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Target;

/**
 * What the divergences share: two rows of probabilities, and the logarithm's base. A vector is one
 * distribution.
 *
 * @param <S> the loss itself, so that calls chain
 */
public abstract class Divergence<S extends Divergence<S>> extends Loss {
  Divergence(LossSpec spec) {
    super(spec);
  }

  static LossSpec spec(String name, LogBase base, BinaryOperator<Expr> perSample) {
    return LossSpec.of(name, Target.DISTRIBUTION, Prediction.DISTRIBUTION, perSample)
        .in(base.unit());
  }

  abstract S with(LogBase base);

  /** With logarithms to the base 2. */
  public final S bits() {
    return base(2);
  }

  /** With logarithms to this base: 2 for bits, 10 for decimal digits. */
  public final S base(double b) {
    return with(new LogBase(b));
  }
}
