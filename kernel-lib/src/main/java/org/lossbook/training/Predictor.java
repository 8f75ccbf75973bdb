package org.lossbook.training;

import java.util.Optional;
import java.util.SplittableRandom;
import org.lossbook.Internal;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.base.Messages;
import org.lossbook.data.Values;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Mode;

/**
 * Prediction: runs samples of any kind through a model.
 *
 * @hidden
 */
@Internal
public final class Predictor {
  private Predictor() {}

  /**
   * The predictions of one output for samples.
   *
   * @param given a list of arrays for several inputs, one for each
   */
  public static Values of(CompiledModel model, int head, Object given) {
    Samples samples = Samples.of("predict", model, given);
    int outputs = samples.model().heads().get(head).size();
    float[] all = room(samples.size(), outputs);
    BatchedInference.run(
        samples.model(),
        "predict",
        samples.size(),
        (step, from, count) -> samples.copy().copy(from, count, step.x()),
        (step, from, count) ->
            System.arraycopy(step.predictions(head), 0, all, from * outputs, count * outputs));
    return shaped(samples, head, all);
  }

  /** Which rows of an output count, for samples; empty where it has no mask. */
  public static Optional<boolean[]> counting(CompiledModel model, int head, Object given) {
    Samples samples = Samples.of("predict", model, given);
    if (samples.model().network().maskOf(head).isEmpty()) {
      return Optional.empty();
    }
    int positions = samples.model().heads().get(head).positions();
    boolean[] counts = new boolean[samples.size() * positions];
    BatchedInference.run(
        samples.model(),
        "predict",
        samples.size(),
        (step, from, count) -> samples.copy().copy(from, count, step.x()),
        (step, from, count) -> {
          for (int row = 0; row < count * positions; row++) {
            counts[from * positions + row] = step.counting(head).counts(row);
          }
        });
    return Optional.of(counts);
  }

  /** The outputs of the forward pass of training. */
  public static Values of(CompiledModel model, int head, Object given, TrainingMode mode) {
    Samples samples = Samples.of("predict", model, given);
    int outputs = samples.model().heads().get(head).size();
    float[] all = room(samples.size(), outputs);
    var seeds = new SplittableRandom(mode.draw());
    int batch = mode.batchOf(samples.size());
    int count;
    for (int from = 0; from < samples.size(); from += count) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedTraining(
            Messages.of("predict was interrupted after %,d of %,d samples.", from, samples.size()));
      }
      count = Math.min(batch, samples.size() - from); // statistics are of whole batches
      try (var lease = samples.model().lendInference(count, Mode.SAMPLING)) {
        InferencePlan step = lease.get();
        step.seed(seeds.nextLong());
        samples.copy().copy(from, count, step.x());
        step.run(count);
        System.arraycopy(step.predictions(head), 0, all, from * outputs, count * outputs);
      }
    }
    return shaped(samples, head, all);
  }

  private static float[] room(int samples, int outputs) {
    return new float
        [Memory.length(
            () -> Messages.of("predict of %,d samples", samples),
            Float.BYTES,
            "predict fewer at a time, such as data.rows(0, 1000)",
            samples,
            outputs)];
  }

  private static Values shaped(Samples samples, int head, float[] all) {
    int[] output = samples.model().heads().get(head).output().shape();
    return Values.of(all, Samples.prepended(samples.size(), output));
  }
}
