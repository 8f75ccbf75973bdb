package org.lossbook.layer.worked;

import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.engine.Activation;
import org.lossbook.layer.function.FunctionViews;
import org.lossbook.layer.function.KerasFunctions;
import org.lossbook.layer.function.RowViews;

/** The activation function at the end of a layer. */
final class Ended {
  private Ended() {}

  static boolean isLinear(Activation activation) {
    return activation.equals(Activation.LINEAR);
  }

  /** Its values for rows of so many numbers. */
  static double[] values(Activation activation, double[] before, int width) {
    if (isLinear(activation)) {
      return before.clone();
    }
    Optional<RowViews> rows = RowViews.of(activation);
    if (rows.isEmpty()) {
      return KerasFunctions.formulaOf(activation)
          .map(function -> FunctionViews.values(function, before, false))
          .orElseThrow(
              () ->
                  Messages.wrong(
                      "explain expects an activation function that is a formula but receives %s: explain the layer without it.",
                      activation.kerasName()));
    }
    double[] after = new double[before.length];
    for (int from = 0; from < before.length; from += width) {
      double[] row = new double[width];
      System.arraycopy(before, from, row, 0, width);
      double[] values = rows.get().values(row);
      if (values.length != width) {
        throw Messages.wrong(
            "explain expects an activation function that keeps the width but receives %s: explain the layer without it.",
            activation.kerasName());
      }
      System.arraycopy(values, 0, after, from, width);
    }
    return after;
  }
}
