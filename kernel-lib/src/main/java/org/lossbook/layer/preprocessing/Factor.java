package org.lossbook.layer.preprocessing;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.lossbook.base.Messages;
import org.lossbook.config.Settings;

/** The range that a random number is drawn from, evenly: Keras's {@code factor}. */
record Factor(double low, double high, boolean isNumber) {
  Factor(double low, double high) {
    this(low, high, false);
  }

  /**
   * As Keras reads a single number: from its negative, but not below {@code least}, to it.
   *
   * @throws IllegalArgumentException where it is out of bounds
   */
  static Factor of(String who, String name, double value, double least, double most) {
    double high = checked(who, name, Math.abs(checked(who, name, value, least, most)), least, most);
    return new Factor(Math.max(0 - high, least), high, true);
  }

  /** From one number to another, in either order. */
  static Factor of(String who, String name, double a, double b, double least, double most) {
    return new Factor(
        Math.min(checked(who, name, a, least, most), checked(who, name, b, least, most)),
        Math.max(a, b));
  }

  /** From one number to another that need only meet the bounds, as in Keras. */
  static Factor meeting(String who, String name, double a, double b, double least, double most) {
    double low = Math.min(a, b);
    double high = Math.max(a, b);
    if (!(low <= most && high >= least)) {
      checked(who, name, low <= most ? high : low, least, most);
    }
    return new Factor(low, high);
  }

  static double checked(String who, String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw Messages.wrong(
          "%s expects %s from %s to %s but receives %s: 0.2 is a usual one.",
          who, name, text(least), text(most), text(value));
    }
    return value;
  }

  /** A number above 0, such as a count. */
  static double positive(String who, String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw Messages.wrong(
          "%s expects %s above 0 but receives %s: 1 is a usual one.", who, name, text(value));
    }
    return value;
  }

  private static String text(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  /** What a file says: a number, two, or none. */
  static Optional<Factor> read(
      Settings settings, String who, String name, double least, double most) {
    Optional<Object> value = settings.value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof List<?>) {
      double[] two = settings.numbers(name);
      return two.length == 2
          ? Optional.of(meeting(who, name, two[0], two[1], least, most))
          : settings.wrong(name, "a number, or two", value.get());
    }
    return Optional.of(of(who, name, settings.number(name), least, most));
  }

  double draw(RandomGenerator random) {
    return low + (high - low) * random.nextDouble();
  }

  /** Yes with a probability that is drawn from the range itself. */
  boolean happens(RandomGenerator random) {
    double probability = draw(random);
    return random.nextDouble() < probability;
  }

  List<Object> saved() {
    return List.of(low, high);
  }

  /** A single number where it was given as one. */
  Object given() {
    return isNumber ? (Object) high : saved();
  }
}
