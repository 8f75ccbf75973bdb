package org.lossbook.training;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.engine.Plan;
import org.lossbook.loss.evaluate.BatchLoss;

/**
 * One output's part of a training step: its loss, gradient and metrics. Allocates nothing.
 *
 * @hidden
 */
@Internal
public final class OutputStep {
  private final int index;
  private final int rows;
  private final int positions;
  private final BatchLoss loss;
  private final double weight;
  private final LossParameters settings;
  private final Probabilities probabilities;
  private final float[] y;
  private final float[] yHat;
  private final float[] gradient;
  private final CountingRows counting;
  private int kept;

  /**
   * @param mask which output of the plan its mask is, if it has one
   * @param y the array that will hold its targets
   */
  OutputStep(OutputHead head, int index, OptionalInt mask, int batch, float[] y) {
    this.index = index;
    counting = CountingRows.of(head, mask, batch);
    positions = head.positions();
    rows = batch * positions;
    this.y = y;
    loss = head.trainingLoss();
    weight = head.weight();
    settings = head.settings();
    probabilities = head.outputLoss().probabilities(rows, head.width());
    yHat = new float[batch * head.size()];
    gradient = new float[yHat.length];
  }

  /** How many rows a sample has for the loss, one at each position. */
  public int positions() {
    return positions;
  }

  /** The weighted loss of the plan's output, to be added to the total. */
  double forward(Plan plan, BatchWeights weights) {
    plan.output(index, yHat);
    counting.read(plan);
    settings.apply(loss);
    kept = counting.keep(y, yHat, weights.of(positions), rows);
    double value =
        kept == 0
            ? 0
            : loss.run(
                counting.y(),
                counting.yHat(),
                counting.weights(),
                kept,
                counting.gradient(gradient));
    counting.spread(gradient);
    if (weight != 1) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= (float) weight;
      }
    }
    return weight * value;
  }

  /** The same loss in double precision, from the network's output. */
  double exactLoss(BatchWeights weights) {
    kept = counting.keep(y, yHat, weights.of(positions), rows);
    if (kept == 0) {
      return 0;
    }
    float[] each = counting.weights();
    return weight
        * loss.run(
            doubles(counting.y()),
            doubles(counting.yHat()),
            each == null ? null : doubles(each),
            kept,
            null);
  }

  public static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  /** Passes the loss's gradient to the plan. */
  void backward(Plan plan) {
    plan.outputGradient(index, gradient);
  }

  /** Updates the learned settings of the loss. */
  void update() {
    if (kept > 0) {
      settings.update(loss, weight);
    }
  }

  /** Adds the gradients of the learned settings of the loss. */
  void addSettingGradients() {
    if (kept > 0) {
      settings.addGradients(loss, weight);
    }
  }

  /** Adds its loss and metrics to the figures of the epoch. */
  void addTo(RunningMetrics running, BatchWeights weights) {
    // Without metrics no probabilities are needed, and they would slow down a small network.
    float[] prediction = running.haveMetrics(index) ? predictions() : yHat;
    int measured = counting.keep(y, prediction, weights.of(positions), rows);
    running.add(index, loss, counting, measured);
  }

  /** The predictions of the last forward pass, the last activation included. */
  public float[] predictions() {
    return probabilities.of(yHat);
  }

  /** The first sample without a finite loss; none if the loss depends on the batch as a whole. */
  OptionalInt firstSampleWithoutLoss() {
    return IntStream.range(0, rows / positions)
        .filter(
            i -> {
              int count = counting.keep(y(i), sample(yHat, i), null, i * positions, positions);
              return count > 0
                  && !Double.isFinite(
                      loss.run(counting.y(), counting.yHat(), counting.weights(), count, null));
            })
        .findFirst();
  }

  /** The target of one sample. */
  float[] y(int sample) {
    return sample(y, sample);
  }

  /** The prediction for one sample in the last forward pass. */
  float[] prediction(int sample) {
    return sample(predictions(), sample);
  }

  private float[] sample(float[] all, int sample) {
    int size = all.length / (rows / positions);
    return Arrays.copyOfRange(all, sample * size, (sample + 1) * size);
  }

  BatchLoss loss() {
    return loss;
  }

  float[] y() {
    return y;
  }
}
