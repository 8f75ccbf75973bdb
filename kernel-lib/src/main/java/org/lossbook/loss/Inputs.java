package org.lossbook.loss;

/**
 * A batch as it came, brought into rows and checked: nothing is reshaped or repaired.
 *
 * @param y {@code rows × targets}
 * @param yHat {@code rows × columns}
 * @param weights one a sample, or null for all ones
 */
record Inputs(Loss loss, double[] y, double[] yHat, double[] weights, int rows, int columns) {

  static Inputs of(Loss loss, Object y, Object yHat) {
    Grid prediction = Grid.of(loss, yHat, loss.prediction().isRow());
    boolean isRow = loss.prediction().isRow() && !loss.target().isOnePerSample();
    Grid truth = Grid.of(loss, y, isRow);
    if (truth.rows() != prediction.rows()) {
      throw new IllegalArgumentException(
          loss.name()
              + " expects as many samples in y as in ŷ but receives "
              + truth
              + " and "
              + prediction
              + ": give each truth its prediction.");
    }
    Checks.targetWidth(loss, truth.columns(), prediction.columns());
    Checks.targets(loss, truth.numbers(), truth.rows(), prediction.columns());
    Checks.predictions(loss, prediction.numbers(), prediction.rows(), prediction.columns());
    return new Inputs(
        loss, truth.numbers(), prediction.numbers(), null, prediction.rows(), prediction.columns());
  }

  Inputs weighted(Object given) {
    Grid each = Grid.of(loss, given, false);
    if (each.rows() != rows || each.columns() != 1) {
      throw new IllegalArgumentException(
          loss.name()
              + " expects one weight for each of the "
              + rows
              + " samples but receives "
              + each
              + ": give a vector of "
              + rows
              + ".");
    }
    Checks.finite(loss, "weights", each.numbers(), 1);
    return new Inputs(loss, y, yHat, each.numbers(), rows, columns);
  }
}
