package org.lossbook.data.table;

import static org.lossbook.data.view.Descriptions.brief;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import tech.tablesaw.columns.Column;

/**
 * Scaling of a numeric or boolean column (0 and 1) as one feature: {@code (x − shift) / spread}.
 *
 * @param flag whether the column is boolean, which is never scaled
 * @param fill the replacement for missing values; empty if they are refused
 * @param statistics the statistics of the training rows, after imputation
 * @param notes notes on missing values in training
 */
record NumberEncoder(
    String column,
    boolean flag,
    Optional<Double> fill,
    Scaling scaling,
    ColumnStatistics statistics,
    List<String> notes)
    implements Encoder {

  static NumberEncoder fit(
      Column<?> column, int[] rows, Optional<Imputation> fill, Scaling scaling) {
    boolean flag = Cells.isBoolean(column);
    if (fill.isEmpty()) {
      Cells.whole("table", column, rows, fixes(column.name(), flag));
    }
    double[] there =
        IntStream.of(rows)
            .filter(row -> !column.isMissing(row))
            .mapToDouble(row -> finite("table", column, row))
            .toArray();
    Optional<Double> filled = fill.map(f -> value(column, f, there));
    double[] all = Arrays.copyOf(there, rows.length);
    Arrays.fill(all, there.length, rows.length, filled.orElse(0.0));
    return new NumberEncoder(
        column.name(),
        flag,
        filled,
        flag ? Scaling.AS_IS : scaling,
        ColumnStatistics.of(all),
        there.length == rows.length
            ? List.of()
            : List.of(
                Encoder.note(
                        column.name(), rows.length - there.length, rows.length, fill.orElseThrow())
                    + brief(filled.orElseThrow())));
  }

  private static double value(Column<?> column, Imputation fill, double[] there) {
    if (fill instanceof Imputation.Constant constant) {
      return constant.value() instanceof Boolean truth
          ? (truth ? 1 : 0)
          : ((Number) constant.value()).doubleValue();
    }
    if (there.length == 0) {
      throw Messages.wrong(
          "table expects values in %s, for %s, but all are missing: leave it out with .without(\"%s\").",
          column.name(), fill, column.name());
    }
    return switch ((Imputation.Strategy) fill) {
      case MEAN -> ColumnStatistics.of(there).mean();
      case MEDIAN -> ColumnStatistics.median(there);
      case MOST_FREQUENT -> ColumnStatistics.mode(there);
    };
  }

  /** A number that is finite as a float, in which models compute. */
  static double finite(String who, Column<?> column, int row) {
    double value = Cells.number(column, row);
    if (!Float.isFinite((float) value)) {
      throw Messages.wrong(
          "%s expects finite numbers but %s has %s in row %d: fix that cell or drop the row.",
          who, column.name(), value, row);
    }
    return value;
  }

  private static String fixes(String name, boolean flag) {
    return flag
        ? Messages.of(
            "fill it in with .missingToMostFrequent(\"%s\") or .missingTo(\"%s\", false), or leave such rows out with .dropMissing()",
            name, name)
        : Messages.of(
            "fill it in with .missingToMean(\"%s\"), .missingToMedian(\"%s\") or .missingTo(\"%s\", 0), or leave such rows out with .dropMissing()",
            name, name, name);
  }

  @Override
  public List<String> names() {
    return List.of(column);
  }

  @Override
  public void check(String who, Column<?> other) {
    boolean letters = flag && Cells.isLetters(other); // new rows may all have the same one
    if (!Cells.isNumber(other)
        && !Cells.isBoolean(other)
        && !letters
        && other.countMissing() < other.size()) {
      throw Messages.wrong(
          "%s expects %s in %s, as in training, but receives %s: fix the column.",
          who, flag ? "truths" : "numbers", column, other.type());
    }
  }

  @Override
  public void encode(String who, Column<?> from, int row, float[] into, int at) {
    double value =
        from.isMissing(row)
            ? fill.orElseThrow(() -> Cells.missing(who, from, row, 0, fixes(column, flag)))
            : finite(who, from, row);
    into[at] = (float) ((value - scaling.shift(statistics)) / scaling.spread(statistics));
  }

  @Override
  public List<List<String>> described() {
    return List.of(
        List.of(
            column,
            flag ? "truth" : "number",
            brief(statistics.mean()),
            brief(statistics.sd()),
            brief(statistics.min()),
            brief(statistics.max()),
            encoding()));
  }

  private String encoding() {
    String formula = flag ? "false 0, true 1" : formula();
    return statistics.isConstant() ? formula + " (the same in every row)" : formula;
  }

  private String formula() {
    double shift = scaling.shift(statistics);
    double spread = scaling.spread(statistics);
    if (shift == 0 && spread == 1) {
      return "x";
    }
    String moved =
        shift == 0 ? "x" : Messages.of("(x %s %s)", shift < 0 ? "+" : "−", brief(Math.abs(shift)));
    return spread == 1 ? moved : moved + " / " + brief(spread);
  }
}
