package org.lossbook.metric.sequence;

import java.util.Optional;
import java.util.OptionalInt;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.metric.SampleShape;
import org.lossbook.metric.SequenceMetric;

/**
 * Edit distance of Levenshtein: the fewest insertions, deletions and substitutions that make the
 * truth of the prediction, all samples' together divided by the length of all truths, \(\sum_i
 * d(y_i, \hat y_i) / \sum_i |y_i|\), as in KerasHub. Of characters it is the character error rate,
 * of words the word error rate; it passes 1 where much is inserted. {@link #perSample()} is the
 * mean number of edits in a sample.
 *
 * <p>Takes texts, lists of words, rows of labels that numbers below 0 fill up, or scores {@code [n,
 * steps, classes]}, of which the largest at each step is said. {@link #ctc()} is for models that
 * are trained with the loss of that name: what is repeated counts once, and the blank 0 not at all.
 * {@link #ignore} leaves out padding. Levenshtein 1966, <i>Binary codes capable of correcting
 * deletions, insertions, and reversals</i>.
 *
 * <pre>{@code
 * editDistance().of("kitten", "sitting")                                           // 0.5
 * editDistance().of("the tiny cat was here".split(" "), "the cat was".split(" "))  // 0.4
 * editDistance().perSample().of(vector(1, 2, 3), vector(1, 3, -1))                 // 1
 * }</pre>
 *
 * @question How many edits turn the prediction into the truth?
 * @use For recognized speech and text.
 * @avoid When meaning counts: a synonym costs as much as nonsense.
 * @param normalized whether the edits are divided by the length of the truths
 * @param collapsed whether repeated labels and blanks are taken out first
 * @param ignored the label that does not count
 */
public record EditDistance(boolean normalized, boolean collapsed, OptionalInt ignored)
    implements Metric, SequenceMetric {
  private static final int BLANK = 0;

  /** Edit distance for each label of the truth. */
  public static EditDistance editDistance() {
    return new EditDistance(true, false, OptionalInt.empty());
  }

  /** The mean number of edits in a sample: KerasHub's {@code normalize=False}. */
  public EditDistance perSample() {
    return new EditDistance(false, collapsed, ignored);
  }

  /** Of what a model says that was trained with {@code ctc()}. */
  public EditDistance ctc() {
    return new EditDistance(normalized, true, ignored);
  }

  @Override
  public EditDistance ignore(int label) {
    return new EditDistance(normalized, collapsed, OptionalInt.of(label));
  }

  @Override
  public String name() {
    return "edit_distance";
  }

  @Override
  public Direction direction() {
    return Direction.DOWN;
  }

  @Override
  public double of(Object y, Object yHat) {
    return Tokens.are(y) && Tokens.are(yHat)
        ? Tokens.of(y, yHat).figure(this)
        : Metric.super.of(y, yHat);
  }

  @Override
  public Tally tally(int targets, int outputs) {
    return tally(new SampleShape(1, targets, outputs, outputs));
  }

  /**
   * The tally of whole sequences.
   *
   * @hidden
   */
  @Internal
  @Override
  public Tally tally(SampleShape sample) {
    SampleShape.given(sample);
    boolean isAligned =
        !collapsed && sample.classes() > 1 && SequenceTally.labels(sample) == sample.steps();
    int[] distances = new int[sample.steps() + 1];
    return new SequenceTally(sample, collapsed ? OptionalInt.empty() : ignored, isAligned) {
      @Override
      void decode() {
        truths = collapsed ? collapsed(truth, truths, false) : truths;
        saids = collapsed ? collapsed(said, saids, true) : known(said, saids);
      }

      @Override
      double figure() {
        return distance(truth, truths, said, saids, distances);
      }

      @Override
      double share() {
        return normalized ? truths : 1;
      }
    };
  }

  /** Keeps the labels that are not ignored; how many are left. */
  private int known(float[] labels, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (ignored.isEmpty() || labels[i] != ignored.getAsInt()) {
        labels[kept++] = labels[i];
      }
    }
    return kept;
  }

  /**
   * Keeps the labels that are no blanks, and of equal ones in a row the first; how many are left.
   */
  private int collapsed(float[] labels, int count, boolean isOnceEach) {
    int kept = 0;
    float before = BLANK;
    for (int i = 0; i < count; i++) {
      float label = labels[i];
      boolean counts = label != BLANK && (ignored.isEmpty() || label != ignored.getAsInt());
      if (counts && !(isOnceEach && label == before)) {
        labels[kept++] = label;
      }
      before = label;
    }
    return kept;
  }

  /**
   * The fewest edits from one to the other.
   *
   * @param row scratch, one longer than what is said
   */
  static int distance(float[] truth, int truths, float[] said, int saids, int... row) {
    for (int j = 0; j <= saids; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= truths; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= saids; j++) {
        int replaced = diagonal + (truth[i - 1] == said[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[saids];
  }

  @Override
  public Optional<Config> config() {
    Config config =
        Config.ours("EditDistance").with("normalize", normalized).with("ctc", collapsed);
    return Optional.of(ignored.isEmpty() ? config : config.with("ignored_label", ignored));
  }

  static EditDistance from(Settings settings) {
    OptionalInt ignored =
        settings.has("ignored_label")
            ? OptionalInt.of(settings.integer("ignored_label"))
            : OptionalInt.empty();
    return new EditDistance(settings.flag("normalize", true), settings.flag("ctc", false), ignored);
  }
}
