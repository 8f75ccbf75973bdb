package org.lossbook.metric;

import java.util.ArrayList;
import java.util.List;
import org.lossbook.Internal;
import org.lossbook.formula.Numbers;

/**
 * The weighted mean of a figure of each sample.
 *
 * @hidden
 */
@Internal
public abstract class MeanTally extends ClassTally implements WorkedTally {
  private double total;
  private double weight;

  public MeanTally(Truth truth) {
    super(truth);
  }

  /** The figure of sample {@code row}. */
  public abstract double of(float[] y, float[] yHat, int row);

  @Override
  public final void add(float[] y, float[] yHat, float[] weights, int rows) {
    for (int r = 0; r < rows; r++) {
      double w = weights == null ? 1 : weights[r];
      total += w * of(y, yHat, r);
      weight += w;
    }
  }

  @Override
  public final Steps steps(Samples given) {
    List<Line> samples = new ArrayList<>();
    for (int r = 0; r < given.rows(); r++) {
      double figure = of(given.y(), given.yHat(), r);
      double w = given.weights().isPresent() ? given.weights().get()[r] : 1;
      String what = figure == 1 ? "right" : figure == 0 ? "wrong" : "partly right";
      samples.add(
          given.weights().isEmpty()
              ? Line.of(what, figure)
              : Line.of(Numbers.text(w) + "·" + Numbers.text(figure) + ", " + what, w * figure));
    }
    return new Steps(
        "",
        samples,
        List.of(
            Line.of("sum", total),
            Line.of(
                "divided by "
                    + (given.weights().isEmpty()
                        ? "n = " + given.rows() + (given.rows() == 1 ? " sample" : " samples")
                        : "the sum of the weights, " + Numbers.text(weight)),
                value())));
  }

  @Override
  public final double value() {
    return total / weight;
  }

  @Override
  public final boolean isMean() {
    return true;
  }

  @Override
  public final void reset() {
    total = 0;
    weight = 0;
  }

  /** The position of the largest number in a row, the first of equal ones. */
  public static int argmax(float[] numbers, int row, int columns) {
    int best = 0;
    for (int k = 1; k < columns; k++) {
      if (numbers[row * columns + k] > numbers[row * columns + best]) {
        best = k;
      }
    }
    return best;
  }

  /**
   * Whether output {@code position} of a row is among the {@code k} largest; those that equal the
   * k-th largest all are, as in Keras.
   */
  public static boolean isAmongFirst(int k, float[] numbers, int row, int columns, int position) {
    float own = numbers[row * columns + position];
    int larger = 0;
    for (int i = row * columns; i < (row + 1) * columns; i++) {
      larger += numbers[i] > own ? 1 : 0;
    }
    return larger < k;
  }
}
