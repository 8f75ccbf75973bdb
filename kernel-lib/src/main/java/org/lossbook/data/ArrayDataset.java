package org.lossbook.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Samples and targets that were given as arrays, kept as floats. */
final class ArrayDataset implements Dataset {
  private static final int MOST_CLASSES = 10_000;

  private final float[] x;
  private final float[] y;
  private final int size;
  private final int[] sampleShape;
  private final int[] targetShape;
  private final List<String> classNames;

  private ArrayDataset(Values x, Values y) {
    this.x = x.sharedFloats();
    this.y = y.sharedFloats();
    this.size = x.rows();
    this.sampleShape = x.rank() == 1 ? new int[] {1} : rowShape(x);
    this.targetShape = rowShape(y);
    this.classNames = targetShape.length == 0 ? classes(this.y) : List.of();
  }

  /** See {@link Dataset#of}. */
  static Dataset of(String who, Object samples, Object targets) {
    Values x = Values.of(who, samples).finite(who, "x");
    Values y = Values.of(who, targets).finite(who, "y");
    if (x.rank() == 0 || y.rank() == 0) {
      throw new IllegalArgumentException(
          "%s expects a row for each sample but receives a single number: give x and y as arrays."
              .formatted(who));
    }
    if (x.rows() != y.rows()) {
      throw new IllegalArgumentException(
          "%s expects a target for each sample but receives %d samples %s and %d targets %s: make them as many."
              .formatted(
                  who, x.rows(), Arrays.toString(x.shape()), y.rows(), Arrays.toString(y.shape())));
    }
    return new ArrayDataset(x, y);
  }

  private static int[] rowShape(Values values) {
    return Arrays.copyOfRange(values.shape(), 1, values.rank());
  }

  /** Whole numbers 0..k-1, each of which occurs, are labels; anything else is a measurement. */
  private static List<String> classes(float[] y) {
    boolean[] occurs = new boolean[Math.min(y.length, MOST_CLASSES)];
    int classes = 0;
    for (float value : y) {
      int label = (int) value;
      if (label != value || label < 0 || label >= occurs.length) {
        return List.of();
      }
      occurs[label] = true;
      classes = Math.max(classes, label + 1);
    }
    return classes > 1 && IntStream.range(0, classes).allMatch(label -> occurs[label])
        ? IntStream.range(0, classes).mapToObj(Integer::toString).toList()
        : List.of();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int[] sampleShape() {
    return sampleShape.clone();
  }

  @Override
  public int[] targetShape() {
    return targetShape.clone();
  }

  @Override
  public boolean hasLabels() {
    return !classNames.isEmpty();
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public void gatherX(int[] order, int from, int count, float[] into) {
    gather(x, order, from, count, into);
  }

  @Override
  public void gatherY(int[] order, int from, int count, float[] into) {
    gather(y, order, from, count, into);
  }

  private void gather(float[] rows, int[] order, int from, int count, float[] into) {
    int stride = rows.length / size;
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows, order[from + i] * stride, into, i * stride, stride);
    }
  }

  @Override
  public String toString() {
    return Describe.dataset(this);
  }
}
