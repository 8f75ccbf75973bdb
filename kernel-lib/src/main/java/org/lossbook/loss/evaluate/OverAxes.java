package org.lossbook.loss.evaluate;

import org.lossbook.base.Messages;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.check.AxisRows;
import org.lossbook.loss.check.LossInputs;
import org.lossbook.loss.spec.LossSpec;

/**
 * A loss whose sums run over chosen axes: its numbers are brought into rows, and the gradient back
 * from them.
 */
final class OverAxes implements CompiledLoss {
  private final LossSpec loss;
  private final AxisRows rows;
  private final int columns;
  private CompiledLoss inner;
  private int samples;
  private float[][] floats = new float[4][0];
  private double[][] doubles = new double[4][0];

  /**
   * @param sample the shape of a prediction
   */
  OverAxes(LossSpec loss, int... sample) {
    this.loss = loss;
    rows = new AxisRows(loss, sample);
    columns = Shapes.last(sample);
  }

  @Override
  public int columns() {
    return columns;
  }

  private int[] arrange(int all) {
    samples = rows.samples(all);
    int[] places = rows.places(samples);
    if (inner == null || inner.columns() != rows.width()) {
      inner = CompiledLoss.of(loss.overRows(), rows.width());
    }
    return places;
  }

  @Override
  public double run(float[] y, float[] yHat, float[] weights, int count, float[] gradient) {
    int all = count * columns;
    int[] places = arrange(all);
    if (floats[0].length < all) {
      floats = new float[4][all];
    }
    for (int i = 0; i < all; i++) {
      floats[0][i] = y[places[i]];
      floats[1][i] = yHat[places[i]];
    }
    int width = rows.width();
    for (int i = 0; weights != null && i < all; i++) {
      float weight = weights[places[i] / columns];
      floats[2][i / width] = i % width == 0 ? weight : same(floats[2][i / width], weight);
    }
    double value =
        inner.run(
            floats[0],
            floats[1],
            weights == null ? null : floats[2],
            all / width,
            gradient == null ? null : floats[3]);
    for (int i = 0; gradient != null && i < all; i++) {
      gradient[places[i]] = floats[3][i];
    }
    return value;
  }

  @Override
  public double run(double[] y, double[] yHat, double[] weights, int count, double[] gradient) {
    int all = count * columns;
    int[] places = arrange(all);
    if (doubles[0].length < all) {
      doubles = new double[4][all];
    }
    for (int i = 0; i < all; i++) {
      doubles[0][i] = y[places[i]];
      doubles[1][i] = yHat[places[i]];
    }
    int width = rows.width();
    for (int i = 0; weights != null && i < all; i++) {
      double weight = weights[places[i] / columns];
      doubles[2][i / width] =
          i % width == 0 ? weight : same((float) doubles[2][i / width], (float) weight);
    }
    double value =
        inner.run(
            doubles[0],
            doubles[1],
            weights == null ? null : doubles[2],
            all / width,
            gradient == null ? null : doubles[3]);
    for (int i = 0; gradient != null && i < all; i++) {
      gradient[places[i]] = doubles[3][i];
    }
    return value;
  }

  /** The weight of a row, which all positions that it runs over share. */
  private float same(float one, float other) {
    if (rows.areOverBatch()) {
      loss.checkSeesSamples("weights");
    }
    if (one != other) {
      throw Messages.wrong(
          "%s expects one weight for each sample, as it sums over positions, but receives %s and %s within one: give a vector of weights.",
          loss.name(), one, other);
    }
    return one;
  }

  @Override
  public double[] perSample(LossInputs in) {
    LossInputs each = in.overAxes();
    return CompiledLoss.of(each.loss(), each.columns()).perSample(each);
  }

  @Override
  public void set(int i, double value) {
    throw new IllegalStateException(loss.name() + " has no scheduled or learned setting.");
  }

  @Override
  public double settingGradient(int i) {
    throw new IllegalStateException(loss.name() + " has no scheduled or learned setting.");
  }

  @Override
  public int parts() {
    return 1;
  }

  @Override
  public double part(int i) {
    return inner.part(i);
  }

  /** Batches of a loss over all their samples count by their samples. */
  @Override
  public double divisor(int i) {
    return rows.areOverBatch() && !isSum(i) ? samples : inner.divisor(i);
  }

  @Override
  public boolean isSum(int i) {
    return inner.isSum(i);
  }

  @Override
  public double finished(double[] parts) {
    return parts[0];
  }
}
