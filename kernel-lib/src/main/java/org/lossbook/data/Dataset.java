package org.lossbook.data;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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

  /** How its samples were made of a table's rows; empty where they were not. */
  default Optional<Preparation> preparation() {
    return Optional.empty();
  }

  /** All samples as a view, {@code [size, …sampleShape]}: read when used, never copied before. */
  default View x() {
    return View.samples(this);
  }

  /** All targets as a view, {@code [size, …targetShape]}. */
  default View y() {
    return View.targets(this);
  }

  /** The samples from {@code from} up to, but without, {@code to}. */
  default Dataset rows(int from, int to) {
    return Selection.range(this, from, to);
  }

  /**
   * The samples in these positions, in this order; one may come several times.
   *
   * <pre>{@code data.rows(new int[] {0, 2, 4})}</pre>
   *
   * @throws IllegalArgumentException where there is no such sample: says which
   */
  default Dataset rows(int[] positions) {
    return Selection.rows(this, positions);
  }

  /**
   * These samples and then those of other datasets. Labels stay labels where all mean the same by
   * them.
   *
   * <pre>{@code mine.concat(yours).shuffled(1)}</pre>
   *
   * @throws IllegalArgumentException where their shapes or their classes differ: says how
   */
  default Dataset concat(Dataset... others) {
    return ConcatenatedDataset.of(this, others);
  }

  /**
   * The same targets with samples that go through a function, each time that they are read. What it
   * gives for the first sample says the shape of all.
   *
   * <pre>{@code data.map(x -> x.toINDArray().mul(2))}</pre>
   *
   * @param samples from a sample to an array of any kind
   * @throws IllegalArgumentException where it gives nothing, no numbers, or another shape than
   *     before: says for which sample
   */
  default Dataset map(Function<? super Values, ?> samples) {
    return Mapped.of(this, samples);
  }

  /**
   * The same with targets that go through a function, too, all of them now: where they become the
   * whole numbers 0 to k−1, each of which occurs, they are labels.
   *
   * @param targets from a target to a number or an array of any kind
   */
  default Dataset map(Function<? super Values, ?> samples, Function<? super Values, ?> targets) {
    return Mapped.of(MappedTargets.of(this, targets), samples);
  }

  /**
   * The same samples, varied at random each time that training sees them.
   *
   * <pre>{@code digits.train().augmented(augment().shift(2).rotate(10))}</pre>
   *
   * @throws IllegalArgumentException where they cannot be varied like this: says why
   */
  default Dataset augmented(Augmentation augmentation) {
    return Augmented.of(this, augmentation);
  }

  /** The same samples without augmentation: what validation and tests are measured on. */
  default Dataset plain() {
    return this;
  }

  /**
   * The same samples as one epoch sees them: an augmented dataset draws other variants for another
   * seed, and {@link #shuffled} asks for them too. Any other dataset is as it was.
   */
  default Dataset forEpoch(long seed) {
    return this;
  }

  /**
   * The same samples with rows for targets instead of labels: 1 at the class, 0 elsewhere.
   *
   * @throws IllegalArgumentException where the targets are no labels
   */
  default Dataset oneHot() {
    return OneHot.of(this);
  }

  /**
   * The same for labels of so many classes, whether each of them occurs or not: of the labels 0, 2
   * and 5 {@code oneHot(6)} makes rows of six.
   *
   * @param classes how many there are, more than the largest label
   * @throws IllegalArgumentException where a target is no such label: says which
   */
  default Dataset oneHot(int classes) {
    return OneHot.of(this, classes);
  }

  /**
   * The same samples asked one question, whether they are of this class: the label is 1 where they
   * are, 0 elsewhere.
   *
   * <pre>{@code digits.train().oneAgainstRest(7)     // is it a seven?}</pre>
   *
   * @param label of the class, by its number
   * @throws IllegalArgumentException where the targets are no labels, or none of them is this one
   */
  default Dataset oneAgainstRest(int label) {
    return OneAgainstRest.of(this, label);
  }

  /** The first {@code count} samples, or all where there are fewer. */
  default Dataset take(int count) {
    return rows(0, Math.min(count, size()));
  }

  /**
   * The same samples in an order drawn with this seed; the same seed gives the same order, and the
   * same variants of an augmented dataset.
   */
  default Dataset shuffled(long seed) {
    return Selection.shuffled(this, seed);
  }

  /**
   * The samples in batches of {@code size}, in their order; the last batch holds what is left.
   *
   * <pre>{@code for (var batch : data.shuffled(1).batches(32)) { … batch.x() … batch.y() … }}</pre>
   */
  default Iterable<Batch> batches(int size) {
    return Batch.of(this, size);
  }

  /**
   * Shuffles with this seed and cuts: {@code fraction} of the samples (rounded) are {@code
   * train()}, the others {@code test()}, which are never augmented.
   *
   * @throws IllegalArgumentException where one of the two would be empty
   */
  default Split split(double fraction, long seed) {
    return Split.of(this, fraction, seed);
  }

  /**
   * Shuffles with this seed and cuts into so many folds, each of which is {@code test()} once,
   * never augmented, while the others are {@code train()}: cross-validation.
   *
   * <pre>{@code for (var fold : data.kFold(5, 42)) { … fold.train() … fold.test() … }}</pre>
   *
   * @throws IllegalArgumentException for less than 2 folds, or more than there are samples
   */
  default List<Split> kFold(int folds, long seed) {
    return Folds.of(this, folds, seed);
  }

  /**
   * A dataset of two arrays in memory: a sample a row of {@code x}, its target in {@code y}.
   *
   * <p>{@code x} and {@code y} may be anything that {@link Values#of(String, Object)} takes. A
   * vector as {@code x} is n samples of one number, {@code [1]}. A vector as {@code y} whose
   * numbers are 0 to k−1, each of which occurs, holds labels of k classes; any other holds
   * measurements.
   *
   * <p>For a model of several inputs or outputs {@code x} or {@code y} is a list of arrays of one
   * length, {@code List.of(images, facts)}.
   *
   * <pre>{@code
   * dataset(matrix(row(0, 0), row(0, 1), row(1, 0), row(1, 1)), vector(0, 1, 1, 0))
   * // 4 samples [2], 2 classes
   * }</pre>
   *
   * @throws IllegalArgumentException where the two differ in length, are empty, ragged or hold NaN
   */
  static Dataset of(Object x, Object y) {
    return ArrayDataset.of("dataset", x, y);
  }

  /**
   * A dataset of samples alone, for predictions; their targets are 0.
   *
   * @param who asks, for the error
   */
  static Dataset samples(String who, Object x) {
    return ArrayDataset.samples(who, x);
  }
}
