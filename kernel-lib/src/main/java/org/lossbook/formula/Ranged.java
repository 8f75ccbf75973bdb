package org.lossbook.formula;

import java.util.List;
import java.util.Locale;
import org.lossbook.Internal;

/**
 * A constant of a formula that a slider moves.
 *
 * @param whole the constant with its range, as it stands in the formula
 * @param letter the parameter alone
 * @param text its name
 * @param latex its name in LaTeX
 * @param first its value
 * @hidden
 */
@Internal
public record Ranged(
    Expr whole, Expr letter, String text, String latex, double first, double low, double high) {
  /** Those of a formula, in the order in which they stand there. */
  public static List<Ranged> in(Expr formula) {
    return Traversal.postOrder(formula.node(), node -> false).stream()
        .filter(node -> node.op() == Leaves.BETWEEN)
        .map(Ranged::of)
        .toList();
  }

  private static Ranged of(ExprNode node) {
    ExprNode letter = node.arg(0);
    return new Ranged(
        new Expr(node),
        new Expr(letter),
        letter.symbol(false),
        letter.symbol(true),
        letter.number(),
        node.arg(1).number(),
        node.arg(2).number());
  }

  static ExprNode between(ExprNode named, double low, double high) {
    boolean isNamed = named.op() == Leaves.NAMED || named.op() == Leaves.PARAMETER;
    boolean isRange = Double.isFinite(low) && Double.isFinite(high) && low < high;
    if (!isNamed || !isRange || !(low <= named.number() && named.number() <= high)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "between expects a named number inside its range but receives %s between %s and %s: write named(\"δ\", 1).between(0.1, 5).",
              new Expr(named),
              Numbers.text(low),
              Numbers.text(high)));
    }
    ExprNode letter =
        ExprNode.leaf(
            Leaves.PARAMETER,
            Shape.SCALAR,
            named.number(),
            named.symbol(false),
            named.symbol(true));
    return ExprNode.of(Leaves.BETWEEN, letter, ExprNode.of(low), ExprNode.of(high));
  }
}
