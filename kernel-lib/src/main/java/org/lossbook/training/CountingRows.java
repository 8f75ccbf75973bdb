package org.lossbook.training;

import java.util.Arrays;
import java.util.OptionalInt;
import org.lossbook.Internal;
import org.lossbook.engine.Plan;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.metric.Metric;

/**
 * The rows of an output that count: all of them, or those that the output's mask keeps, moved up
 * without a gap. Loss and metrics of a padded batch are those of its steps, whatever stands in the
 * padding. Allocates nothing after construction.
 *
 * @hidden
 */
@Internal
public final class CountingRows implements MeasuredRows {
  private static final int NONE = -1;

  private final int output;
  private final int targetWidth;
  private final int width;
  private final boolean isWhole;
  private final float[] mask;
  private final float[] keptY;
  private final float[] keptYHat;
  private final float[] keptWeights;
  private final float[] keptGradient;
  private float[] y;
  private float[] yHat;
  private float[] weights;
  private float[] allY;
  private float[] allYHat;
  private float[] allWeights;
  private int all;

  private CountingRows(int output, int rows, int targetWidth, int width, boolean isWhole) {
    this.output = output;
    this.isWhole = isWhole;
    this.targetWidth = targetWidth;
    this.width = width;
    mask = new float[rows];
    keptY = new float[rows * targetWidth];
    keptYHat = new float[rows * width];
    keptWeights = new float[rows];
    keptGradient = new float[rows * width];
  }

  /**
   * Those of an output.
   *
   * @param mask which output of the plan its mask is, if it has one
   */
  static CountingRows of(OutputHead head, OptionalInt mask, int batch) {
    return mask.isEmpty()
        ? new CountingRows(NONE, 0, 0, 0, false)
        : new CountingRows(
            mask.getAsInt(),
            batch * head.positions(),
            head.targetWidth(),
            head.width(),
            new TrainingLoss(head.loss()).takesSequences());
  }

  /** Reads the mask of the plan's last forward pass, if the output has one. */
  void read(Plan plan) {
    if (isMasked()) {
      plan.output(output, mask);
    }
  }

  /** Whether the output has a mask. */
  boolean isMasked() {
    return output != NONE;
  }

  /** Whether a row counts. */
  boolean counts(int row) {
    return !isMasked() || mask[row] != 0;
  }

  /**
   * Takes the rows that count.
   *
   * @param weights one a row, or null for all ones
   * @param rows how many there are
   * @return how many count
   */
  public int keep(float[] y, float[] yHat, float[] weights, int rows) {
    return keep(y, yHat, weights, 0, rows);
  }

  /**
   * The same for rows in the middle of the batch.
   *
   * @param from the first row, by which the mask is read
   */
  int keep(float[] y, float[] yHat, float[] weights, int from, int rows) {
    allY = y;
    allYHat = yHat;
    allWeights = weights;
    all = rows;
    if (isMasked() && isWhole) {
      return whole(y, yHat, weights, from, rows);
    }
    this.y = isMasked() ? keptY : y;
    this.yHat = isMasked() ? keptYHat : yHat;
    this.weights = isMasked() && weights != null ? keptWeights : weights;
    if (!isMasked()) {
      return rows;
    }
    int kept = 0;
    for (int i = 0; i < rows; i++) {
      if (mask[from + i] != 0) {
        System.arraycopy(y, i * targetWidth, keptY, kept * targetWidth, targetWidth);
        System.arraycopy(yHat, i * width, keptYHat, kept * width, width);
        keptWeights[kept] = weights == null ? 1 : weights[i];
        kept++;
      }
    }
    return kept;
  }

  /** All rows, of a loss that sees a sample's rows together; those that do not count weigh 0. */
  private int whole(float[] y, float[] yHat, float[] weights, int from, int rows) {
    this.y = y;
    this.yHat = yHat;
    this.weights = wholeWeights(weights, from, rows);
    return rows;
  }

  private float[] wholeWeights(float[] weights, int from, int rows) {
    for (int i = 0; i < rows; i++) {
      keptWeights[i] = mask[from + i] == 0 ? 0 : weights == null ? 1 : weights[i];
    }
    return keptWeights;
  }

  @Override
  public void addWhole(Metric.Tally tally, boolean isWeighted) {
    float[] given = isWeighted ? allWeights : null;
    tally.add(allY, allYHat, isMasked() ? wholeWeights(given, 0, all) : given, all);
  }

  @Override
  public float[] y() {
    return y;
  }

  @Override
  public float[] yHat() {
    return yHat;
  }

  @Override
  public float[] weights() {
    return weights;
  }

  /**
   * The array for the gradient of the rows that were kept.
   *
   * @param whole that of all rows
   */
  float[] gradient(float[] whole) {
    return isMasked() && !isWhole ? keptGradient : whole;
  }

  /** Moves that gradient to where its rows were; it is 0 at the others. */
  void spread(float[] whole) {
    if (!isMasked() || isWhole) {
      return;
    }
    Arrays.fill(whole, 0);
    int kept = 0;
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0) {
        System.arraycopy(keptGradient, kept * width, whole, i * width, width);
        kept++;
      }
    }
  }
}
