package org.lossbook.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.view.SampleSource;
import tech.tablesaw.api.StringColumn;

/**
 * An immutable array of texts: the common form of a text, of a list or an array of them, of rows of
 * them, and of Tablesaw's columns of text.
 */
public final class Texts {
  private final List<String> texts;
  private final int[] shape;

  private Texts(List<String> texts, int... shape) {
    this.texts = List.copyOf(texts);
    this.shape = shape;
  }

  /** Whether a value is text, alone or in lists, arrays or columns. */
  public static boolean areTexts(Object given) {
    if (given instanceof Collection<?> list) {
      return !list.isEmpty() && list.stream().anyMatch(Texts::areTexts);
    }
    if (given instanceof Object[] array) {
      Class<?> kind = array.getClass();
      while (kind.isArray()) {
        kind = kind.getComponentType();
      }
      return kind == String.class || kind == Object.class && areTexts(Require.list(array));
    }
    if (given instanceof View view) {
      return view.hasTexts();
    }
    return given instanceof CharSequence || given instanceof Texts || given instanceof StringColumn;
  }

  /**
   * Converts a text ({@code []}), several ({@code [n]}) or rows of them ({@code [n, m]}).
   *
   * @param who the caller's name, for error messages
   * @throws IllegalArgumentException if it is something else, has none, a null, or rows that differ
   *     in length
   */
  public static Texts of(String who, Object given) {
    if (given instanceof Texts texts) {
      return texts;
    }
    if (given instanceof CharSequence text) {
      return new Texts(List.of(text.toString()));
    }
    if (given instanceof View view && view.hasTexts() && view.size() > 0) {
      List<String> all = view.texts();
      int width = all.size() / view.size();
      return width == 1 ? new Texts(all, all.size()) : new Texts(all, view.size(), width);
    }
    if (given instanceof SampleSource data && data.texts().isPresent()) {
      return of(who, View.samples(data));
    }
    List<Object> rows = rows(who, given);
    if (rows.isEmpty()) {
      throw wrong(who, "texts", "none", "give at least one");
    }
    List<String> all = new ArrayList<>();
    int width = isRow(rows.get(0)) ? rows(who, rows.get(0)).size() : -1;
    for (int i = 0; i < rows.size(); i++) {
      Object row = rows.get(i);
      if (!isRow(row)) {
        requireWidth(who, width, -1, i);
        all.add(text(who, row, "at " + i));
        continue;
      }
      List<Object> cells = rows(who, row);
      requireWidth(who, width, cells.size(), i);
      for (int j = 0; j < cells.size(); j++) {
        all.add(text(who, cells.get(j), Messages.of("at [%d, %d]", i, j)));
      }
    }
    return width < 0 ? new Texts(all, rows.size()) : new Texts(all, rows.size(), width);
  }

  private static boolean isRow(Object row) {
    return row instanceof Collection<?> || row instanceof Object[];
  }

  private static List<Object> rows(String who, Object given) {
    if (given instanceof StringColumn column) {
      return new ArrayList<>(column.asList());
    }
    if (given instanceof Collection<?> list) {
      return new ArrayList<>(list);
    }
    if (given instanceof Object[] array) {
      return new ArrayList<>(Arrays.asList(array));
    }
    throw wrong(
        who,
        "a text, or a list, an array or a column of them",
        Require.kind(given),
        "List.of(\"a good film\", \"a bad one\") is a list");
  }

  private static String text(String who, Object given, String where) {
    if (given instanceof CharSequence text) {
      return text.toString();
    }
    throw wrong(
        who,
        "texts",
        Require.kind(given) + " " + where,
        given == null ? "leave it out, or write \"\" for an empty text" : "give text alone");
  }

  private static void requireWidth(String who, int expected, int received, int row) {
    if (expected != received) {
      throw wrong(
          who,
          expected < 0 ? "texts alone" : Messages.of("rows of %d texts", expected),
          Messages.of("%s in row %d", received < 0 ? "a single text" : received + " texts", row),
          "give rows of equal length");
    }
  }

  private static IllegalArgumentException wrong(
      String who, String expects, String receives, String fix) {
    return Messages.wrong("%s expects %s but receives %s: %s.", who, expects, receives, fix);
  }

  /** The length of each dimension; empty for a single text. */
  public int[] shape() {
    return shape.clone();
  }

  /** How many samples there are. */
  public int rows() {
    return shape.length == 0 ? 1 : shape[0];
  }

  /** How many texts a sample has. */
  public int width() {
    return shape.length == 2 ? shape[1] : 1;
  }

  /** The texts of a sample. */
  public List<String> row(int index) {
    return texts.subList(index * width(), (index + 1) * width());
  }

  /** All texts, sample by sample. */
  public List<String> all() {
    return texts;
  }

  @Override
  public String toString() {
    return shape.length == 0 ? texts.get(0) : texts.toString();
  }
}
