package org.lossbook.training.fit;

import java.util.Optional;
import org.lossbook.callback.Run;
import org.lossbook.plot.Curves;
import org.lossbook.plot.Series;
import org.lossbook.plot.canvas.Role;

/** How a figure of training looks as curves, while it runs and afterwards. */
final class FigureCurves {
  /** More pairs of axes than loss and one metric are too small to read. */
  static final int PANELS = 2;

  private FigureCurves() {}

  /**
   * One pair of axes.
   *
   * @param name the figure: {@code loss}
   * @param called what the line of training is called
   * @param training its values on what is trained on, with their places in epochs
   * @param validation its values at the epochs' ends; empty where nothing is validated
   */
  static Curves of(String name, String called, Points training, Optional<Points> validation) {
    if (name.equals(Run.LEARNING_RATE)) {
      // A factor is a distance on this axis, and nothing is a mean.
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
