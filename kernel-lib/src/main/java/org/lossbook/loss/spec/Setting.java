package org.lossbook.loss.spec;

import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Shown;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Numbers;

/**
 * Setting of a loss, a number that shapes it: Huber's δ, focal γ. The formula holds it by its
 * letter, so that it is printed as one, and so that a slider, a schedule or the optimizer can move
 * it.
 *
 * @param owner the loss's name, for messages
 * @param name as its method is called: {@code delta}
 * @param text its letter: δ
 * @param latex its letter in LaTeX
 * @param value what it is, or is at first
 * @param low exclusive lower bound
 * @param high exclusive upper bound
 * @param varying what moves it in training; empty where nothing does
 * @param slider the range that its slider covers; empty: derived from the bounds
 */
public record Setting(
    String owner,
    String name,
    String text,
    String latex,
    double value,
    double low,
    double high,
    Optional<ScheduledOrLearned> varying,
    Optional<Range> slider) {
  /** Exclusive lower bound of a setting that may be 0. */
  private static final double BELOW_ZERO = -Double.MIN_VALUE;

  /** Refuses a value outside the bounds. */
  public Setting {
    String fix = "call huber(1.0).settings() to see one";
    Require.given(owner, "setting", "the name of its loss", fix);
    Require.given(name, "setting", "a name", fix);
    Require.given(text, "setting", "a letter", fix);
    Require.given(latex, "setting", "a letter in LaTeX", fix);
    boolean isAboveLow = value > low || value == low && low == Double.NEGATIVE_INFINITY;
    if (!(isAboveLow && value < high)) {
      throw Messages.wrong(
          "%s expects %s but receives %s: its formula has no meaning for others.",
          Shown.text(owner), wanted(Shown.text(name), low, high, Double.isInfinite(value)), value);
    }
  }

  private static String wanted(String name, double low, double high, boolean finite) {
    boolean hasLow = low > -Double.MAX_VALUE;
    if (high != Double.POSITIVE_INFINITY) {
      return name + " between " + Numbers.text(low) + " and " + Numbers.text(high);
    }
    if (!hasLow) {
      return (finite ? "a finite number for " : "a number for ") + name;
    }
    String bound = low == BELOW_ZERO ? " of 0 or more" : " above " + Numbers.text(low);
    return (finite ? "finite " : "") + name + bound;
  }

  /** A setting that may be any number, or −∞. */
  public static Setting number(String owner, String name, String text, String latex, double value) {
    return between(
        owner, name, text, latex, value, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** A setting above 0. */
  public static Setting positive(
      String owner, String name, String text, String latex, double value) {
    return between(owner, name, text, latex, value, 0, Double.POSITIVE_INFINITY);
  }

  /** A setting of 0 or more. */
  public static Setting notNegative(
      String owner, String name, String text, String latex, double value) {
    return between(owner, name, text, latex, value, BELOW_ZERO, Double.POSITIVE_INFINITY);
  }

  /** A setting strictly between two numbers. */
  public static Setting between(
      String owner, String name, String text, String latex, double value, double low, double high) {
    return new Setting(
        owner, name, text, latex, value, low, high, Optional.empty(), Optional.empty());
  }

  /** This setting with the range that its slider covers. */
  public Setting sliderRange(double from, double to) {
    return new Setting(
        owner, name, text, latex, value, low, high, varying, Optional.of(new Range(from, to)));
  }

  /** This setting with another value. */
  public Setting to(double other) {
    return new Setting(owner, name, text, latex, other, low, high, Optional.empty(), slider);
  }

  /** This setting, moved in training. */
  public Setting to(ScheduledOrLearned other) {
    Require.given(other, owner, name, "write " + name + "(learned(1))");
    return new Setting(
        owner, name, text, latex, other.first(), low, high, Optional.of(other), slider);
  }

  /** What a file says of this: the number, or that it is learned from that number on. */
  Object saved() {
    if (varying.isPresent()) {
      return Config.ours("Learned").with("first", value);
    }
    return value == Double.NEGATIVE_INFINITY ? "-inf" : (Object) value; // JSON has no infinity
  }

  /** This setting beside others of its letter: δ₁, {@code delta_1}. */
  public Setting indexed(int i) {
    String index = Integer.toString(i);
    StringBuilder small = new StringBuilder();
    index.chars().forEach(digit -> small.append((char) ('₀' + digit - '0')));
    String letter = latex.contains("_") ? "{" + latex + "}" : latex;
    return new Setting(
        owner,
        name + "_" + index,
        text + small,
        letter + "_{" + index + "}",
        value,
        low,
        high,
        varying,
        slider);
  }

  /** The numbers it may be. */
  public Range range() {
    return new Range(low, high);
  }

  /** This number, unless it is out of bounds. */
  public double checked(double number) {
    return to(number).value;
  }

  /** Its letter in a formula. */
  public Expr expr() {
    return Expr.parameter(text, latex, value);
  }
}
