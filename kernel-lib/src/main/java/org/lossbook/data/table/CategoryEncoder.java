package org.lossbook.data.table;

import static org.lossbook.data.view.Descriptions.brief;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.data.view.Descriptions;
import tech.tablesaw.columns.Column;

/**
 * One-hot encoding of a categorical column: a feature for each category, 1 if it is that category,
 * else 0.
 *
 * @param categories the categories of the training rows, in order
 * @param shares the relative frequency of each, from 0 to 1
 * @param fill the replacement for missing values; empty if they are refused
 * @param ignoresUnknown whether an unknown category is encoded as zeros
 * @param notes notes on missing values in training
 */
record CategoryEncoder(
    String column,
    List<String> categories,
    List<Double> shares,
    Optional<String> fill,
    boolean ignoresUnknown,
    List<String> notes)
    implements Encoder {

  static CategoryEncoder fit(
      Column<?> column, int[] rows, Optional<Imputation> fill, boolean ignoresUnknown) {
    if (fill.isEmpty()) {
      Cells.whole("table", column, rows, fixes(column.name()));
    }
    Map<String, Integer> counts = Categories.counted(column, rows);
    int there = counts.values().stream().mapToInt(Integer::intValue).sum();
    Optional<String> filled = fill.map(f -> value(column, f, counts));
    if (there < rows.length) {
      counts.merge(filled.orElseThrow(), rows.length - there, Integer::sum);
    }
    return new CategoryEncoder(
        column.name(),
        List.copyOf(counts.keySet()),
        counts.values().stream().map(count -> (double) count / rows.length).toList(),
        filled,
        ignoresUnknown,
        there == rows.length
            ? List.of()
            : List.of(
                Encoder.note(column.name(), rows.length - there, rows.length, fill.orElseThrow())
                    + filled.orElseThrow()));
  }

  private static String value(Column<?> column, Imputation fill, Map<String, Integer> counts) {
    if (fill instanceof Imputation.Constant constant) {
      return constant.value() instanceof Number number
          ? Descriptions.number(number.doubleValue())
          : constant.value().toString();
    }
    return counts.entrySet().stream()
        .reduce((best, next) -> next.getValue() > best.getValue() ? next : best)
        .orElseThrow(
            () ->
                Messages.wrong(
                    "table expects values in %s, for %s, but all are missing: leave it out with .without(\"%s\").",
                    column.name(), fill, column.name()))
        .getKey();
  }

  private static String fixes(String name) {
    return Messages.of(
        "fill it in with .missingTo(\"%s\", \"unknown\") or .missingToMostFrequent(\"%s\"), or leave such rows out with .dropMissing()",
        name, name);
  }

  @Override
  public List<String> names() {
    return categories.stream().map(category -> column + "=" + category).toList();
  }

  /** Accepts any column: every value has a category name. */
  @Override
  public void check(String who, Column<?> other) {}

  @Override
  public void encode(String who, Column<?> from, int row, float[] into, int at) {
    String category =
        from.isMissing(row)
            ? fill.orElseThrow(() -> Cells.missing(who, from, row, 0, fixes(column)))
            : Cells.category(from, row);
    int place = categories.indexOf(category);
    if (place < 0 && !ignoresUnknown) {
      throw Messages.wrong(
          "%s expects in %s a value seen in training, %s, but row %d has %s: %s, or give such rows zeros with .ignoreUnknown().",
          who,
          column,
          Categories.listed(categories),
          row,
          category,
          who.equals("table") ? "split with another seed" : "fix or drop that row");
    }
    for (int i = 0; i < categories.size(); i++) {
      into[at + i] = i == place ? 1 : 0;
    }
  }

  @Override
  public List<List<String>> described() {
    List<List<String>> lines = new ArrayList<>();
    IntStream.range(0, categories.size())
        .forEach(
            i -> {
              double share = shares.get(i);
              lines.add(
                  List.of(
                      names().get(i),
                      "category",
                      brief(share),
                      brief(Math.sqrt(share * (1 - share))),
                      share == 1 ? "1" : "0",
                      share == 0 ? "0" : "1",
                      "1 where it is, else 0"));
            });
    return lines;
  }
}
