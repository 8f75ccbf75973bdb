package org.lossbook.loss;

import org.lossbook.formula.Expr;

/** What the margin losses share: which side of 0 a score belongs to. */
final class Margin {
  private Margin() {}

  /** −1 or +1 for a label, be it written as one of these, or as 0 or 1. */
  static Expr side(Expr y) {
    return Expr.where(y.equalTo(Expr.of(0)), Expr.of(-1), y).as("ỹ", "\\tilde y");
  }

  /** By how much a score falls short of standing 1 on its side. */
  static Expr missing(Expr y, Expr score) {
    return Expr.of(1).minus(side(y).times(score)).max(0);
  }

  /** What the true class's score lacks to lead each other by m, to the power p. */
  static Expr ofAll(Expr m, Expr p, Expr y, Expr s) {
    Expr missing = m.minus(s.pick(y)).plus(s).max(0);
    return missing.pow(p).mean().minus(m.pow(p).over(Expr.outputs())); // less the true class's m
  }
}
