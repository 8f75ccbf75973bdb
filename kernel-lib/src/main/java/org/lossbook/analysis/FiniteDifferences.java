package org.lossbook.analysis;

import org.lossbook.engine.Parameters;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.Penalties;
import org.lossbook.training.TrainingPlan;

/**
 * Finite differences: the derivative of a batch's loss with respect to one weight, from the loss
 * alone. Central differences with steps that are halved until the loss looks smooth between them,
 * then extrapolated.
 *
 * <p>A network computes in floats, so its loss has rounding noise of about 1e-8, and a difference
 * over h has that divided by h: wide steps are better. But relu and max pooling make kinks, which a
 * wide step may cross and backpropagation does not see. So a step is as wide as possible without a
 * visible kink, and what the noise could hide is reported as the error.
 */
final class FiniteDifferences {
  private static final float WIDEST = 0.03f;
  private static final int HALVINGS = 9;

  /** In units of noise / h; see {@link #isSmooth} for what is compared. */
  private static final double KINK_TOLERANCE = 40;

  /**
   * Relative to the derivative: a smaller curvature needs no narrower step, which would only be
   * noisier.
   */
  private static final double SMALL_CURVATURE = 5e-4;

  private final Parameters parameters;
  private final TrainingPlan plan;
  private final Penalties penalties;
  private final long seed;
  private final float[] one = new float[1];
  private final double[] above = new double[HALVINGS + 4];
  private final double[] below = new double[HALVINGS + 4];
  private final double[] quotients = new double[HALVINGS + 4];
  private final double here;
  private final double noise;

  /**
   * A derivative and its uncertainty.
   *
   * @param error the uncertainty due to rounding, and to kinks that it hides
   */
  record Derivative(double value, double error) {}

  /**
   * @param plan the plan with the batch loaded
   * @param seed the seed of dropout, the same in all passes
   */
  FiniteDifferences(CompiledModel compiled, TrainingPlan plan, long seed) {
    this.plan = plan;
    this.seed = seed;
    parameters = compiled.weights().parameters();
    penalties = compiled.penalties();
    here = loss();
    noise = measureNoise();
  }

  /** The loss with the current weights, in double precision from the network's output on. */
  private double loss() {
    plan.beginAgain(seed);
    return plan.exactLoss() + plan.activityCost() + penalties.cost();
  }

  private double loss(int index, float value) {
    set(index, value);
    return loss();
  }

  private float weight(int index) {
    parameters.read(Parameters.Vector.TRAINABLE, index, one, 1);
    return one[0];
  }

  private void set(int index, float value) {
    one[0] = value;
    parameters.write(Parameters.Vector.TRAINABLE, index, one, 1);
  }

  /** The rounding noise of the loss: second differences over steps too small for its curvature. */
  private double measureNoise() {
    int size = parameters.trainableSize();
    int probes = Math.min(size, 40);
    float h = 1e-4f;
    double squares = 0;
    for (int k = 0; k < probes; k++) {
      int index = (int) ((long) k * size / probes);
      float w = weight(index);
      double second = loss(index, w + h) - 2 * here + loss(index, w - h);
      set(index, w);
      squares += second * second;
    }
    return Math.sqrt(squares / Math.max(1, probes) / 6) + 2e-9 * Math.abs(here);
  }

  /**
   * The derivative with respect to weight {@code index} of the trainable vector, which is restored.
   *
   * @param expected the value to compare with, which selects the nearer one-sided derivative at a
   *     kink
   */
  Derivative at(int index, double expected) {
    float w = weight(index);
    for (int k = 0; k < 3; k++) {
      measure(index, w, k);
    }
    float h = WIDEST;
    for (int k = 0; k <= HALVINGS; k++, h /= 2) {
      measure(index, w, k + 3);
      // Twice, because several kinks may look like curvature by chance.
      if (isSmooth(k, h) && isSmooth(k + 1, h / 2)) {
        set(index, w);
        return new Derivative((4 * quotients[k + 1] - quotients[k]) / 3, allowed(k, h) / 2);
      }
    }
    set(index, w);
    return kinked(w, expected);
  }

  /**
   * For a smooth function D(h) = f' + b·h², so D(h) − D(h/2) is four times the next such
   * difference; the even part shrinks by four too, while that of a kink is only halved.
   */
  private boolean isSmooth(int k, float h) {
    double odd = quotients[k] - 5 * quotients[k + 1] + 4 * quotients[k + 2];
    double even = (secondDifference(k) - 4 * secondDifference(k + 1)) / h;
    return Math.max(Math.abs(odd), Math.abs(even)) <= allowed(k, h);
  }

  private double allowed(int k, float h) {
    return Math.max(KINK_TOLERANCE * noise / h, SMALL_CURVATURE * Math.abs(quotients[k + 2]));
  }

  /** At a kink the loss has a derivative on each side, and either may be the right one. */
  private Derivative kinked(float w, double expected) {
    float h = WIDEST / (1 << HALVINGS);
    double right = (above[HALVINGS] - here) / ((double) (w + h) - w);
    double left = (here - below[HALVINGS]) / ((double) w - (w - h));
    boolean isRight = Math.abs(right - expected) < Math.abs(left - expected);
    double apart = Math.abs(right - left) / 4; // three times that covers most of the difference
    return new Derivative(isRight ? right : left, apart + KINK_TOLERANCE * noise / h / 2);
  }

  private void measure(int index, float w, int k) {
    float h = WIDEST / (1 << k);
    float up = w + h;
    float down = w - h;
    above[k] = loss(index, up);
    below[k] = loss(index, down);
    quotients[k] = (above[k] - below[k]) / ((double) up - down);
  }

  private double secondDifference(int k) {
    return above[k] - 2 * here + below[k];
  }
}
