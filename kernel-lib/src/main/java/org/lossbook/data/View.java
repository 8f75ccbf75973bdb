package org.lossbook.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.data.view.SampleSource;
import org.lossbook.data.view.SampleTexts;
import org.lossbook.data.view.Subset;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Shapes;

/**
 * A lazy array of the samples or the targets of a dataset: it has a shape and rows, and its
 * elements are copied and scaled when they are read.
 *
 * <pre>{@code
 * digits.test().x().shape()          // [10000, 28, 28, 1]
 * digits.test().x().rows(0, 8)       // the first eight, still stored as bytes
 * digits.test().y().rows(0, 8).toArray()
 * }</pre>
 */
public final class View {
  private static final int SHOWN = 10;

  private final SampleSource data;
  private final boolean targets;
  private final int from;
  private final int to;

  private View(SampleSource data, boolean targets, int from, int to) {
    this.data = data;
    this.targets = targets;
    this.from = from;
    this.to = to;
  }

  static View samples(SampleSource data) {
    return new View(data, false, 0, data.size());
  }

  static View targets(SampleSource data) {
    return new View(data, true, 0, data.size());
  }

  /** The number of rows. */
  public int size() {
    return to - from;
  }

  /** The shape of one row, without the number of rows. */
  public int[] rowShape() {
    return targets ? data.targetShape() : data.sampleShape();
  }

  /** The shapes of the values in a row, if a sample has several. */
  public List<int[]> rowShapes() {
    return targets ? data.targetShapes() : data.sampleShapes();
  }

  /** The shape, {@code [size, …rowShape]}. */
  public int[] shape() {
    return Shapes.batched(size(), rowShape());
  }

  /** The number of elements in a row. */
  public int rowSize() {
    return Shapes.size(rowShape());
  }

  /**
   * The rows from {@code first} (inclusive) to {@code last} (exclusive): {@code rows(0, 8)} are
   * eight.
   *
   * @throws NoSuchRows if there are no such rows
   */
  public View rows(int first, int last) {
    NoSuchRows.check("rows", first, last, size());
    return new View(data, targets, from + first, from + last);
  }

  /**
   * The rows at these positions, in this order: {@code rows(new int[] {0, 2, 4})}.
   *
   * @throws IllegalArgumentException if there is no such row; the message says which
   */
  public View rows(int[] positions) {
    SampleSource chosen = Subset.rows(Subset.range(data, from, to), positions);
    return targets ? targets(chosen) : samples(chosen);
  }

  /**
   * Copies {@code count} rows, starting at row {@code first}, to the start of {@code into}.
   *
   * @throws IllegalArgumentException if there are no such rows, or {@code into} is too short
   */
  public void copy(int first, int count, float[] into) {
    if (first < 0 || count < 0 || count > size() - first) {
      throw new NoSuchRows(
          Messages.of(
              "copy expects some of the %,d rows but receives %,d from row %,d on: ask for no more than there are.",
              size(), count, first));
    }
    int[] order = IntStream.range(from + first, from + first + count).toArray();
    if (targets) {
      data.gatherY(order, 0, count, into);
    } else {
      data.gatherX(order, 0, count, into);
    }
  }

  /**
   * The texts of these rows, for samples that are texts: one after the other where a sample has
   * several.
   *
   * @throws IllegalArgumentException if they are numbers
   */
  public List<String> texts() {
    SampleTexts texts =
        Optional.of(data)
            .filter(source -> !targets)
            .flatMap(SampleSource::texts)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "texts expects samples that are texts but these are numbers: toArray() has them."));
    float[] places = new float[Math.multiplyExact(size(), rowSize())];
    copy(0, size(), places);
    List<String> all = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < size(); i++) {
      for (int part = 0; part < texts.isText().size(); part++) {
        int end = at + Shapes.size(rowShapes().get(part));
        for (; at < end; at++) {
          if (texts.isText().get(part)) {
            all.add(texts.table().get((int) places[at]));
          }
        }
      }
    }
    return List.copyOf(all);
  }

  /** Whether samples are texts, or have some among their values. */
  public boolean hasTexts() {
    return !targets && data.texts().isPresent();
  }

  /** The rows as a source of samples, with the targets that they have there. */
  SampleSource source() {
    return Subset.range(data, from, to);
  }

  /** All elements as floats, row-major: four bytes each, so select the rows you need first. */
  public float[] toArray() {
    if (hasTexts()) {
      throw new IllegalArgumentException(
          "toArray expects samples of numbers but these are texts: texts() has them, and textVectorization(…) makes numbers of them.");
    }
    float[] all =
        new float
            [Memory.length(
                "toArray() of " + Arrays.toString(shape()),
                Float.BYTES,
                "ask for fewer rows, such as rows(0, 8)",
                size(),
                rowSize())];
    copy(0, size(), all);
    return all;
  }

  /** All elements as doubles, for losses, metrics and charts: eight bytes each. */
  public double[] toDoubles() {
    Memory.heap(
        "toDoubles() of " + Arrays.toString(shape()),
        Memory.product(Float.BYTES + Double.BYTES, size(), rowSize()),
        "ask for fewer rows, such as rows(0, 8)");
    float[] all = toArray();
    return IntStream.range(0, all.length).mapToDouble(i -> all[i]).toArray();
  }

  /** All elements if there are few; otherwise the shape and the dataset. */
  @Override
  public String toString() {
    if (hasTexts()) {
      return size() <= SHOWN ? texts().toString() : Messages.of("texts of %s", data);
    }
    if (rowSize() == 1 && size() <= SHOWN) {
      return Values.own(toArray(), size()).toString();
    }
    return Messages.of(
        "%s of %s: %s", targets ? "targets" : "samples", data, Arrays.toString(shape()));
  }
}
