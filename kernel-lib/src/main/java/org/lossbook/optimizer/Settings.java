package org.lossbook.optimizer;

/** What the optimizers ask of their settings. */
final class Settings {
  private Settings() {}

  static void learningRate(String who, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "%s expects a learning rate above 0 but receives %s: 0.001 is a good first choice."
              .formatted(who, value));
    }
  }

  /** A share of the past that is kept: 0 forgets it, 1 would never let go. */
  static void decay(String who, String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "%s expects %s from 0 up to, but without, 1 but receives %s: 0.9 is the usual one."
              .formatted(who, name, value));
    }
  }
}
