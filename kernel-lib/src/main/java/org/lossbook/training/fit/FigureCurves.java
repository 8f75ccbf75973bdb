package org.lossbook.training.fit;

import java.util.Optional;
import org.lossbook.callback.Run;
import org.lossbook.plot.Curves;
import org.lossbook.plot.Series;
import org.lossbook.plot.canvas.Role;

/** The learning curves of one figure, during training and afterwards. */
final class FigureCurves {
  /**
   * The maximum number of panels: with more than loss and one metric they are too small to read.
   */
  static final int PANELS = 2;

  private FigureCurves() {}

  /**
   * One panel.
   *
   * @param name the figure: {@code loss}
   * @param called the label of the training curve
   * @param training its values on the training data, over epochs
   * @param validation its values at the ends of epochs; empty without validation
   */
  static Curves of(String name, String called, Points training, Optional<Points> validation) {
    if (name.equals(Run.LEARNING_RATE)) {
      // On a logarithmic axis, and not labelled as a mean.
      return Curves.of("", "epoch", "learning rate")
          .with(new Series("learning rate", Role.TRAINING, training.x(), training.y()))
          .logScale();
    }
    Curves curves =
        Curves.of("", "epoch", name)
            .with(new Series(called, Role.TRAINING, training.x(), training.y()));
    return validation
        .map(
            points ->
                curves.with(new Series("validation", Role.VALIDATION, points.x(), points.y())))
        .orElse(curves);
  }

  record Points(double[] x, double[] y) {}
}
