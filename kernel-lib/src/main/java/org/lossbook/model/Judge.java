package org.lossbook.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.data.Dataset;
import org.lossbook.loss.BatchLoss;
import org.lossbook.loss.Training;

/** A model's figures on samples that it does not train on. */
final class Judge {
  private final Core core;
  private final String call;
  private final BatchLoss loss;
  private final Tallies tallies;

  /**
   * @param call who asks, for messages: {@code evaluate}
   */
  Judge(Core core, String call) {
    this.core = core;
    this.call = call;
    loss = new Training(core.ending().loss()).bind(core.network().outputs());
    tallies = core.tallies();
  }

  /** The loss and the metrics over the whole dataset, with a weight for each sample's loss. */
  Map<String, Double> figures(Dataset data, Optional<float[]> weights) {
    int[] order = IntStream.range(0, data.size()).toArray();
    core.settings().apply(loss);
    double cost = core.penalties().cost();
    tallies.reset();
    Passes.run(
        core,
        call,
        data.size(),
        (step, from, count) -> {
          data.gatherX(order, from, count, step.x());
          data.gatherY(order, from, count, step.y());
        },
        (step, predictions, from, count) -> {
          float[] each = weights.map(w -> part(w, from, count)).orElse(null);
          loss.run(step.y(), predictions, each, count, null);
          double all = cost + step.activityCost(count);
          tallies.add(loss, all, step.y(), predictions, count);
        });
    return tallies.figures();
  }

  private static float[] part(float[] all, int from, int count) {
    return Arrays.copyOfRange(all, from, from + count);
  }
}
