package org.lossbook.data;

import java.util.List;

/**
 * Samples and their targets, read a batch at a time. What is kept in memory is the dataset's own
 * affair (pixels stay bytes); what a batch gets is floats, scaled, row-major, channels last.
 */
public interface Dataset {
  /** The number of samples. */
  int size();

  /** The shape of one sample, without the batch: {@code [28, 28, 1]}, {@code [10]}. */
  int[] sampleShape();

  /**
   * The shape of one target, without the batch: {@code []} for an integer label or a single number,
   * {@code [10]} for one-hot rows.
   */
  int[] targetShape();

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
}
