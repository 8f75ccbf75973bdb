package org.lossbook.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.lossbook.data.Dataset;
import org.lossbook.data.Order;

/** What one run of fit trains on, in each epoch's order, and what it is validated on. */
final class FitData {
  private final Dataset train;
  private final Optional<Dataset> validation;
  private final Optional<float[]> validationWeights;
  private final SampleWeights weights;
  private final boolean shuffled;
  private final int[] order;
  private Dataset samples; // of this epoch, varied where they are augmented

  /** Everything about the data is checked here. */
  FitData(Core core, Dataset data, FitOptions options) {
    var checks = new DataChecks(core);
    checks.dataset("fit", data);
    options.validation().ifPresent(dataset -> checks.dataset("validation", dataset));
    checks.weights(data, options);
    if (options.validationSplit() > 0) {
      // As Keras: the last part, before any shuffling; a tenth of ten is one in spite of rounding.
      int kept = (int) Math.floor(data.size() * (1 - options.validationSplit()) + 1e-9);
      checks.split(data.size(), kept, options);
      train = data.rows(0, kept);
      validation = Optional.of(data.plain().rows(kept, data.size()));
      validationWeights = options.sampleWeight().map(w -> Arrays.copyOfRange(w, kept, w.length));
    } else {
      train = data;
      validation = options.validation().map(Dataset::plain);
      validationWeights = Optional.empty();
    }
    weights = new SampleWeights(options, core.targets()[0]);
    shuffled = options.isShuffled();
    order = IntStream.range(0, train.size()).toArray();
    samples = train;
  }

  /** How many samples are trained on. */
  int size() {
    return train.size();
  }

  /** The samples that are not trained on. */
  Optional<Dataset> validation() {
    return validation;
  }

  /** A weight for each of them. */
  Optional<float[]> validationWeights() {
    return validationWeights;
  }

  /**
   * Before each epoch: its order, and its variations of the samples.
   *
   * @param seed of the variations
   * @param random from which the order is drawn
   */
  void beginEpoch(long seed, SplittableRandom random) {
    samples = train.forEpoch(seed);
    if (shuffled) {
      Order.shuffle(order, random);
    }
  }

  /** Copies a batch into a step, the one that begins with sample {@code from} of the order. */
  void load(TrainingStep step, int from) {
    step.load(samples, order, from);
    weights.weigh(step, order, from);
  }
}
