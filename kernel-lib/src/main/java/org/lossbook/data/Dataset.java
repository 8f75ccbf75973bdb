package org.lossbook.data;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Require;
import org.lossbook.data.augment.Augmentation;
import org.lossbook.data.augment.AugmentedSource;
import org.lossbook.data.view.OneAgainstRestTargets;
import org.lossbook.data.view.OneHotTargets;
import org.lossbook.data.view.PaddedTargets;
import org.lossbook.data.view.SampleSource;
import org.lossbook.data.view.Subset;

/**
 * A dataset: samples and their targets, read one batch at a time. How it stores them is up to the
 * dataset (pixels stay bytes); a batch receives scaled floats, row-major, channels last.
 */
public interface Dataset extends SampleSource {
  /**
   * The preparation that turned the rows of a table into these samples; empty for any other
   * dataset.
   */
  default Optional<Preparation> preparation() {
    return Optional.empty();
  }

  /** All samples as a view of shape {@code [size, …sampleShape]}, which is read lazily. */
  default View x() {
    return View.samples(SourceDataset.sourceOf(this));
  }

  /** All targets as a view of shape {@code [size, …targetShape]}. */
  default View y() {
    return View.targets(SourceDataset.sourceOf(this));
  }

  /** The samples from {@code from} (inclusive) to {@code to} (exclusive). */
  default Dataset rows(int from, int to) {
    NoSuchRows.check("rows", from, to, size());
    return SourceDataset.view(this, source -> Subset.range(source, from, to));
  }

  /**
   * The samples at these positions, in this order; a position may be repeated.
   *
   * <pre>{@code data.rows(new int[] {0, 2, 4})}</pre>
   *
   * @throws IllegalArgumentException if there is no such sample; the message says which
   */
  default Dataset rows(int[] positions) {
    return SourceDataset.view(this, source -> Subset.rows(source, positions));
  }

  /**
   * The concatenation of this dataset and others. Labels stay labels if all datasets have the same
   * classes.
   *
   * <pre>{@code mine.concat(yours).shuffled(1)}</pre>
   *
   * @throws IllegalArgumentException if their shapes or classes differ; the message says how
   */
  default Dataset concat(Dataset... others) {
    return SourceDataset.concat(this, others);
  }

  /**
   * A dataset whose samples are transformed by a function each time they are read. Its result for
   * the first sample sets the shape of all.
   *
   * <pre>{@code data.map(x -> x.toINDArray().mul(2))}</pre>
   *
   * @param samples maps a sample to an array of any kind
   * @throws IllegalArgumentException if it returns null, something other than numbers, or another
   *     shape than before; the message says for which sample
   */
  default Dataset map(Function<? super Values, ?> samples) {
    return SourceDataset.of(MappedSamples.of(SourceDataset.sourceOf(this), samples));
  }

  /**
   * A dataset whose samples and targets are transformed by functions, the targets all at once, now:
   * if they become the integers 0 to k−1, each of which occurs, they are labels.
   *
   * @param targets maps a target to a number or an array of any kind
   */
  default Dataset map(Function<? super Values, ?> samples, Function<? super Values, ?> targets) {
    return SourceDataset.of(
        MappedSamples.of(MappedTargets.of(SourceDataset.sourceOf(this), targets), samples));
  }

  /**
   * A dataset with data augmentation: training sees a new random variant of each sample in each
   * epoch.
   *
   * <pre>{@code digits.train().augmented(augment().shift(2).rotate(10))}</pre>
   *
   * @throws IllegalArgumentException if the samples cannot be augmented like this; the message says
   *     why
   */
  default Dataset augmented(Augmentation augmentation) {
    return SourceDataset.view(this, source -> AugmentedSource.of(source, augmentation));
  }

  @Override
  default Dataset plain() {
    return this;
  }

  /**
   * The dataset as seen in one epoch: an augmented dataset draws new variants for each seed, also
   * when {@link #shuffled}. Any other dataset returns itself.
   */
  @Override
  default Dataset forEpoch(long seed) {
    return this;
  }

  /**
   * A dataset with one-hot targets instead of labels: 1 at the class, 0 elsewhere; masks of labels
   * {@code [h, w]} become {@code [h, w, classes]}.
   *
   * @throws IllegalArgumentException if the targets are not labels
   */
  default Dataset oneHot() {
    return SourceDataset.view(this, source -> OneHotTargets.of(source));
  }

  /**
   * A dataset with one-hot targets for a given number of classes, whether or not each occurs: for
   * the labels 0, 2 and 5, {@code oneHot(6)} makes rows of six.
   *
   * @param classes the number of classes, greater than the largest label
   * @throws IllegalArgumentException if a target is not a label below {@code classes}; the message
   *     says which
   */
  default Dataset oneHot(int classes) {
    return SourceDataset.view(this, source -> OneHotTargets.of(source, classes));
  }

  /**
   * A dataset whose targets are rows of {@code length} labels: those above 0 in their order, filled
   * up with 0, as {@code ctc()} takes them.
   *
   * @throws IllegalArgumentException if a target is no row, or when one is read that has more
   *     labels
   */
  default Dataset paddedTargets(int length) {
    return SourceDataset.view(this, source -> PaddedTargets.of(source, length));
  }

  /**
   * A one-vs-rest dataset: the label is 1 for samples of this class, 0 for all others.
   *
   * <pre>{@code digits.train().oneAgainstRest(7)     // is it a seven?}</pre>
   *
   * @param label the label of the class
   * @throws IllegalArgumentException if the targets are not labels, or there is no such class
   */
  default Dataset oneAgainstRest(int label) {
    return SourceDataset.view(this, source -> OneAgainstRestTargets.of(source, label));
  }

  /**
   * The dataset with weights, by which the losses of its samples are multiplied in {@code fit}, as
   * {@code validation} and in {@code evaluate}. They stay with their samples in every view, such as
   * rows, splits and shuffled samples; weights of an image's pixels move where an augmentation
   * moves the image.
   *
   * <pre>{@code
   * model.fit(dataset(x, y).weighted(vector(1, 1, 5, 1)).shuffled(1), epochs(5))
   * }</pre>
   *
   * @param weights one number per sample, or one for each position of a target: {@code [n, h, w]}
   *     beside labels {@code [n, h, w]}; 0 or more
   * @throws IllegalArgumentException if one is negative or their number fits neither
   */
  default Dataset weighted(Object weights) {
    return SourceDataset.view(this, source -> WeightedSource.of("weighted", source, weights));
  }

  /** The first {@code count} samples, or all if there are fewer. */
  default Dataset take(int count) {
    return rows(0, Math.min(count, size()));
  }

  /**
   * The samples in random order; the same seed gives the same order, and the same variants of an
   * augmented dataset.
   */
  default Dataset shuffled(long seed) {
    return SourceDataset.view(
        forEpoch(seed), source -> Subset.of(source, Permutations.shuffled(size(), seed)));
  }

  /**
   * The samples in batches of {@code size}, in order; the last batch holds the remainder.
   *
   * <pre>{@code for (var batch : data.shuffled(1).batches(32)) { … batch.x() … batch.y() … }}</pre>
   */
  default Iterable<Batch> batches(int size) {
    return Batch.inOrder(SourceDataset.sourceOf(this), size);
  }

  /**
   * A random split into training and test data: {@code fraction} of the samples (rounded) are
   * {@code train()}, the others {@code test()}, which is never augmented.
   *
   * @throws IllegalArgumentException if one of the two would be empty
   */
  default Split split(double fraction, long seed) {
    return Split.of(this, fraction, seed);
  }

  /**
   * The splits of a k-fold cross-validation, after shuffling: each fold is {@code test()} once,
   * never augmented, while the others are {@code train()}.
   *
   * <pre>{@code for (var fold : data.kFold(5, 42)) { … fold.train() … fold.test() … }}</pre>
   *
   * @throws IllegalArgumentException for fewer than 2 folds, or more folds than samples
   */
  default List<Split> kFold(int folds, long seed) {
    return Split.kFold(this, folds, seed);
  }

  /**
   * A dataset of two arrays in memory: each row of {@code x} is a sample, and {@code y} holds its
   * target.
   *
   * <p>{@code x} and {@code y} may be anything that {@link Values#of(String, Object)} accepts. A
   * vector {@code x} is n samples of shape {@code [1]}. A vector {@code y} of the integers 0 to
   * k−1, each of which occurs, holds labels of k classes; any other holds measurements. Texts name
   * classes, whose labels are 0 to k−1 in alphabetical order.
   *
   * <p>{@code x} may also be texts, {@code List.of("a good film", "a bad one")}, an array or a
   * column of them, for a model that begins with {@code textVectorization(…)}.
   *
   * <p>For a model of several inputs or outputs {@code x} or {@code y} is a list of arrays of equal
   * length, {@code List.of(images, facts)}.
   *
   * <pre>{@code
   * dataset(matrix(row(0, 0), row(0, 1), row(1, 0), row(1, 1)), vector(0, 1, 1, 0))
   * // 4 samples [2], 2 classes
   * }</pre>
   *
   * @throws IllegalArgumentException if the two differ in length, are empty, ragged or contain NaN
   */
  static Dataset of(Object x, Object y) {
    return SourceDataset.of(ArraySource.of("dataset", x, y));
  }

  /**
   * The same with weights, by which the losses of samples are multiplied wherever the dataset goes:
   * {@link #weighted}.
   *
   * @param weights one number per sample, or one for each position of a target, 0 or more
   */
  static Dataset of(Object x, Object y, Object weights) {
    return SourceDataset.of(WeightedSource.of("dataset", ArraySource.of("dataset", x, y), weights));
  }

  /** A dataset over a source of samples. */
  static Dataset of(SampleSource source) {
    return SourceDataset.of(
        Require.given(
            source, "dataset", "a source of samples", "dataset(x, y) makes one of arrays"));
  }

  /**
   * A dataset of samples without targets, for predictions; the targets are 0.
   *
   * @param who the caller's name, for error messages
   */
  static Dataset samples(String who, Object x) {
    return SourceDataset.of(ArraySource.samples(who, x));
  }
}
