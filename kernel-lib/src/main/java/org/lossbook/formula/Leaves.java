package org.lossbook.formula;

import static org.lossbook.formula.Op.Kind.ELEMENTWISE;
import static org.lossbook.formula.Op.composite;
import static org.lossbook.formula.Op.gradients;
import static org.lossbook.formula.Op.leaf;

/**
 * Leaves of the expression graph: numbers, variables, parameters and counts; and names for parts of
 * a formula. See {@link Op} for how to read an entry.
 */
final class Leaves {
  private Leaves() {}

  static final Op NUMBER = leaf("number");

  static final Op NAMED = leaf("named constant");

  static final Op VARIABLE = leaf("variable");

  static final Op PARAMETER = leaf("parameter");

  /** A parameter and the range that its slider covers. */
  static final Op BETWEEN =
      composite("between", ELEMENTWISE, e -> e.arg(0), (g, e) -> gradients(g), "5|#a0", "5|#a0");

  /** The number of samples in the batch. */
  static final Op ROWS = leaf("rows");

  /** The number of outputs of a sample. */
  static final Op COLUMNS = leaf("columns");

  /** The number of numbers in the batch: samples times outputs. */
  static final Op NUMBERS = leaf("numbers");

  /** The position in a row: 0, 1, … */
  static final Op POSITION = leaf("position");

  /** A name for its operand, which the printed formula defines once. */
  static final Op ALIAS =
      composite("alias", ELEMENTWISE, e -> e.arg(0), (g, e) -> gradients(g), "5|#a0", "5|#a0");
}
