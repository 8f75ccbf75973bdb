package org.lossbook.training.fit;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Batch;
import org.lossbook.data.DataStream;
import org.lossbook.network.samples.BatchSamples;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.DataChecks;
import org.lossbook.training.PlanCache;
import org.lossbook.training.TrainingPlan;

/**
 * The batches of a stream that one run of fit trains on; each is checked when it arrives.
 *
 * @hidden
 */
@Internal
public final class StreamFeed implements Feed {
  private final CompiledModel compiled;
  private final DataStream data;
  private final SampleWeights weights;
  private final int batchSize;
  private final OptionalInt wanted;
  private Optional<Iterator<Batch>> batches = Optional.empty();
  private Optional<PlanCache.Lease<TrainingPlan>> lease = Optional.empty();
  private List<List<Integer>> last = List.of(); // of the plan lent
  private SplittableRandom random = new SplittableRandom(0);
  private int epoch;
  private int done; // of this epoch
  private int before; // of the epoch before it
  private Optional<String> note = Optional.empty();

  /** Checks everything that is known before the first batch. */
  public StreamFeed(CompiledModel compiled, DataStream data, FitOptions options) {
    this.compiled = compiled;
    this.data = data;
    new FitChecks(compiled).stream(data, options);
    weights = new SampleWeights(options, compiled.heads().get(0));
    batchSize = options.batchSize();
    wanted = options.stepsPerEpoch();
  }

  @Override
  public void open() {}

  /** Always 0, because an epoch ends when the stream does. */
  @Override
  public int steps() {
    return wanted.orElse(0);
  }

  @Override
  public int expected() {
    return wanted.orElse(before);
  }

  @Override
  public void beginEpoch(long seed) {
    random = new SplittableRandom(seed);
    close(); // the next step draws from this epoch's seed
    before = done;
    done = 0;
    epoch++;
    if (wanted.isEmpty()) {
      batches = Optional.empty();
    }
  }

  @Override
  public TrainingPlan next() {
    if (done == wanted.orElse(-1)) {
      return null;
    }
    Optional<Batch> batch = pulled();
    if (batch.isEmpty()) {
      ended();
      return null;
    }
    TrainingPlan loaded = load(batch.get());
    done++;
    return loaded;
  }

  private Optional<Batch> pulled() {
    try {
      if (batches.isEmpty() || done == 0 && !data.isOnce() && !batches.get().hasNext()) {
        batches = Optional.of(data.batches(batchSize));
      }
      return batches.get().hasNext() ? Optional.of(batches.get().next()) : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw placed(e);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          Messages.of(
              "fit expects a stream that gives its batches but it failed with %s (%s) at %s: the"
                  + " weights are kept, and model.history() holds the run so far.",
              e.getClass().getSimpleName(),
              e.getMessage() == null ? "no message" : e.getMessage(),
              place()),
          e);
    }
  }

  private IllegalArgumentException placed(IllegalArgumentException e) {
    return new IllegalArgumentException(Messages.of("%s (%s)", e.getMessage(), place()), e);
  }

  private String place() {
    return Messages.of("batch %,d of epoch %d of this run", done + 1, epoch);
  }

  private void ended() {
    if (done == 0) {
      throw new IllegalArgumentException(
          epoch == 1
              ? "fit expects at least one batch but the stream has none: check how it was made."
              : Messages.of(
                  "fit expects a batch for epoch %d of this run but the stream has ended: it can be"
                      + " gone through once, so give stream(…) a list or a function that starts"
                      + " over, or fewer epochs.",
                  epoch));
    }
    if (wanted.isPresent() && note.isEmpty()) {
      note =
          Optional.of(
              Messages.of(
                  "stepsPerEpoch: the stream ended in epoch %d of this run, which has %,d of %,d"
                      + " steps",
                  epoch, done, wanted.getAsInt()));
    }
  }

  private TrainingPlan load(Batch batch) {
    try {
      BatchSamples x = BatchSamples.of("fit", compiled.network(), batch.x());
      BatchSamples y = BatchSamples.of("fit", "y", batch.y());
      CompiledModel sized = compiled.sizedFor("fit", x.rowShapes());
      var checks = new DataChecks(sized);
      checks.batch("fit", x, y);
      checks.weights("fit", batch.weights(), x.rows());
      TrainingPlan ready = plan(sized, x.rows());
      ready.load(x, y);
      checks.targets(ready.targets(), x.rows());
      weights.weigh(ready, batch.weights());
      return ready;
    } catch (IllegalArgumentException e) {
      throw placed(e);
    }
  }

  /** The plan for a batch, reused while its size and the samples' shapes stay the same. */
  private TrainingPlan plan(CompiledModel sized, int size) {
    List<List<Integer>> shapes = sized.sizes();
    if (lease.isEmpty() || lease.get().get().batch() != size || !shapes.equals(last)) {
      close();
      last = shapes;
      lease = Optional.of(sized.lendTraining(size));
      lease.get().get().seed(random.nextLong());
    }
    return lease.get().get();
  }

  @Override
  public Optional<String> note() {
    return note;
  }

  @Override
  public void close() {
    lease.ifPresent(PlanCache.Lease::close);
    lease = Optional.empty();
  }
}
