package org.lossbook.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lossbook.base.Messages;
import org.lossbook.data.view.LabelDetection;
import org.lossbook.data.view.LabeledSource;
import org.lossbook.data.view.SampleSource;
import org.lossbook.data.view.SampleTexts;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Shapes;

/** Samples and targets given as arrays and kept as floats. */
final class ArraySource extends LabeledSource {
  private final Side x;
  private final Side y;
  private final Optional<SampleTexts> texts;

  /**
   * The samples or the targets, as rows of numbers.
   *
   * @param shapes the shapes of the values in a row, which holds them one after the other
   * @param texts of each value, whose numbers are places among them; none where it holds numbers
   * @param classNames the classes that its numbers stand for, if texts named them
   */
  private record Side(
      float[] numbers,
      int rows,
      List<int[]> shapes,
      List<List<String>> texts,
      List<String> classNames) {
    Side(float[] numbers, int rows, List<int[]> shapes, List<List<String>> texts) {
      this(numbers, rows, shapes, texts, List.of());
    }

    /** Labels, from texts that name a class each. */
    static Side ofClasses(ClassLabels labels) {
      return new Side(
          labels.numbers(),
          labels.numbers().length,
          List.of(new int[0]),
          List.of(List.of()),
          labels.classNames());
    }

    static Side of(Values values, int[] shape) {
      return new Side(values.sharedFloats(), values.rows(), List.of(shape), List.of(List.of()));
    }

    /** Texts, whose numbers are their places. */
    static Side of(Texts texts) {
      float[] places = new float[texts.all().size()];
      for (int i = 0; i < places.length; i++) {
        places[i] = i;
      }
      return new Side(
          places, texts.rows(), List.of(new int[] {texts.width()}), List.of(texts.all()));
    }

    Optional<SampleTexts> all() {
      List<Boolean> isText = texts.stream().map(each -> !each.isEmpty()).toList();
      List<String> table = texts.stream().flatMap(List::stream).toList();
      return table.isEmpty() ? Optional.empty() : Optional.of(new SampleTexts(table, isText));
    }

    int[] shape() {
      return shapes.size() == 1
          ? shapes.get(0).clone()
          : new int[] {rows == 0 ? 0 : numbers.length / rows};
    }

    void copy(int[] order, int from, int count, float[] into, int stride) {
      for (int i = 0; i < count; i++) {
        System.arraycopy(numbers, order[from + i] * stride, into, i * stride, stride);
      }
    }
  }

  private ArraySource(Side x, Side y) {
    super(classes(y), x.shape(), y.shape());
    this.x = x;
    this.y = y;
    texts = x.all();
  }

  /** See {@link Dataset#of}. */
  static SampleSource of(String who, Object samples, Object targets) {
    Side x = side(who, "x", samples);
    Side y = side(who, "y", targets);
    if (x.rows() != y.rows()) {
      throw Messages.wrong(
          "%s expects a target for each sample but receives %d samples %s and %d targets %s: give equally many.",
          who, x.rows(), withRows(x), y.rows(), withRows(y));
    }
    return new ArraySource(x, y);
  }

  /** See {@link Dataset#samples}. */
  static SampleSource samples(String who, Object samples) {
    if (samples instanceof View view && view.hasTexts()) {
      return view.source();
    }
    Side x = side(who, "x", samples);
    Side none = Side.of(Values.own(new float[x.rows()], x.rows()), new int[0]);
    return new ArraySource(x, none);
  }

  private static Side side(String who, String name, Object given) {
    return given instanceof List<?> several && !isOfTexts(name, several)
        ? joined(who, name, several.stream().map(each -> one(who, name, each)).toList())
        : one(who, name, given);
  }

  /** Whether a list is one value, of texts, and not one of several values. */
  private static boolean isOfTexts(String name, List<?> list) {
    return list.stream().anyMatch(CharSequence.class::isInstance);
  }

  private static Side one(String who, String name, Object given) {
    if (name.equals("x") && Texts.areTexts(given)) {
      return Side.of(Texts.of(who, given));
    }
    if (name.equals("y") && Texts.areTexts(given)) {
      return Side.ofClasses(ClassLabels.of(who, Texts.of(who, given)));
    }
    Values values = Values.of(who, given).finite(who, name);
    if (values.rank() == 0) {
      throw Messages.wrong(
          "%s expects a row for each sample but receives a single number: give x and y as arrays.",
          who);
    }
    boolean isOneInput = name.equals("x") && values.rank() == 1;
    return Side.of(values, isOneInput ? new int[] {1} : rowShape(values));
  }

  /** Joins several arrays row by row. */
  private static Side joined(String who, String name, List<Side> sides) {
    int rows = sides.isEmpty() ? 0 : sides.get(0).rows();
    for (Side side : sides) {
      if (side.rows() != rows) {
        throw Messages.wrong(
            "%s expects arrays of equal length in %s but receives %d and %d rows: give equally many.",
            who, name, rows, side.rows());
      }
    }
    if (rows == 0) {
      throw Messages.wrong(
          "%s expects arrays in the list %s but receives none: write List.of(a, b).", who, name);
    }
    int width = sides.stream().mapToInt(side -> side.numbers().length / side.rows()).sum();
    float[] all =
        new float
            [Memory.length(
                Messages.of("%s of %,d rows", who, rows),
                Float.BYTES,
                "give fewer rows",
                rows,
                width)];
    int at = 0;
    int before = 0; // of texts
    for (Side side : sides) {
      int own = side.numbers().length / rows;
      boolean isText = !side.texts().get(0).isEmpty();
      for (int r = 0; r < rows; r++) {
        System.arraycopy(side.numbers(), r * own, all, r * width + at, own);
        for (int i = 0; isText && i < own; i++) {
          all[r * width + at + i] += before;
        }
      }
      at += own;
      before += side.texts().get(0).size();
    }
    return new Side(
        all,
        rows,
        sides.stream().map(Side::shape).toList(),
        sides.stream().map(side -> side.texts().get(0)).toList());
  }

  private static String withRows(Side side) {
    return side.shapes().stream()
        .map(shape -> Arrays.toString(Shapes.batched(side.rows(), shape)))
        .collect(Collectors.joining(" and "));
  }

  private static int[] rowShape(Values values) {
    return Arrays.copyOfRange(values.shape(), 1, values.rank());
  }

  private static List<String> classes(Side side) {
    if (!side.classNames().isEmpty()) {
      return side.classNames();
    }
    boolean isOneNumber = side.shapes().size() == 1 && side.shape().length == 0;
    return isOneNumber ? LabelDetection.classNames(side.numbers()) : List.of();
  }

  @Override
  public int size() {
    return x.rows();
  }

  @Override
  public int[] sampleShape() {
    return x.shape();
  }

  @Override
  public int[] targetShape() {
    return y.shape();
  }

  @Override
  public List<int[]> sampleShapes() {
    return x.shapes();
  }

  @Override
  public List<int[]> targetShapes() {
    return y.shapes();
  }

  @Override
  public Optional<SampleTexts> texts() {
    return texts;
  }

  @Override
  protected void copyX(int[] order, int from, int count, float[] into, int size) {
    x.copy(order, from, count, into, size);
  }

  @Override
  protected void copyY(int[] order, int from, int count, float[] into, int size) {
    y.copy(order, from, count, into, size);
  }
}
