package org.lossbook.formula;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/** Evaluates an expression at one place of a batch, number by number: slow but simple. */
final class Interpreter {
  private static final int MOST_KNOWN = 100_000;

  private final Map<ExprNode, double[]> variables;
  private final int rows;
  private final int width;
  private final IntConsumer beforeRow;

  /** What was computed since the last call from outside. */
  private Map<Place, Double> known = new HashMap<>();

  private int depth;

  /** The place of a number; one per sample is at column 0, one per batch at row and column 0. */
  private record Place(ExprNode e, int row, int column) {}

  Interpreter(Map<Expr, double[]> variables, int rows, int width) {
    this(variables, rows, width, row -> {});
  }

  Interpreter(Map<Expr, double[]> variables, int rows, int width, IntConsumer beforeRow) {
    this.beforeRow = beforeRow;
    this.variables = Expr.nodes(variables);
    this.rows = rows;
    this.width = width;
  }

  int width() {
    return width;
  }

  /** The value for one output of one sample; smaller shapes ignore the indices they lack. */
  double at(Expr e, int row, int column) {
    return at(e.node(), row, column);
  }

  double at(ExprNode e, int row, int column) {
    if (depth == 0) {
      known = new HashMap<>(); // the batch may hold other numbers by now
    }
    depth++;
    try {
      return e.args().isEmpty() ? leaf(e, row, column) : number(e, row, column);
    } finally {
      depth--;
    }
  }

  private double number(ExprNode e, int row, int column) {
    Place place = place(e, row, column);
    Double number = known.get(place);
    if (number == null) {
      if (Traversal.mayBeDeep(e)) {
        prepare(e, row, column);
      }
      number = computed(e, row, column);
      if (known.size() > MOST_KNOWN) {
        known.keySet().removeIf(each -> each.e().shape() != Shape.SCALAR);
      }
      known.put(place, number);
    }
    return number;
  }

  /** Evaluates the operands of a long chain one by one: recursion would need a deep stack. */
  private void prepare(ExprNode e, int row, int column) {
    Traversal.postOrder(
            e,
            part ->
                part.op().kind() != Op.Kind.ELEMENTWISE
                    || known.containsKey(place(part, row, column)))
        .stream()
        .filter(part -> part.op().kind() == Op.Kind.ELEMENTWISE && !part.equals(e))
        .filter(part -> !known.containsKey(place(part, row, column)))
        .forEach(part -> known.put(place(part, row, column), computed(part, row, column)));
  }

  private static Place place(ExprNode e, int row, int column) {
    return switch (e.shape()) {
      case SCALAR -> new Place(e, 0, 0);
      case SAMPLE -> new Place(e, row, 0);
      case ELEMENT -> new Place(e, row, column);
    };
  }

  private double computed(ExprNode e, int row, int column) {
    Op op = e.op();
    if (op.isComposite()) {
      return at(op.definition().apply(e), row, column);
    }
    double[] out = new double[1];
    switch (op.kind()) {
      case ELEMENTWISE -> {
        double[][] in = new double[3][1];
        for (int i = 0; i < e.args().size(); i++) {
          in[i][0] = at(e.arg(i), row, column);
        }
        op.innerLoop().run(in[0], in[1], in[2], out, 1, 1);
      }
      case ROW_REDUCTION -> {
        double[] numbers = new double[width];
        for (int k = 0; k < width; k++) {
          numbers[k] = at(e.arg(0), row, k);
        }
        double[] second = e.args().size() > 1 ? new double[] {at(e.arg(1), row, 0)} : null;
        op.innerLoop().run(numbers, second, null, out, 1, width);
      }
      case BATCH_REDUCTION -> out[0] = batchSum(e.arg(0));
      default -> throw new IllegalStateException(op + " has no value of its own");
    }
    return out[0];
  }

  private double batchSum(ExprNode e) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      beforeRow.accept(r);
      for (int k = 0; k < (e.shape() == Shape.ELEMENT ? width : 1); k++) {
        sum += at(e, r, k);
      }
    }
    return sum;
  }

  private double leaf(ExprNode e, int row, int column) {
    Op op = e.op();
    if (op == Leaves.VARIABLE) {
      double[] numbers = variables.get(e);
      return numbers[e.shape() == Shape.ELEMENT ? row * width + column : row];
    }
    return op == Leaves.ROWS
        ? rows
        : op == Leaves.COLUMNS
            ? width
            : op == Leaves.NUMBERS ? rows * width : op == Leaves.POSITION ? column : e.number();
  }
}
