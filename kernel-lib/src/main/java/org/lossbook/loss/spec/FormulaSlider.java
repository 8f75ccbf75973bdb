package org.lossbook.loss.spec;

import org.lossbook.Internal;
import org.lossbook.formula.Expr;

/**
 * Slider of a formula: a number of a {@link ProbeSample}, or a setting, that a reader may move.
 *
 * @param letter its place in expressions, a parameter
 * @param first what it is at first
 * @param name what it is, for an axis or beside a slider
 * @param low where its axis begins
 * @param high where its axis ends
 * @param step how far one key press moves it
 * @param whole whether it is one of several that sum to one: the others make room for it
 * @param target where the truth would have it, ±∞ where that is beyond any axis, NaN where the
 *     truth says nothing of it
 * @hidden
 */
@Internal
public record FormulaSlider(
    Expr letter,
    double first,
    String name,
    double low,
    double high,
    double step,
    boolean whole,
    Expr target) {
  /** A number that stands for itself. */
  public static FormulaSlider of(
      String text, String latex, double first, String name, double low, double high, double step) {
    Expr letter = Expr.parameter(text, latex, first);
    return new FormulaSlider(letter, first, name, low, high, step, false, Expr.of(Double.NaN));
  }

  /** A loss's setting, over the range that a reader will want to see. */
  public static FormulaSlider of(Setting setting) {
    return setting
        .slider()
        .map(range -> of(setting, widened(range, setting.value())))
        .orElseGet(() -> withinBounds(setting));
  }

  private static FormulaSlider of(Setting setting, Range range) {
    return of(setting, range.low(), range.high(), step(range.high() - range.low()));
  }

  /** A slider shows at least the number that it begins with. */
  private static Range widened(Range range, double value) {
    return new Range(Math.min(range.low(), value), Math.max(range.high(), value));
  }

  private static FormulaSlider withinBounds(Setting setting) {
    double value = setting.value();
    boolean above = setting.low() > -Double.MAX_VALUE;
    boolean below = setting.high() < Double.POSITIVE_INFINITY;
    double reach = Math.max(3, 3 * Math.abs(value));
    double low = above ? setting.low() : value - reach;
    double high = below ? setting.high() : above ? low + reach : value + reach;
    double step = step(high - low);
    return of(
        setting,
        !above ? low : low < 0 && low > -step ? 0 : low + step,
        below ? high - step : high,
        step);
  }

  private static FormulaSlider of(Setting setting, double low, double high, double step) {
    String name =
        setting.name().equals(setting.text())
            ? setting.name()
            : setting.name() + " " + setting.text();
    return new FormulaSlider(
        setting.expr(), setting.value(), name, low, high, step, false, Expr.of(Double.NaN));
  }

  /** A hundredth of the range, or a little less: 1, 2 or 5 and a power of ten. */
  private static double step(double range) {
    double power = Math.pow(10, Math.floor(Math.log10(range / 50)));
    double digit = range / 50 / power;
    return (digit < 2 ? 1 : digit < 5 ? 2 : 5) * power;
  }

  /** Its letter as text. */
  public String text() {
    return letter.toString().replaceFirst(",.*", "");
  }

  /** The same, with the place where the truth would have it. */
  public FormulaSlider towards(Expr target) {
    return new FormulaSlider(letter, first, name, low, high, step, whole, target);
  }

  /** The same as one of several that sum to one. */
  public FormulaSlider ofOneWhole() {
    return new FormulaSlider(letter, first, name, low, high, step, true, target);
  }
}
