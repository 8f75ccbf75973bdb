package org.lossbook.optimizer;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.formula.Expr;

/**
 * What a symbol stands for that is made of all numbers of another one, such as their norm.
 *
 * @param kind what is made
 * @param of the other symbol
 */
record WholeSymbol(Kind kind, Expr of) {
  /** What is made of the numbers. */
  enum Kind {
    NORM,
    /** That by which gradients are clipped. */
    CLIPPED_NORM,
    ROOT_MEAN_SQUARE,
    MEAN,
    MEAN_OF_ROW,
    MEAN_OF_COLUMN,
    ORTHOGONALIZED,
    ROOT_OF_LONGER_SIDE
  }

  private static final Map<Expr, WholeSymbol> FIXED =
      Map.of(
          Symbols.NORM_OF_WEIGHTS,
          new WholeSymbol(Kind.NORM, Symbols.W),
          Symbols.NORM_OF_UPDATE,
          new WholeSymbol(Kind.NORM, Symbols.UPDATE),
          Symbols.RMS_OF_WEIGHTS,
          new WholeSymbol(Kind.ROOT_MEAN_SQUARE, Symbols.W),
          Symbols.RMS_OF_UPDATE,
          new WholeSymbol(Kind.ROOT_MEAN_SQUARE, Symbols.UPDATE),
          Symbols.norm(Clipping.Kind.NORM),
          new WholeSymbol(Kind.CLIPPED_NORM, Symbols.G),
          Symbols.norm(Clipping.Kind.GLOBAL_NORM),
          new WholeSymbol(Kind.CLIPPED_NORM, Symbols.G),
          Symbols.ORTHOGONALIZED,
          new WholeSymbol(Kind.ORTHOGONALIZED, Symbols.UPDATE),
          Symbols.ROOT_OF_LONGER_SIDE,
          new WholeSymbol(Kind.ROOT_OF_LONGER_SIDE, Symbols.W));

  /**
   * What a symbol is made of; empty for one that has a number of its own for each weight.
   *
   * @param known the symbols that it may be a mean of
   */
  static Optional<WholeSymbol> of(Expr symbol, Collection<Expr> known) {
    return Optional.ofNullable(FIXED.get(symbol))
        .or(() -> known.stream().flatMap(of -> mean(symbol, of).stream()).findFirst());
  }

  private static Optional<WholeSymbol> mean(Expr symbol, Expr of) {
    if (symbol.equals(Symbols.meanOf(of))) {
      return Optional.of(new WholeSymbol(Kind.MEAN, of));
    }
    if (symbol.equals(Symbols.meanOfRow(of))) {
      return Optional.of(new WholeSymbol(Kind.MEAN_OF_ROW, of));
    }
    return symbol.equals(Symbols.meanOfColumn(of))
        ? Optional.of(new WholeSymbol(Kind.MEAN_OF_COLUMN, of))
        : Optional.empty();
  }

  /**
   * Its number for each weight.
   *
   * @param who the optimizer's name
   * @param x the numbers of what it is made of
   * @param shape of the weights
   * @param orthogonalizer makes matrices of so many rows and columns orthogonal
   * @throws IllegalArgumentException where it is made of a matrix, which the weights are not
   */
  double[] value(
      String who,
      double[] x,
      int[] shape,
      BiFunction<Integer, Integer, NewtonSchulz> orthogonalizer) {
    return switch (kind) {
      case NORM, CLIPPED_NORM -> all(norm(x), x.length);
      case ROOT_MEAN_SQUARE -> all(norm(x) / Math.sqrt(x.length), x.length);
      case MEAN -> all(Arrays.stream(x).average().orElseThrow(), x.length);
      case MEAN_OF_ROW, MEAN_OF_COLUMN -> means(x, x.length / rows(who, shape));
      case ROOT_OF_LONGER_SIDE -> {
        int rows = rows(who, shape);
        yield all(Math.sqrt(Math.max(rows, x.length / rows)), x.length);
      }
      case ORTHOGONALIZED -> {
        int rows = rows(who, shape);
        yield orthogonalized(x, x.length / rows, orthogonalizer.apply(rows, x.length / rows));
      }
    };
  }

  private double[] means(double[] x, int width) {
    boolean ofRow = kind == Kind.MEAN_OF_ROW;
    double[] means = new double[x.length];
    Arrays.setAll(
        means,
        i ->
            IntStream.range(0, x.length)
                .filter(j -> ofRow ? j / width == i / width : j % width == i % width)
                .mapToDouble(j -> x[j])
                .average()
                .orElseThrow());
    return means;
  }

  private static double[] orthogonalized(double[] x, int width, NewtonSchulz iteration) {
    for (int i = 0; i < x.length; i++) {
      iteration.set(i / width, i % width, (float) x[i]);
    }
    iteration.run();
    double[] result = new double[x.length];
    Arrays.setAll(result, i -> iteration.get(i / width, i % width));
    return result;
  }

  /** The rows of a matrix, which some rules move as a whole. */
  private static int rows(String who, int... shape) {
    if (shape.length != 2) {
      throw Messages.wrong(
          "%s().explain expects a matrix of weights but receives shape %s: its rule moves a matrix as a whole.",
          who, Arrays.toString(shape));
    }
    return shape[0];
  }

  private static double norm(double... x) {
    return Math.sqrt(Arrays.stream(x).map(each -> each * each).sum());
  }

  /** The same number for each weight. */
  static double[] all(double number, int count) {
    double[] numbers = new double[count];
    Arrays.fill(numbers, number);
    return numbers;
  }
}
