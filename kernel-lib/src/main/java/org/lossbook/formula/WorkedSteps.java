package org.lossbook.formula;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.lossbook.Internal;

/**
 * Worked steps of a formula with the reader's numbers, as on paper: first the numbers in place of
 * the symbols, then the value of each term, then the result.
 *
 * @hidden
 */
@Internal
public final class WorkedSteps {
  private static final int MOST_TERMS = 6;

  /** A part with more symbols than that is shown as its value. */
  private static final int LONGEST = 600;

  private final Interpreter numbers;

  /**
   * Prepares the numbers of a batch.
   *
   * @param variables row-major numbers for each variable
   * @param rows samples
   * @param width outputs of a sample
   */
  public WorkedSteps(Map<Expr, double[]> variables, int rows, int width) {
    this(variables, rows, width, row -> {});
  }

  /**
   * Prepares the numbers of a batch that may be large.
   *
   * @param beforeRow called with each row before a sum over the batch reads it; it may throw
   */
  public WorkedSteps(Map<Expr, double[]> variables, int rows, int width, IntConsumer beforeRow) {
    numbers = new Interpreter(variables, rows, width, beforeRow);
  }

  /** The value for one sample. */
  public double value(Expr e, int row) {
    return numbers.at(e, row, 0);
  }

  /** The steps for one sample, without its value: {@code (3 − 2.5)²}, {@code 0.5²}. */
  public List<String> steps(Expr e, int row) {
    List<String> steps = new ArrayList<>();
    String result = Numbers.text(value(e, row));
    for (boolean termsDone : new boolean[] {false, true}) {
      String step = new WithNumbers(e.node(), row, termsDone).at(0, e.node());
      if (!step.equals(result) && !steps.contains(step)) {
        steps.add(step);
      }
    }
    return steps;
  }

  /** The sums over the batch in an expression, in order of appearance. */
  public static List<Expr> sums(Expr e) {
    Predicate<ExprNode> isSum = part -> part.op().kind() == Op.Kind.BATCH_REDUCTION;
    return Traversal.postOrder(e.node(), isSum).stream().filter(isSum).map(Expr::new).toList();
  }

  /** The named constants in an expression with their numbers, in order of appearance. */
  public static Map<Expr, Double> names(Expr e) {
    Map<Expr, Double> names = new LinkedHashMap<>();
    Traversal.postOrder(e.node()).stream()
        .filter(part -> part.op() == Leaves.NAMED)
        .forEach(part -> names.put(new Expr(part), part.number()));
    return names;
  }

  private final class WithNumbers extends Printer {
    private final ExprNode whole;
    private final int row;
    private final boolean termsDone;
    private int column;
    private boolean inTerm;
    private boolean inSum;
    private boolean inProduct;

    WithNumbers(ExprNode whole, int row, boolean termsDone) {
      super(false);
      this.whole = whole;
      this.row = row;
      this.termsDone = termsDone;
    }

    @Override
    Piece piece(ExprNode e) {
      Op op = e.op();
      if (op == Leaves.NAMED || op == Leaves.NUMBER) {
        return super.piece(e);
      }
      if (e.size() > LONGEST && !e.equals(whole)) {
        return value(e); // its own steps would fill pages
      }
      if (isNameOfSample(e) && !termsDone && !inTerm) {
        inTerm = true; // only the outermost name is expanded
        Piece meaning = piece(e.arg(0));
        inTerm = false;
        return meaning;
      }
      if (e.args().isEmpty() || op == Leaves.ALIAS || op.kind() == Op.Kind.BATCH_REDUCTION) {
        return value(e);
      }
      if (op == Choices.WHERE) {
        return piece(e.arg(numbers.at(e.arg(0), row, column) != 0 ? 1 : 2));
      }
      boolean isConstant = isWithoutVariables(e) && !combinesTerms(op);
      if (op == Functions.ABS && (isConstant || e.arg(0).args().isEmpty())
          || termsDone && isConstant) {
        return value(e); // |3| needs no step
      }
      if (isGuard(e)) {
        int larger = numbers.at(e.arg(0), row, column) > numbers.at(e.arg(1), row, column) ? 0 : 1;
        return piece(e.arg(larger));
      }
      if (termsDone && (inTerm || inProduct || !combinesTerms(op))) {
        return term(e);
      }
      if (op == Rows.ROW_SUM || op == Rows.ROW_MEAN) {
        return rowSum(e);
      }
      if (op == Rows.ROW_MAX) {
        return new Piece("max(" + terms(e.arg(0), ", ", 0) + ")", 5);
      }
      if (op == Arithmetic.PLUS || op == Arithmetic.MINUS) {
        boolean outer = inSum;
        inSum = true;
        Piece sum = super.piece(e);
        inSum = outer;
        return sum;
      }
      if (op == Rows.PICK) {
        int outer = column;
        column = (int) numbers.at(e.arg(1), row, 0);
        Piece picked = piece(e.arg(0));
        column = outer;
        return picked;
      }
      if (op == Rows.LOG_SOFTMAX) {
        return new Piece(
            "log(" + Numbers.text(numbers.at(Rows.softmax(e.arg(0)), row, column)) + ")", 5);
      }
      boolean isRowwise = op.kind() == Op.Kind.ROW_REDUCTION || op.kind() == Op.Kind.ROWWISE;
      return isRowwise ? value(e) : super.piece(e);
    }

    /** Whether it contains no number of the batch. */
    private static boolean isWithoutVariables(ExprNode e) {
      return Traversal.postOrder(e).stream().noneMatch(part -> part.op() == Leaves.VARIABLE);
    }

    /** Whether it is a guard such as {@code max(ŷ, ε)}, of which only the larger is shown. */
    private static boolean isGuard(ExprNode e) {
      return e.op() == Choices.MAX
          && e.arg(1).op() == Leaves.ALIAS
          && e.arg(1).shape() == Shape.SCALAR;
    }

    /** Whether it is a name worth a step of its own, such as a sample's area: {@code I = 1·2}. */
    private static boolean isNameOfSample(ExprNode e) {
      return e.op() == Leaves.ALIAS
          && e.shape() == Shape.SAMPLE
          && (e.arg(0).op() == Arithmetic.TIMES || e.arg(0).op() == Arithmetic.MINUS);
    }

    /** Whether the operation combines terms. */
    private static boolean combinesTerms(Op op) {
      return op == Arithmetic.PLUS
          || op == Arithmetic.MINUS
          || op == Arithmetic.NEGATE
          || op == Arithmetic.OVER
          || op == Rows.ROW_SUM
          || op == Rows.ROW_MEAN;
    }

    /**
     * A term: alone it keeps its outermost operation, {@code 0.5²}; among others it is a number.
     */
    private Piece term(ExprNode e) {
      if (e.op() == Arithmetic.TIMES && !inTerm && !inSum && !e.arg(0).isNumber()) {
        return product(e);
      }
      if (inTerm || inProduct) {
        return value(e);
      }
      inTerm = true;
      boolean keeps = e.op().kind() == Op.Kind.ELEMENTWISE;
      Piece piece = keeps && e.op() != Arithmetic.TIMES ? super.piece(e) : value(e);
      inTerm = false;
      return piece;
    }

    private Piece product(ExprNode e) {
      boolean outer = inProduct;
      inProduct = true;
      Piece piece = super.piece(e);
      inProduct = outer;
      return piece;
    }

    private Piece value(ExprNode e) {
      return number(numbers.at(e, row, column));
    }

    private Piece rowSum(ExprNode e) {
      int width = numbers.width();
      if (width == 1) {
        return piece(e.arg(0));
      }
      boolean outer = inSum;
      inSum = true;
      String sum = terms(e.arg(0), " + ", 3);
      inSum = outer;
      return e.op() == Rows.ROW_SUM ? new Piece(sum, 2) : new Piece("(" + sum + ")/" + width, 3);
    }

    /** All terms of a short row; of a long one the first nonzero ones. */
    private String terms(ExprNode term, String separator, int precedence) {
      int width = numbers.width();
      List<String> shown = new ArrayList<>();
      int omitted = 0;
      int outer = column;
      for (column = 0; column < width; column++) {
        boolean isShown = width <= MOST_TERMS || numbers.at(term, row, column) != 0;
        if (isShown && shown.size() < MOST_TERMS) {
          shown.add(at(shown.isEmpty() ? Math.min(precedence, 2) : precedence, term));
        } else {
          omitted++;
        }
      }
      column = outer;
      if (shown.isEmpty()) {
        shown.add("0");
      }
      return String.join(separator, shown) + (omitted > 0 ? separator + "…" : "");
    }
  }
}
