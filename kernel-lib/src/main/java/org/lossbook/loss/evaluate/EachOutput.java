package org.lossbook.loss.evaluate;

import org.lossbook.loss.check.LossInputs;

/**
 * A loss of answers of which some are ignored, where a row has several: each output is a row of its
 * own, so that those that count count alike.
 */
final class EachOutput implements CompiledLoss {
  private final CompiledLoss single;
  private final int columns;
  private float[] floats = {};
  private double[] doubles = {};

  /**
   * @param single the loss compiled for rows of one number
   */
  EachOutput(CompiledLoss single, int columns) {
    this.single = single;
    this.columns = columns;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public double run(float[] y, float[] yHat, float[] weights, int rows, float[] gradient) {
    int outputs = rows * columns;
    if (weights == null) {
      return single.run(y, yHat, null, outputs, gradient);
    }
    floats = floats.length < outputs ? new float[outputs] : floats;
    for (int i = 0; i < outputs; i++) {
      floats[i] = weights[i / columns];
    }
    return single.run(y, yHat, floats, outputs, gradient);
  }

  @Override
  public double run(double[] y, double[] yHat, double[] weights, int rows, double[] gradient) {
    int outputs = rows * columns;
    if (weights == null) {
      return single.run(y, yHat, null, outputs, gradient);
    }
    doubles = doubles.length < outputs ? new double[outputs] : doubles;
    for (int i = 0; i < outputs; i++) {
      doubles[i] = weights[i / columns];
    }
    return single.run(y, yHat, doubles, outputs, gradient);
  }

  /** The mean over the outputs that count. */
  @Override
  public double[] perSample(LossInputs in) {
    LossInputs outputs = in.byOutput();
    double[] each = single.perSample(outputs);
    double[] losses = new double[in.rows()];
    for (int r = 0; r < losses.length; r++) {
      int counting = 0;
      for (int i = r * columns; i < (r + 1) * columns; i++) {
        losses[r] += each[i];
        counting += outputs.isIgnored(i) ? 0 : 1;
      }
      losses[r] = counting == 0 ? 0 : losses[r] / counting;
    }
    return losses;
  }

  @Override
  public void set(int i, double value) {
    single.set(i, value);
  }

  @Override
  public double settingGradient(int i) {
    return single.settingGradient(i);
  }

  @Override
  public int parts() {
    return single.parts();
  }

  @Override
  public double part(int i) {
    return single.part(i);
  }

  @Override
  public double divisor(int i) {
    return single.divisor(i);
  }

  @Override
  public boolean isSum(int i) {
    return single.isSum(i);
  }

  @Override
  public double finished(double[] parts) {
    return single.finished(parts);
  }
}
