package org.lossbook.training;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.engine.Plan;
import org.lossbook.loss.evaluate.BatchLoss;

/**
 * One output's part in a training step: its loss, its gradient, its figures. Allocates nothing.
 *
 * @hidden
 */
@Internal
public final class OutputStep {
  private final int index;
  private final int batch;
  private final BatchLoss loss;
  private final double weight;
  private final LossParameters settings;
  private final Probabilities probabilities;
  private final float[] y;
  private final float[] yHat;
  private final float[] gradient;

  /**
   * @param y where its targets will be
   */
  OutputStep(OutputHead head, int index, int batch, float[] y) {
    this.index = index;
    this.batch = batch;
    this.y = y;
    loss = head.trainingLoss();
    weight = head.weight();
    settings = head.settings();
    probabilities = head.outputLoss().probabilities(batch, head.size());
    yHat = new float[batch * head.size()];
    gradient = new float[yHat.length];
  }

  /** What the loss of what the plan gives adds to the total. */
  double forward(Plan plan, float[] weights) {
    plan.output(index, yHat);
    settings.apply(loss);
    double value = loss.run(y, yHat, weights, batch, gradient);
    if (weight != 1) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= (float) weight;
      }
    }
    return weight * value;
  }

  /** The same loss computed in doubles from what the network gave. */
  double exactLoss(double[] weights) {
    return weight * loss.run(doubles(y), doubles(yHat), weights, batch, null);
  }

  public static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  /** Tells the plan the loss's gradient. */
  void backward(Plan plan) {
    plan.outputGradient(index, gradient);
  }

  /** Moves what the loss learns. */
  void update() {
    settings.update(loss, weight);
  }

  /** Keeps the slopes of what the loss learns. */
  void addGradients() {
    settings.addGradients(loss, weight);
  }

  /**
   * Adds what it measured to the figures of the epoch.
   *
   * @param weights of the samples, or null for all ones
   */
  void addTo(RunningMetrics running, float[] weights) {
    // A loss alone needs no probabilities, and a small network feels them.
    float[] said = running.haveMetrics(index) ? predictions() : yHat;
    running.add(index, loss, y, said, weights, batch);
  }

  /** What the model predicted in the last forward run, its last function included. */
  public float[] predictions() {
    return probabilities.of(yHat);
  }

  /**
   * The first sample that has no finite loss by itself; none where the loss sees its batch as a
   * whole.
   */
  OptionalInt firstSampleWithoutLoss() {
    int size = yHat.length / batch;
    return IntStream.range(0, batch)
        .filter(
            i -> {
              float[] said = Arrays.copyOfRange(yHat, i * size, (i + 1) * size);
              return !Double.isFinite(loss.run(y(i), said, null, 1, null));
            })
        .findFirst();
  }

  /** The target of one sample. */
  float[] y(int sample) {
    int size = y.length / batch;
    return Arrays.copyOfRange(y, sample * size, (sample + 1) * size);
  }

  /** What the model predicted of one sample in the last forward run. */
  float[] prediction(int sample) {
    int size = yHat.length / batch;
    return Arrays.copyOfRange(predictions(), sample * size, (sample + 1) * size);
  }

  BatchLoss loss() {
    return loss;
  }

  float[] y() {
    return y;
  }
}
