package org.lossbook.loss;

import java.util.function.BinaryOperator;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Shape;
import org.lossbook.metric.Direction;

/**
 * A loss of the reader's own, from an expression over the truth and the prediction. One with a
 * number for each output is averaged over the outputs of a sample, as the built-in ones are.
 *
 * <pre>{@code
 * loss("pinball", (t, q) -> t.minus(q).times(0.9).max(q.minus(t).times(0.1)))
 *     .of(vector(3), vector(2))   // 0.9
 * loss("capped", (y, p) -> where(y.minus(p).abs().atMost(1), y.minus(p).square(), y.minus(p).abs()))
 *     .of(vector(3, 3), vector(2.5, 1))   // 1.125
 * }</pre>
 */
public final class CustomLoss extends Loss {
  private static final String FIX = "write loss(\"cube\", (y, p) -> y.minus(p).abs().pow(3))";

  private final BinaryOperator<Expr> declaration;

  private CustomLoss(String name, BinaryOperator<Expr> declaration) {
    super(name, Target.VALUE, Prediction.VALUE);
    this.declaration = declaration;
    if (perSample(y(), p()).shape() == Shape.SCALAR) {
      throw new IllegalArgumentException(
          name
              + " expects an expression with a number for each output or each sample but receives "
              + declaration.apply(y(), p())
              + ": leave batchMean() and batchSum() to the loss, which has .mean() and .sum().");
    }
  }

  /** A loss that prints as {@code name} and is {@code (y, p) -> …}. */
  public static CustomLoss loss(String name, BinaryOperator<Expr> declaration) {
    LossChecks.given(name, "loss", "a name", FIX);
    LossChecks.given(declaration, "loss", "an expression of y and ŷ", FIX);
    return new CustomLoss(name, declaration);
  }

  @Override
  Direction directionAsMetric() {
    return Direction.UNKNOWN;
  }

  @Override
  Expr perSample(Expr y, Expr p) {
    Expr declared =
        LossChecks.given(declaration.apply(y, p), name(), "an expression of y and ŷ", FIX);
    return declared.shape() == Shape.ELEMENT ? declared.mean() : declared;
  }
}
