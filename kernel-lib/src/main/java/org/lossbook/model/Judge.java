package org.lossbook.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lossbook.data.Dataset;
import org.lossbook.loss.BatchLoss;

/** A model's figures on samples that it does not train on. */
final class Judge {
  private final Core core;
  private final String call;
  private final OptionalInt batchSize;
  private final BatchLoss[] losses;
  private final Tallies tallies;

  /**
   * @param call who asks, for messages: {@code evaluate}
   */
  Judge(Core core, String call) {
    this(core, call, OptionalInt.empty());
  }

  /**
   * @param batchSize of how many samples at a time, where it is not for {@link Passes} to say
   */
  Judge(Core core, String call, OptionalInt batchSize) {
    this.core = core;
    this.call = call;
    this.batchSize = batchSize;
    losses = core.heads().stream().map(Head::judging).toArray(BatchLoss[]::new);
    tallies = core.tallies();
  }

  /**
   * The {@link #figures} for a call of the reader's.
   *
   * @throws MetricException where a metric threw
   */
  Map<String, Double> judged(Dataset data, Optional<float[]> weights) {
    try {
      return figures(data, weights);
    } catch (MetricException.Thrown e) {
      throw e.at("in " + call, "correct the metric, and compile with it.");
    }
  }

  /** The loss and the metrics over the whole dataset, with a weight for each sample's loss. */
  Map<String, Double> figures(Dataset data, Optional<float[]> weights) {
    int[] order = IntStream.range(0, data.size()).toArray();
    for (int h = 0; h < losses.length; h++) {
      core.heads().get(h).settings().apply(losses[h]);
    }
    double cost = core.penalties().cost();
    tallies.reset();
    Passes.run(
        core,
        call,
        batchSize,
        data.size(),
        (step, from, count) -> {
          data.gatherX(order, from, count, step.x());
          data.gatherY(order, from, count, step.y());
        },
        (step, from, count) -> {
          float[] each = weights.map(all -> part(all, from, count)).orElse(null);
          for (int h = 0; h < losses.length; h++) {
            losses[h].run(step.y(h), step.predictions(h), each, count, null);
            tallies.add(h, losses[h], step.y(h), step.predictions(h), each, count);
          }
          tallies.batch(cost + step.activityCost(count), count);
        });
    return tallies.figures();
  }

  private static float[] part(float[] all, int from, int count) {
    return Arrays.copyOfRange(all, from, from + count);
  }
}
