package org.lossbook.loss;

import java.util.function.BinaryOperator;
import org.lossbook.config.Require;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Shape;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.OwnConstants;
import org.lossbook.metric.Direction;

/**
 * Custom loss, from an expression over the truth and the prediction. One with a number for each
 * output is averaged over the outputs of a sample, as the built-in ones are.
 *
 * <pre>{@code
 * loss("pinball", (t, q) -> t.minus(q).times(0.9).max(q.minus(t).times(0.1)))
 *     .of(vector(3), vector(2))   // 0.9
 * loss("capped", (y, p) -> where(y.minus(p).abs().atMost(1), y.minus(p).square(), y.minus(p).abs()))
 *     .of(vector(3, 3), vector(2.5, 1))   // 1.125
 * }</pre>
 *
 * @question What does your own formula say about the error?
 * @use When no loss of the library says what an error costs you.
 * @avoid When a named loss fits: readers know it, and its formula is tested.
 * @source Your own formula.
 */
public final class CustomLoss extends Loss {
  private static final String FIX = "write loss(\"cube\", (y, p) -> y.minus(p).abs().pow(3))";

  private CustomLoss(LossSpec spec) {
    super(spec);
    if (spec.perSample().shape() == Shape.SCALAR) {
      throw new IllegalArgumentException(
          spec.name()
              + " expects an expression with a number for each output or each sample but receives "
              + spec.perSample()
              + ": leave batchMean() and batchSum() to the loss, which has .mean() and .sum().");
    }
  }

  /** A loss that prints as {@code name} and is {@code (y, p) -> …}. */
  public static CustomLoss loss(String name, BinaryOperator<Expr> declaration) {
    Require.given(name, "loss", "a name", FIX);
    Require.given(declaration, "loss", "an expression of y and ŷ", FIX);
    return new CustomLoss(
        OwnConstants.asSettings(
                LossSpec.regression(name, (y, p) -> perSample(name, declaration.apply(y, p))))
            .withDirection(Direction.UNKNOWN));
  }

  private static Expr perSample(String name, Expr said) {
    Expr declared = Require.given(said, name, "an expression of y and ŷ", FIX);
    return declared.shape() == Shape.ELEMENT ? declared.mean() : declared;
  }
}
