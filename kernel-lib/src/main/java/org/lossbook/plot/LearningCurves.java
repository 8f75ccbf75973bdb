package org.lossbook.plot;

import java.util.Optional;
import org.lossbook.Internal;

/**
 * Learning curves: a figure of training by epoch, while it runs and afterwards.
 *
 * @hidden
 */
@Internal
public final class LearningCurves {
  /** More pairs of axes than loss and one metric are too small to read. */
  public static final int PANELS = 2;

  /** The name by which a run reports its learning rate. */
  public static final String LEARNING_RATE = "learning_rate";

  private LearningCurves() {}

  /**
   * One panel.
   *
   * @param name the figure: {@code loss}
   * @param called the label of the training curve
   * @param training its values on the training data, over epochs
   * @param validation its values at the ends of epochs; empty without validation
   */
  public static Curves of(
      String name, String called, Points training, Optional<Points> validation) {
    if (name.equals(LEARNING_RATE)) {
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

  /**
   * Points of a curve.
   *
   * @hidden
   */
  @Internal
  public record Points(double[] x, double[] y) {}
}
