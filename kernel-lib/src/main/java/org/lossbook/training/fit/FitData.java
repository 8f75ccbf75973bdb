package org.lossbook.training.fit;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.Permutations;
import org.lossbook.network.samples.TextSamples;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.DataChecks;
import org.lossbook.training.PlanCache;
import org.lossbook.training.TrainingPlan;

/**
 * The training and validation data of one run of fit, shuffled anew for each epoch.
 *
 * @hidden
 */
@Internal
public final class FitData implements Feed {
  private final CompiledModel compiled;
  private final Dataset train;
  private final Optional<Dataset> validation;
  private final SampleWeights weights;
  private final boolean shuffled;
  private final int[] order;
  private final int batchSize;
  private final int batches;
  private final OptionalInt wanted;
  private Optional<PlanCache.Lease<TrainingPlan>> whole = Optional.empty();
  private Optional<PlanCache.Lease<TrainingPlan>> last = Optional.empty();
  private Dataset samples; // of this epoch, augmented if wanted
  private int next; // batch of the data
  private int steps; // of this epoch
  private int end; // of it
  private int epoch;
  private Optional<String> note = Optional.empty();

  private static Dataset validation(CompiledModel compiled, Dataset held) {
    Dataset numbers = TextSamples.numbers("validation", compiled.network(), held);
    return compiled.sizedFor("validation", numbers.sampleShapes()).fitted("validation", numbers);
  }

  /** Checks everything about the data. */
  public FitData(CompiledModel compiled, Dataset training, FitOptions given) {
    FitOptions options = given.reading(held -> validation(compiled, held));
    this.compiled = compiled;
    Dataset data = compiled.fitted("fit", training);
    var checks = new DataChecks(compiled);
    var fit = new FitChecks(compiled);
    checks.dataset("fit", data);
    options
        .validation()
        .ifPresent(
            dataset ->
                new DataChecks(compiled.sizedFor("validation", dataset.sampleShapes()))
                    .dataset("validation", dataset));
    fit.weights(data, options);
    data = options.sampleWeight().isPresent() ? data.weighted(options.sampleWeight().get()) : data;
    if (options.validationSplit() > 0) {
      // As in Keras: the last part, before any shuffling; a tenth of ten is one despite rounding.
      int kept = (int) Math.floor(data.size() * (1 - options.validationSplit()) + 1e-9);
      fit.split(data.size(), kept, options);
      train = data.rows(0, kept);
      validation = Optional.of(data.plain().rows(kept, data.size()));
    } else {
      train = data;
      validation = options.heldOut();
    }
    weights = new SampleWeights(options, compiled.heads().get(0));
    shuffled = options.isShuffled();
    order = IntStream.range(0, train.size()).toArray();
    samples = train;
    batchSize = Math.min(options.batchSize(), train.size());
    batches = (train.size() + batchSize - 1) / batchSize;
    wanted = options.stepsPerEpoch();
    steps = Math.min(batches, wanted.orElse(batches));
  }

  /** The validation data, if any. */
  public Optional<Dataset> validation() {
    return validation;
  }

  @Override
  public void open() {
    whole = Optional.of(compiled.lendTraining(batchSize));
    int rest = train.size() % batchSize;
    if (rest != 0) {
      last = Optional.of(compiled.lendTraining(rest));
    }
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public void beginEpoch(long seed) {
    var random = new SplittableRandom(seed);
    plan(batches - 1).seed(random.nextLong());
    plan(0).seed(random.nextLong());
    if (next == batches) {
      next = 0;
    }
    if (next == 0) {
      samples = train.forEpoch(seed);
      if (shuffled) {
        Permutations.shuffle(order, random);
      }
    }
    epoch++;
    steps = Math.min(batches - next, wanted.orElse(batches));
    end = next + steps;
    if (wanted.isPresent() && steps < wanted.getAsInt() && note.isEmpty()) {
      note =
          Optional.of(
              Messages.of(
                  "stepsPerEpoch: the data has %,d batches, so epoch %d of this run has %,d of %,d"
                      + " steps and the next one starts over with the data",
                  batches, epoch, steps, wanted.getAsInt()));
    }
  }

  private TrainingPlan plan(int batch) {
    return (batch == batches - 1 && last.isPresent() ? last : whole).orElseThrow().get();
  }

  @Override
  public TrainingPlan next() {
    if (next == end) {
      return null;
    }
    TrainingPlan plan = plan(next);
    int from = next++ * batchSize;
    plan.load(samples, order, from);
    weights.weigh(plan, samples, order, from);
    return plan;
  }

  @Override
  public Optional<String> note() {
    return note;
  }

  @Override
  public void close() {
    last.ifPresent(PlanCache.Lease::close);
    whole.ifPresent(PlanCache.Lease::close);
  }
}
