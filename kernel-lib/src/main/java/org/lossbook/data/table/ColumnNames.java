package org.lossbook.data.table;

import java.util.Arrays;
import java.util.List;
import org.lossbook.base.Messages;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Finds columns by name. */
final class ColumnNames {
  private ColumnNames() {}

  /** The column of this name, ignoring case if there is no exact match. */
  static Column<?> column(String who, Table table, String name) {
    return table.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .or(
            () ->
                table.columns().stream()
                    .filter(column -> column.name().equalsIgnoreCase(name))
                    .findFirst())
        .orElseThrow(
            () ->
                Messages.wrong(
                    "%s expects a column %s but the table has %s: check the spelling.",
                    who, name, Categories.listed(table.columnNames())));
  }

  /** The names as the columns have them. */
  static List<String> of(String who, Table table, String... names) {
    String which = "columns of " + Categories.listed(table.columnNames());
    return given(who, which, names).stream()
        .map(name -> column(who, table, name).name())
        .distinct()
        .toList();
  }

  /** Checks that there is at least one name, and no null. */
  static List<String> given(String who, String what, String... names) {
    if (names == null || names.length == 0 || Arrays.asList(names).contains(null)) {
      throw Messages.wrong(
          "%s expects %s but receives %s: name at least one.",
          who, what, names == null || names.length > 0 ? "null" : "none");
    }
    return List.of(names);
  }
}
