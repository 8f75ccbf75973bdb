package org.lossbook.loss.evaluate;

import org.lossbook.Internal;
import org.lossbook.metric.Metric;

/**
 * Loss as a metric, exact over all batches of an epoch.
 *
 * @hidden
 */
@Internal
public final class LossTally implements Metric.Tally {
  private final BatchLoss loss;
  private final RunningLoss running = new RunningLoss();

  private final boolean seesWholeSamples;

  public LossTally(BatchLoss loss) {
    this(loss, false);
  }

  /**
   * @param seesWholeSamples whether the loss is one of sequences
   */
  public LossTally(BatchLoss loss, boolean seesWholeSamples) {
    this.loss = loss;
    this.seesWholeSamples = seesWholeSamples;
  }

  @Override
  public boolean seesWholeSamples() {
    return seesWholeSamples;
  }

  @Override
  public void add(float[] y, float[] yHat, float[] weights, int rows) {
    loss.run(y, yHat, weights, rows, null);
    running.add(loss);
  }

  @Override
  public double value() {
    return running.value();
  }

  @Override
  public boolean isMean() {
    return true;
  }

  @Override
  public void reset() {
    running.reset();
  }
}
