package org.lossbook.loss.box;

import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LossSpec;

/** The areas of two boxes with corners (x₁, y₁, x₂, y₂): that of both, of either, around them. */
record Boxes(Expr both, Expr either, Expr around) {
  static Boxes of(Expr y, Expr p) {
    Expr both = overlap(y, p, 0).max(0).times(overlap(y, p, 1).max(0)).as("I", "I");
    Expr either = area(y).plus(area(p)).minus(both).as("U", "U");
    return new Boxes(both, either, span(y, p, 0).times(span(y, p, 1)).as("C", "C"));
  }

  /** How far the two reach over each other along an axis; below 0 the gap between them. */
  private static Expr overlap(Expr y, Expr p, int axis) {
    Expr high = y.component(axis + 2).min(p.component(axis + 2));
    Expr overlap = high.minus(y.component(axis).max(p.component(axis)));
    return axis == 0 ? overlap.as("a", "a") : overlap.as("b", "b");
  }

  /** From where the first begins to where the last ends along an axis. */
  private static Expr span(Expr y, Expr p, int axis) {
    Expr high = y.component(axis + 2).max(p.component(axis + 2));
    Expr span = high.minus(y.component(axis).min(p.component(axis)));
    return axis == 0 ? span.as("c", "c") : span.as("d", "d");
  }

  private static Expr area(Expr box) {
    Expr width = box.component(2).minus(box.component(0));
    return width.times(box.component(3).minus(box.component(1)));
  }

  /** I / U; two boxes without an area share none. */
  Expr share() {
    return both.over(either.plus(LossSpec.EPSILON));
  }

  /** The part of the box around the two that neither fills. */
  Expr emptiness() {
    return around.minus(either).over(around.plus(LossSpec.EPSILON));
  }
}
