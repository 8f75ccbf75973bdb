package org.lossbook.training.fit;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.base.Messages;
import org.lossbook.data.Batch;
import org.lossbook.data.DataStream;
import org.lossbook.data.Dataset;
import org.lossbook.loss.evaluate.BatchLoss;
import org.lossbook.network.samples.BatchSamples;
import org.lossbook.training.BatchWeights;
import org.lossbook.training.BatchedInference;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.CountingRows;
import org.lossbook.training.DataChecks;
import org.lossbook.training.InferencePlan;
import org.lossbook.training.MetricException;
import org.lossbook.training.OutputHead;
import org.lossbook.training.RunningMetrics;

/**
 * Evaluates a model: its loss and metrics on data.
 *
 * @hidden
 */
@Internal
public final class ModelEvaluator {
  private static final int STREAMED = 32;

  private final CompiledModel compiled;
  private final String call;
  private final OptionalInt batchSize;
  private final BatchLoss[] losses;
  private final RunningMetrics running;

  /**
   * @param call the caller, for messages: {@code evaluate}
   */
  public ModelEvaluator(CompiledModel compiled, String call) {
    this(compiled, call, OptionalInt.empty());
  }

  /**
   * @param batchSize the batch size; if empty, {@link BatchedInference} chooses it
   */
  public ModelEvaluator(CompiledModel compiled, String call, OptionalInt batchSize) {
    this.compiled = compiled;
    this.call = call;
    this.batchSize = batchSize;
    losses = compiled.heads().stream().map(OutputHead::evaluationLoss).toArray(BatchLoss[]::new);
    running = compiled.runningMetrics();
  }

  /**
   * The {@link #figures}, for a call by the reader.
   *
   * @throws MetricException if a metric threw
   */
  public Map<String, Double> evaluate(Dataset data) {
    try {
      return figures(data);
    } catch (MetricException.Thrown e) {
      throw e.at("in " + call, "correct the metric, and compile with it.");
    }
  }

  /** The loss and the metrics over the whole dataset, with its weights. */
  public Map<String, Double> figures(Dataset data) {
    int[] order = IntStream.range(0, data.size()).toArray();
    for (int h = 0; h < losses.length; h++) {
      compiled.heads().get(h).settings().apply(losses[h]);
    }
    double cost = compiled.penalties().cost();
    running.reset();
    BatchedInference.run(
        compiled,
        call,
        batchSize,
        data.size(),
        (step, from, count) -> {
          data.gatherX(order, from, count, step.x());
          data.gatherY(order, from, count, step.y());
        },
        (step, from, count) -> add(step, weights(data, order, from, count), count, cost));
    return running.figures();
  }

  private static Optional<BatchWeights> weights(Dataset data, int[] order, int from, int count) {
    int each = data.weightsPerSample();
    if (each == 0) {
      return Optional.empty();
    }
    float[] all = new float[count * each];
    data.gatherWeights(order, from, count, all);
    return Optional.of(BatchWeights.of(all, 0, count, count));
  }

  /** The same on a finite stream. */
  public Evaluation figures(DataStream data, EvaluateOptions options) {
    if (data.isEndless() || options.sampleWeight().isPresent()) {
      throw new IllegalArgumentException(
          data.isEndless()
              ? "evaluate expects a finite stream but receives a generator: give stream(…) as"
                  + " many batches as you want to evaluate."
              : "evaluate expects a stream's weights in its batches but receives sampleWeight(…):"
                  + " write batch(x, y, weights).");
    }
    for (int h = 0; h < losses.length; h++) {
      compiled.heads().get(h).settings().apply(losses[h]);
    }
    double cost = compiled.penalties().cost();
    running.reset();
    Iterator<Batch> batches = data.batches(options.batchSize().orElse(STREAMED));
    while (batches.hasNext()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedTraining(
            Messages.of("%s was interrupted after %,d samples.", call, running.samples()));
      }
      Batch batch = batches.next();
      BatchSamples x = BatchSamples.of(call, compiled.network(), batch.x());
      BatchSamples y = BatchSamples.of(call, "y", batch.y());
      CompiledModel sized = compiled.sizedFor(call, x.rowShapes());
      var checks = new DataChecks(sized);
      checks.batch(call, x, y);
      checks.weights(call, batch.weights(), x.rows());
      try (var lease = sized.lendInference(x.rows())) {
        InferencePlan step = lease.get();
        x.copy(step.x());
        y.copy(step.y());
        checks.targets(step.targets(), x.rows());
        step.run(x.rows());
        add(
            step,
            batch.weights().map(all -> BatchWeights.of(all, 0, x.rows(), x.rows())),
            x.rows(),
            cost);
      }
    }
    if (running.samples() == 0) {
      throw new IllegalArgumentException(
          "evaluate expects at least one batch but the stream has none: check how it was made.");
    }
    return new Evaluation(running.figures(), Math.toIntExact(running.samples()));
  }

  private void add(InferencePlan step, Optional<BatchWeights> weights, int count, double cost) {
    for (int h = 0; h < losses.length; h++) {
      int positions = step.positions(h);
      float[] each = weights.map(all -> all.of(positions)).orElse(null);
      CountingRows counting = step.counting(h);
      int measured = counting.keep(step.y(h), step.predictions(h), each, count * positions);
      if (measured > 0) {
        losses[h].run(counting.y(), counting.yHat(), counting.weights(), measured, null);
      }
      running.add(h, losses[h], counting, measured);
    }
    running.batch(cost + step.activityCost(count), count);
  }
}
