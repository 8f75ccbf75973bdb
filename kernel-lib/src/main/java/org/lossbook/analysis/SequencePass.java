package org.lossbook.analysis;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lossbook.data.Values;

/**
 * The pass of a layer that reads a sequence, its quantities step by step.
 *
 * @param in what it reads, each step's rows by themselves or each sample's
 * @param given what it gives
 * @param formulas how it goes forward
 * @param result what its output is made of: H₄
 * @param backFormulas how it goes back
 * @param columns what the columns of its tables are: steps or heads
 * @param quantities the rows of its tables
 * @param weights its parameters
 * @param picture what a picture shows at each step
 */
record SequencePass(
    String name,
    Tape tape,
    Rows in,
    Rows given,
    List<String> formulas,
    String result,
    List<String> backFormulas,
    List<String> columns,
    List<Quantity> quantities,
    List<Weight> weights,
    Picture picture)
    implements Pass {
  /** Matrices whose rows, in an order, are those of one matrix. */
  record Rows(List<Tape.Var> parts, int[][] places) {
    /** Row r of it all. */
    private static double[] row(List<double[][]> matrices, int[] place) {
      return matrices.get(place[0])[place[1]];
    }

    double[][] values() {
      List<double[][]> all = parts.stream().map(Tape.Var::value).toList();
      return Arrays.stream(places).map(place -> row(all, place)).toArray(double[][]::new);
    }

    double[][] gradients() {
      List<double[][]> all = parts.stream().map(Tape.Var::gradient).toList();
      return Arrays.stream(places).map(place -> row(all, place)).toArray(double[][]::new);
    }

    /** Adds gradients from above. */
    private void add(double[][] more) {
      for (int r = 0; r < places.length; r++) {
        double[] row = parts.get(places[r][0]).gradient()[places[r][1]];
        for (int j = 0; j < row.length; j++) {
          row[j] += more[r][j];
        }
      }
    }
  }

  /**
   * A row of a table.
   *
   * @param symbol what it is called; behind ∂L/∂ where it is a gradient
   * @param isGradient whether the way back shows it, by its gradients
   */
  record Quantity(String symbol, List<Tape.Var> columns, boolean isGradient) {
    List<double[][]> matrices() {
      return columns.stream().map(isGradient ? Tape.Var::gradient : Tape.Var::value).toList();
    }
  }

  /** A parameter, its symbol, and how its gradient is computed. */
  record Weight(String name, String symbol, Tape.Var matrix, int[] shape, String gradient) {}

  /** A row of a matrix. */
  record Row(Tape.Var matrix, int number) {}

  /** A part of what a picture shows of each step: h or c. */
  record Shown(String symbol, List<Row> steps) {
    /** The first row of each, which is that of the first sample. */
    static Shown first(String symbol, List<Tape.Var> steps) {
      return new Shown(symbol, steps.stream().map(step -> new Row(step, 0)).toList());
    }

    /** A step for each row. */
    static Shown rows(String symbol, Tape.Var steps) {
      return new Shown(
          symbol,
          IntStream.range(0, steps.value().length).mapToObj(t -> new Row(steps, t)).toList());
    }
  }

  /**
   * What a picture shows.
   *
   * @param shown the parts of its cells, one for each step; none where it gives one row a sample
   * @param link how its cells are joined
   * @param shares how much each step takes from each, for attention
   */
  record Picture(List<Shown> shown, Link link, double[][] shares) {}

  /** How the cells of a layer read those below and beside them. */
  enum Link {
    /** Each step reads its own. */
    STEP,
    /** Each step also reads the one before. */
    FORWARD,
    /** Each step also reads the one behind. */
    BACKWARD,
    /** Each step reads all. */
    ALL
  }

  @Override
  public double[][] out() {
    return given.values();
  }

  /** Goes back from the gradient with respect to its output to that with respect to its input. */
  double[][] backward(double[][] gradient) {
    given.add(gradient);
    tape.backward();
    return in.gradients();
  }

  @Override
  public Map<String, Values> gradients() {
    Map<String, Values> all = new LinkedHashMap<>();
    for (Weight weight : weights) {
      double[] flat =
          Arrays.stream(weight.matrix.gradient()).flatMapToDouble(Arrays::stream).toArray();
      all.put(name + "/" + weight.name, Values.of(flat, weight.shape));
    }
    return all;
  }
}
