package org.lossbook.data.view;

import java.util.List;

/**
 * Samples and their targets, read by position: what every dataset is, and all that its views need
 * of it. Whatever the samples are kept as (pixels stay bytes), they are read as floats, row-major,
 * channels last.
 */
public interface SampleSource {
  /** The number of samples. */
  int size();

  /** The shape of one sample, without the batch: {@code [28, 28, 1]}, {@code [10]}. */
  int[] sampleShape();

  /**
   * The shape of one target, without the batch: {@code []} for an integer label or a single number,
   * {@code [10]} for one-hot rows.
   */
  int[] targetShape();

  /**
   * The shapes of a sample's values where it has several, for models of several inputs; their
   * numbers follow each other in a row, and {@link #sampleShape} is that row's.
   */
  default List<int[]> sampleShapes() {
    return List.of(sampleShape());
  }

  /** The same for the targets. */
  default List<int[]> targetShapes() {
    return List.of(targetShape());
  }

  /** Whether the targets are class labels {@code 0..k-1}. */
  boolean hasLabels();

  /** The names of the classes, in order of their labels; empty where there are none. */
  List<String> classNames();

  /**
   * Copies the samples {@code order[from]} to {@code order[from + count - 1]} to the start of
   * {@code into}.
   */
  void gatherX(int[] order, int from, int count, float[] into);

  /** The same for the targets; a label is its number. */
  void gatherY(int[] order, int from, int count, float[] into);

  /** The same samples without augmentation: what validation and tests are measured on. */
  default SampleSource plain() {
    return this;
  }

  /**
   * The same samples as one epoch sees them: augmentation draws other variants for another seed.
   */
  default SampleSource forEpoch(long seed) {
    return this;
  }
}
