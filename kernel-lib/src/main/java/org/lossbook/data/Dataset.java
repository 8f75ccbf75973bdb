package org.lossbook.data;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.data.augment.Augmentation;
import org.lossbook.data.augment.AugmentedSource;
import org.lossbook.data.view.OneAgainstRestTargets;
import org.lossbook.data.view.OneHotTargets;
import org.lossbook.data.view.SampleSource;
import org.lossbook.data.view.Subset;

/**
 * Samples and their targets, read a batch at a time. What is kept in memory is the dataset's own
 * affair (pixels stay bytes); what a batch gets is floats, scaled, row-major, channels last.
 */
public interface Dataset extends SampleSource {
  /** How its samples were made of a table's rows; empty where they were not. */
  default Optional<Preparation> preparation() {
    return Optional.empty();
  }

  /** All samples as a view, {@code [size, …sampleShape]}: read when used, never copied before. */
  default View x() {
    return View.samples(SourceDataset.sourceOf(this));
  }

  /** All targets as a view, {@code [size, …targetShape]}. */
  default View y() {
    return View.targets(SourceDataset.sourceOf(this));
  }

  /** The samples from {@code from} up to, but without, {@code to}. */
  default Dataset rows(int from, int to) {
    NoSuchRows.check("rows", from, to, size());
    return SourceDataset.view(this, source -> Subset.range(source, from, to));
  }

  /**
   * The samples in these positions, in this order; one may come several times.
   *
   * <pre>{@code data.rows(new int[] {0, 2, 4})}</pre>
   *
   * @throws IllegalArgumentException where there is no such sample: says which
   */
  default Dataset rows(int[] positions) {
    return SourceDataset.view(this, source -> Subset.rows(source, positions));
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
    return SourceDataset.concat(this, others);
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
    return SourceDataset.of(MappedSamples.of(SourceDataset.sourceOf(this), samples));
  }

  /**
   * The same with targets that go through a function, too, all of them now: where they become the
   * whole numbers 0 to k−1, each of which occurs, they are labels.
   *
   * @param targets from a target to a number or an array of any kind
   */
  default Dataset map(Function<? super Values, ?> samples, Function<? super Values, ?> targets) {
    return SourceDataset.of(
        MappedSamples.of(MappedTargets.of(SourceDataset.sourceOf(this), targets), samples));
  }

  /**
   * The same samples, varied at random each time that training sees them.
   *
   * <pre>{@code digits.train().augmented(augment().shift(2).rotate(10))}</pre>
   *
   * @throws IllegalArgumentException where they cannot be varied like this: says why
   */
  default Dataset augmented(Augmentation augmentation) {
    return SourceDataset.view(this, source -> AugmentedSource.of(source, augmentation));
  }

  @Override
  default Dataset plain() {
    return this;
  }

  /**
   * The same samples as one epoch sees them: an augmented dataset draws other variants for another
   * seed, and {@link #shuffled} asks for them too. Any other dataset is as it was.
   */
  @Override
  default Dataset forEpoch(long seed) {
    return this;
  }

  /**
   * The same samples with rows for targets instead of labels: 1 at the class, 0 elsewhere.
   *
   * @throws IllegalArgumentException where the targets are no labels
   */
  default Dataset oneHot() {
    return SourceDataset.view(this, source -> OneHotTargets.of(source));
  }

  /**
   * The same for labels of so many classes, whether each of them occurs or not: of the labels 0, 2
   * and 5 {@code oneHot(6)} makes rows of six.
   *
   * @param classes how many there are, more than the largest label
   * @throws IllegalArgumentException where a target is no such label: says which
   */
  default Dataset oneHot(int classes) {
    return SourceDataset.view(this, source -> OneHotTargets.of(source, classes));
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
    return SourceDataset.view(this, source -> OneAgainstRestTargets.of(source, label));
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
    return SourceDataset.view(
        forEpoch(seed), source -> Subset.of(source, Permutations.shuffled(size(), seed)));
  }

  /**
   * The samples in batches of {@code size}, in their order; the last batch holds what is left.
   *
   * <pre>{@code for (var batch : data.shuffled(1).batches(32)) { … batch.x() … batch.y() … }}</pre>
   */
  default Iterable<Batch> batches(int size) {
    return Batch.inOrder(x(), y(), size);
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
    return Split.kFold(this, folds, seed);
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
    return SourceDataset.of(ArraySource.of("dataset", x, y));
  }

  /**
   * A dataset of samples alone, for predictions; their targets are 0.
   *
   * @param who asks, for the error
   */
  static Dataset samples(String who, Object x) {
    return SourceDataset.of(ArraySource.samples(who, x));
  }
}
