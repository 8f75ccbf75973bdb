package org.lossbook.data.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lossbook.base.Messages;
import tech.tablesaw.columns.Column;

/**
 * A column of texts, which a model of texts reads as they are.
 *
 * @param fill what stands where there is none; empty if that is refused
 */
record TextEncoder(String column, Optional<String> fill) implements Encoder {
  static TextEncoder fit(Column<?> column, int[] rows, Optional<Imputation> fill) {
    Optional<String> filled =
        fill.filter(Imputation.Constant.class::isInstance)
            .map(constant -> ((Imputation.Constant) constant).value().toString());
    var encoder = new TextEncoder(column.name(), filled);
    encoder.texts("table", column, rows);
    return encoder;
  }

  /** The texts of these rows. */
  List<String> texts(String who, Column<?> from, int... rows) {
    check(who, from);
    if (fill.isEmpty()) {
      Cells.whole(
          who,
          from,
          rows,
          Messages.of(
              "fill it in with .missingTo(\"%s\", \"\") or leave such rows out with .dropMissing()",
              column));
    }
    return Arrays.stream(rows)
        .mapToObj(row -> from.isMissing(row) ? fill.orElseThrow() : from.getString(row))
        .toList();
  }

  @Override
  public List<String> names() {
    return List.of(column);
  }

  @Override
  public void check(String who, Column<?> other) {
    if (!Cells.isText(other)) {
      throw Messages.wrong(
          "%s expects texts in %s but it holds %s: leave it out of texts(…).",
          who, column, other.type());
    }
  }

  @Override
  public void encode(String who, Column<?> from, int row, float[] into, int at) {
    throw new IllegalStateException("texts are no numbers");
  }

  @Override
  public List<List<String>> described() {
    return List.of(List.of(column, "text", "", "", "", "", "the text itself"));
  }

  @Override
  public List<String> notes() {
    return List.of();
  }
}
