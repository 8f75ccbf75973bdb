package org.lossbook.training.fit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lossbook.base.Messages;
import org.lossbook.callback.Callback;
import org.lossbook.config.Refined;
import org.lossbook.data.Dataset;
import org.lossbook.loss.spec.ClassWeights;
import org.lossbook.model.Model;
import org.lossbook.training.DataChecks;

/**
 * Options of {@link Model#fit fit}, as an immutable value: each call gives a changed copy.
 *
 * <pre>{@code
 * epochs(5).batchSize(32).validation(digits.test()).seed(1)
 * epochs(10).validationSplit(0.2).classWeight(Map.of(0, 1, 1, 5)).quiet()
 * }</pre>
 */
public final class FitOptions extends Refined<FitOptions> {
  private int epochs;
  private int batchSize = 32;
  private Optional<Dataset> validation = Optional.empty();
  private Optional<float[]> validationWeights = Optional.empty();
  private double validationSplit;
  private int validationFrequency = 1;
  private OptionalInt stepsPerEpoch = OptionalInt.empty();
  private int initialEpoch;
  private OptionalLong seed = OptionalLong.empty();
  private boolean shuffle = true;
  private Optional<float[]> sampleWeight = Optional.empty();
  private ClassWeights classWeight = ClassWeights.of(Map.of());
  private List<Callback> callbacks = List.of();
  private boolean quiet;
  private boolean silent;

  private FitOptions() {}

  /**
   * The number of epochs; each goes through all samples once, shuffled, in batches of 32.
   *
   * @throws IllegalArgumentException for less than one
   */
  public static FitOptions epochs(int epochs) {
    require(epochs >= 1, "epochs expects 1 or more but receives %d: try epochs(5).", epochs);
    return new FitOptions().with(o -> o.epochs = epochs);
  }

  /** The batch size; the last batch of an epoch may be smaller. */
  public FitOptions batchSize(int size) {
    int checked = checkedBatchSize(size);
    return with(o -> o.batchSize = checked);
  }

  static int checkedBatchSize(int size) {
    require(
        size >= 1, "batchSize expects 1 or more but receives %d: 32 is a good first choice.", size);
    return size;
  }

  /**
   * The validation data, which is not trained on: figures that begin with {@code val_} are measured
   * on it.
   */
  public FitOptions validation(Dataset dataset) {
    return validation(dataset, Optional.empty());
  }

  /**
   * The same with sample weights, by which each sample's loss is multiplied, and its contributions
   * to the metrics that are {@linkplain org.lossbook.metric.Metric#sampleWeighted weighted by
   * samples}.
   *
   * @param weights one number per sample, or one for each position, 0 or more
   */
  public FitOptions validation(Dataset dataset, Object weights) {
    return validation(dataset, Optional.of(SampleWeights.of("validation", weights)));
  }

  /** The same from arrays. */
  public FitOptions validation(Object x, Object y) {
    return validation(Dataset.of(x, y));
  }

  /** The same from arrays, with sample weights. */
  public FitOptions validation(Object x, Object y, Object weights) {
    return validation(Dataset.of(x, y), weights);
  }

  private FitOptions validation(Dataset dataset, Optional<float[]> weights) {
    DataChecks.given("validation", dataset);
    return with(
        o -> {
          o.validation = Optional.of(dataset);
          o.validationWeights = weights;
        });
  }

  /**
   * Holds out the last part of the samples, before any shuffling, for validation.
   *
   * @param fraction of the samples, between 0 and 1
   */
  public FitOptions validationSplit(double fraction) {
    require(
        fraction > 0 && fraction < 1,
        "validationSplit expects a fraction between 0 and 1 but receives %s: 0.2 keeps a fifth.",
        fraction);
    return with(o -> o.validationSplit = fraction);
  }

  /**
   * Validates only every so many epochs: the other epochs have no {@code val_} figures, and
   * callbacks that monitor one wait for the next. Keras's {@code validation_freq}.
   *
   * @throws IllegalArgumentException for less than one
   */
  public FitOptions validationFrequency(int epochs) {
    require(
        epochs >= 1,
        "validationFrequency expects 1 epoch or more but receives %d: 2 validates after every other"
            + " one.",
        epochs);
    return with(o -> o.validationFrequency = epochs);
  }

  /**
   * Ends each epoch after so many steps. As in Keras the next epoch continues with the following
   * samples; at the end of the data the epoch ends too, and the next one starts over, as does each
   * fit.
   *
   * @throws IllegalArgumentException for less than one
   */
  public FitOptions stepsPerEpoch(int steps) {
    require(
        steps >= 1,
        "stepsPerEpoch expects 1 or more but receives %d: leave it out to use all samples.",
        steps);
    return with(o -> o.stepsPerEpoch = OptionalInt.of(steps));
  }

  /**
   * Counts so many epochs as already done: {@code epochs(10).initialEpoch(6)} trains for four,
   * numbered 7 to 10, and for none if none is left.
   *
   * @throws IllegalArgumentException for less than zero
   */
  public FitOptions initialEpoch(int epochs) {
    require(
        epochs >= 0,
        "initialEpoch expects 0 or more but receives %d: it counts the epochs that were trained"
            + " before.",
        epochs);
    return with(o -> o.initialEpoch = epochs);
  }

  /**
   * Makes the run reproducible: this seed determines shuffling, dropout and, for a model that has
   * neither been trained nor given weights or a seed, its initial weights.
   *
   * <p>Results are bit for bit the same with the same processor instructions and number of threads.
   * Another number of threads, or AVX2 instead of AVX-512, adds in another order: the first step
   * then differs in the last digits, and a long run in more of them.
   */
  public FitOptions seed(long seed) {
    return with(o -> o.seed = OptionalLong.of(seed));
  }

  /** Whether to shuffle the samples before each epoch; true by default. */
  public FitOptions shuffle(boolean shuffle) {
    return with(o -> o.shuffle = shuffle);
  }

  /**
   * Sample weights, by which each sample's loss is multiplied; the sum is still divided by the
   * number of samples, unless the loss is a {@link org.lossbook.loss.Loss#weightedMean() weighted
   * mean}.
   *
   * @param weights one number per sample, or one for each position of a target: {@code [n, h, w]}
   *     beside labels {@code [n, h, w]}
   */
  public FitOptions sampleWeight(Object weights) {
    float[] each = SampleWeights.of("sampleWeight", weights);
    return with(o -> o.sampleWeight = Optional.of(each));
  }

  /**
   * Class weights, by which the loss of each class's samples is multiplied in training; 1 for those
   * not named. A {@link org.lossbook.loss.Loss#classWeight loss} can have its own, which apply to
   * evaluation too.
   *
   * @param weights by label: {@code Map.of(0, 1, 1, 5)}
   */
  public FitOptions classWeight(Map<Integer, ? extends Number> weights) {
    var classes = ClassWeights.of(weights);
    return with(o -> o.classWeight = classes);
  }

  /**
   * Callbacks that observe and may control the run, called in this order; another call adds more.
   *
   * @param callbacks {@code earlyStopping().patience(3)}, {@code csvLog("run.csv")}, a function of
   *     your own in {@code onEpochEnd(run -> …)}
   */
  public FitOptions callbacks(Callback... callbacks) {
    require(
        callbacks != null && Arrays.stream(callbacks).noneMatch(callback -> callback == null),
        "callbacks expects callbacks but receives %s: try callbacks(earlyStopping()).",
        Arrays.toString(callbacks));
    return with(
        o -> o.callbacks = Stream.concat(o.callbacks.stream(), Stream.of(callbacks)).toList());
  }

  /** Turns the display off; only a loss that became NaN or infinite is still reported. */
  public FitOptions quiet() {
    return with(o -> o.quiet = true);
  }

  /** Turns all output off: only the history says how the run ended. */
  public FitOptions silent() {
    return quiet().with(o -> o.silent = true);
  }

  /** The same for another number of epochs. */
  public FitOptions withEpochs(int count) {
    int checked = epochs(count).epochs;
    return with(o -> o.epochs = checked);
  }

  /** The number of epochs. */
  public int epochs() {
    return epochs;
  }

  int batchSize() {
    return batchSize;
  }

  /** These options with another form of the validation data. */
  FitOptions reading(UnaryOperator<Dataset> form) {
    return validation.isEmpty()
        ? this
        : with(o -> o.validation = Optional.of(form.apply(validation.get())));
  }

  Optional<Dataset> validation() {
    return validation;
  }

  /** The validation data, if given. */
  public Optional<Dataset> heldOut() {
    return validation.map(
        data -> validationWeights.map(data.plain()::weighted).orElseGet(data::plain));
  }

  Optional<float[]> validationWeights() {
    return validationWeights;
  }

  double validationSplit() {
    return validationSplit;
  }

  int validationFrequency() {
    return validationFrequency;
  }

  OptionalInt stepsPerEpoch() {
    return stepsPerEpoch;
  }

  int initialEpoch() {
    return initialEpoch;
  }

  /** The seed, if given. */
  public OptionalLong seed() {
    return seed;
  }

  boolean isShuffled() {
    return shuffle;
  }

  Optional<float[]> sampleWeight() {
    return sampleWeight;
  }

  ClassWeights classWeight() {
    return classWeight;
  }

  List<Callback> callbacks() {
    return callbacks;
  }

  boolean isSilent() {
    return silent;
  }

  /** Whether the display is off. */
  public boolean isQuiet() {
    return quiet;
  }

  private static void require(boolean holds, String message, Object received) {
    if (!holds) {
      throw Messages.wrong(message, received);
    }
  }

  /** {@code epochs(5).batchSize(32)} and the other options that were set. */
  @Override
  public String toString() {
    var text = new StringBuilder(Messages.of("epochs(%d).batchSize(%d)", epochs, batchSize));
    validation.ifPresent(
        dataset ->
            text.append(".validation(")
                .append(dataset)
                .append(
                    validationWeights.map(w -> Messages.of(", %,d weights", w.length)).orElse(""))
                .append(")"));
    if (validationSplit > 0) {
      text.append(".validationSplit(").append(validationSplit).append(")");
    }
    if (validationFrequency > 1) {
      text.append(Messages.of(".validationFrequency(%d)", validationFrequency));
    }
    stepsPerEpoch.ifPresent(steps -> text.append(Messages.of(".stepsPerEpoch(%d)", steps)));
    if (initialEpoch > 0) {
      text.append(Messages.of(".initialEpoch(%d)", initialEpoch));
    }
    seed.ifPresent(value -> text.append(".seed(").append(value).append(")"));
    if (!shuffle) {
      text.append(".shuffle(false)");
    }
    sampleWeight.ifPresent(w -> text.append(Messages.of(".sampleWeight(%,d weights)", w.length)));
    if (!classWeight.isEmpty()) {
      text.append(".classWeight(").append(classWeight).append(")");
    }
    if (!callbacks.isEmpty()) {
      text.append(
          callbacks.stream()
              .map(Callback::toString)
              .collect(Collectors.joining(", ", ".callbacks(", ")")));
    }
    return text.append(silent ? ".silent()" : quiet ? ".quiet()" : "").toString();
  }
}
