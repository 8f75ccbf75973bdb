package org.lossbook.metric.confusion;

import org.lossbook.formula.Expr;
import org.lossbook.formula.Shape;

/** The symbols of the four counts, and of what a formula of them needs. */
final class Counts {
  static final Expr TP = count("TP");
  static final Expr FP = count("FP");
  static final Expr FN = count("FN");
  static final Expr TN = count("TN");

  /** How many times recall counts as much as precision. */
  static final Expr BETA = Expr.variable("β", "\\beta", Shape.ELEMENT);

  private Counts() {}

  private static Expr count(String name) {
    return Expr.variable(name, "\\mathit{" + name + "}", Shape.ELEMENT);
  }
}
