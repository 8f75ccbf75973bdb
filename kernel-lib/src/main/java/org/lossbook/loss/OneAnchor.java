package org.lossbook.loss;

import java.util.List;
import java.util.function.UnaryOperator;
import org.lossbook.formula.Expr;

/** What is drawn of a loss among samples: one anchor, one positive that moves, one negative. */
final class OneAnchor extends Loss {
  private final FormulaSlider positive;
  private final Expr best;
  private final String against;
  private final UnaryOperator<Expr> declaration;

  OneAnchor(
      Loss loss,
      FormulaSlider positive,
      double best,
      String against,
      UnaryOperator<Expr> declaration) {
    super(loss.name(), Target.NUMBER, Prediction.EMBEDDING, loss.settings());
    this.positive = positive;
    this.best = Expr.of(best);
    this.against = against;
    this.declaration = declaration;
  }

  @Override
  ProbeSample sweep() {
    List<FormulaSlider> moving = List.of(positive.towards(best));
    return new ProbeSample(
        List.of(), moving, 1, Expr.of(0), Expr.row(positive.letter()), against, "together");
  }

  @Override
  Expr perSample(Expr y, Expr p) {
    return declaration.apply(p).mean();
  }
}
