package org.lossbook.layer.weights;

import java.util.SplittableRandom;
import org.lossbook.engine.Initializer;

/** Distributions of weights, each number drawn by itself. */
final class Draws {
  /** The standard deviation of a standard normal number that is redrawn beyond ±2. */
  private static final double TRUNCATED_SPREAD = 0.87962566103423978;

  private static final double FARTHEST = 2;

  private Draws() {}

  /** The distributions that a variance scales; names are Keras's in upper case. */
  enum Distribution {
    UNIFORM,
    TRUNCATED_NORMAL,
    UNTRUNCATED_NORMAL;

    /** The one with mean 0 and the variance scale / units. */
    Initializer ofVariance(double scale, double units) {
      double stddev = Math.sqrt(scale / units);
      double limit = Math.sqrt(3 * scale / units);
      return switch (this) {
        case UNIFORM -> uniform(-limit, limit);
        case TRUNCATED_NORMAL -> truncatedNormal(0, stddev / TRUNCATED_SPREAD);
        case UNTRUNCATED_NORMAL -> normal(0, stddev);
      };
    }
  }

  static Initializer uniform(double from, double to) {
    double middle = from / 2 + to / 2;
    double limit = to / 2 - from / 2;
    return (values, shape, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (middle + (2 * random.nextDouble() - 1) * limit);
      }
    };
  }

  static Initializer normal(double mean, double stddev) {
    return (values, shape, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (mean + stddev * random.nextGaussian());
      }
    };
  }

  /** Numbers more than two standard deviations away are drawn again. */
  static Initializer truncatedNormal(double mean, double stddev) {
    return (values, shape, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (mean + stddev * nearZero(random));
      }
    };
  }

  private static double nearZero(SplittableRandom random) {
    double number = random.nextGaussian();
    while (Math.abs(number) > FARTHEST) {
      number = random.nextGaussian();
    }
    return number;
  }
}
