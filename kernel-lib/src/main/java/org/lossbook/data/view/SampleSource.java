package org.lossbook.data.view;

import java.util.List;
import java.util.Optional;

/**
 * A source of samples and their targets, read by index: the part of a dataset that its views need.
 * However samples are stored (pixels stay bytes), they are read as floats, row-major, channels
 * last.
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
   * The shapes of the values of a sample, if it has several, for models with several inputs; they
   * are stored one after the other, and {@link #sampleShape} is the shape of that row.
   */
  default List<int[]> sampleShapes() {
    return List.of(sampleShape());
  }

  /** The shapes of the values of a target, if it has several. */
  default List<int[]> targetShapes() {
    return List.of(targetShape());
  }

  /** The texts, if samples are texts, or have some among their values. */
  default Optional<SampleTexts> texts() {
    return Optional.empty();
  }

  /** Whether the targets are class labels {@code 0..k-1}. */
  boolean hasLabels();

  /** The class names, in the order of the labels; empty if there are none. */
  List<String> classNames();

  /**
   * Copies samples {@code order[from]} to {@code order[from + count - 1]} to the start of {@code
   * into}.
   */
  void gatherX(int[] order, int from, int count, float[] into);

  /** Copies targets in the same way; a label is copied as a number. */
  void gatherY(int[] order, int from, int count, float[] into);

  /**
   * How many weights a sample has, by which its loss is multiplied: 1, or one for each position of
   * its target; 0 if samples have none.
   */
  default int weightsPerSample() {
    return 0;
  }

  /** Copies weights, if there are some, in the same way. */
  default void gatherWeights(int[] order, int from, int count, float[] into) {}

  /** The samples without augmentation, for validation and testing. */
  default SampleSource plain() {
    return this;
  }

  /** The samples as seen in one epoch: augmentation draws new variants for each seed. */
  default SampleSource forEpoch(long seed) {
    return this;
  }
}
