package org.lossbook.plot;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.plot.Series.Look;
import org.lossbook.plot.canvas.NumberText;

/**
 * A chart of your own numbers: lines, points, bars and gaps on one pair of axes, in colours that
 * mean the same in every figure. It is drawn when a cell ends with it.
 *
 * <pre>{@code
 * chart("What a scale says").x("weighing").y("weight in kg")
 *     .points("truth", vector(1, 2), vector(3, 5))
 *     .points("prediction", vector(1, 2), vector(2.5, 5.5))
 *     .gaps("gap", vector(1, 2), vector(3, 5), vector(2.5, 5.5))
 * }</pre>
 *
 * <p>The first word of a name determines its colour: {@code truth} or {@code y}, {@code prediction}
 * or {@code ŷ}, {@code loss}, {@code gradient} or {@code slope}, {@code training}, {@code
 * validation} and {@code guessing} have one each; other names take the palette's colours in turn.
 * {@link #role(Role)} says the meaning of a series that has any other name.
 */
public final class Chart implements Drawable {
  private static final int STEPS = 240;
  private static final int MOST_BINS = 10_000; // a picture is 640 pixels wide

  private final Curves curves;
  private final String alt; // empty for one made from the numbers

  private Chart(Curves curves, String alt) {
    this.curves = curves;
    this.alt = alt;
  }

  /** Empty axes. */
  public static Chart of(String title) {
    return new Chart(Curves.of(given("chart", "a title", title), "x", "y"), "");
  }

  /** The label of the horizontal axis, with its unit. */
  public Chart x(String label) {
    String name = given("x", "the name of an axis", label);
    return with(
        new Curves(
            curves.title(),
            name,
            curves.yLabel(),
            curves.scale(),
            curves.series(),
            curves.marks()));
  }

  /** The label of the vertical axis, with its unit. */
  public Chart y(String label) {
    String name = given("y", "the name of an axis", label);
    return with(
        new Curves(
            curves.title(),
            curves.xLabel(),
            name,
            curves.scale(),
            curves.series(),
            curves.marks()));
  }

  /**
   * A line through points from left to right.
   *
   * @throws IllegalArgumentException where x and y differ in length or are empty
   */
  public Chart line(String name, double[] x, double[] y) {
    return sorted("line", name, Look.LINE, x, y);
  }

  /** A line over 1, 2, 3, …: one number per epoch or step. */
  public Chart line(String name, double... y) {
    return line(
        name,
        IntStream.rangeClosed(1, numbers("line", "y", y).length).asDoubleStream().toArray(),
        y);
  }

  /** A line over 1, 2, 3, … of numbers that a loop has collected. */
  public Chart line(String name, List<? extends Number> y) {
    List<Number> numbers =
        Require.all(y, Number.class, "line", "numbers", "add one at each step, list.add(loss)");
    return line(name, numbers.stream().mapToDouble(Number::doubleValue).toArray());
  }

  /**
   * The graph of a function between two arguments: {@code chart("sigmoid").line("σ", -6, 6, z -> 1
   * / (1 + Math.exp(-z)))}.
   */
  public Chart line(String name, double from, double to, DoubleUnaryOperator f) {
    given("line", "a function", f);
    if (!(from < to) || Double.isInfinite(to - from)) {
      throw Messages.wrong(
          "line expects a start below its end but receives %s and %s: swap them.",
          NumberText.text(from), NumberText.text(to));
    }
    double[] x =
        IntStream.rangeClosed(0, STEPS).mapToDouble(i -> from + (to - from) * i / STEPS).toArray();
    return line(name, x, DoubleStream.of(x).map(f).toArray());
  }

  /**
   * Separate points.
   *
   * @throws IllegalArgumentException where x and y differ in length or are empty
   */
  public Chart points(String name, double[] x, double[] y) {
    return sorted("points", name, Look.POINTS, x, y);
  }

  /**
   * Bars from 0, each centred on its x.
   *
   * @throws IllegalArgumentException where x and y differ in length or are empty
   */
  public Chart bars(String name, double[] x, double[] y) {
    return sorted("bars", name, Look.BARS, x, y);
  }

  /**
   * A histogram: how many of the numbers lie in each of {@code bins} equal intervals of their
   * range.
   */
  public Chart histogram(String name, int bins, double... numbers) {
    double[] finite =
        DoubleStream.of(numbers("histogram", "numbers", numbers))
            .filter(Double::isFinite)
            .toArray();
    NumberText.drawable("histogram", finite);
    if (bins < 1 || bins > MOST_BINS || finite.length == 0) {
      throw Messages.wrong(
          "histogram expects 1 to %d bins and one finite number or more but receives %d bins and %d numbers: 30 bins are a good first choice.",
          MOST_BINS, bins, finite.length);
    }
    double low = Arrays.stream(finite).min().orElseThrow();
    double high = Arrays.stream(finite).max().orElseThrow();
    double width = high > low ? (high - low) / bins : 1;
    double[] counts = new double[bins];
    for (double number : finite) {
      counts[Math.min(bins - 1, (int) ((number - low) / width))]++;
    }
    double[] middles = IntStream.range(0, bins).mapToDouble(i -> low + (i + 0.5) * width).toArray();
    return bars(name, middles, counts);
  }

  /** A vertical segment at each x from one number to another, such as from the truth to ŷ. */
  public Chart gaps(String name, double[] x, double[] from, double[] to) {
    asMany("gaps", numbers("gaps", "x", x), numbers("gaps", "from", from));
    asMany("gaps", x, numbers("gaps", "to", to));
    double[] twice = new double[2 * x.length];
    double[] ends = new double[2 * x.length];
    for (int i = 0; i < x.length; i++) {
      twice[2 * i] = twice[2 * i + 1] = x[i];
      ends[2 * i] = from[i];
      ends[2 * i + 1] = to[i];
    }
    return with("gaps", name, Look.STROKES, twice, ends);
  }

  /**
   * The meaning of the series added last, which determines its colour whatever its name: {@code
   * .points("measured", x, y).role(TRUTH)}.
   *
   * @throws IllegalStateException where nothing is added yet
   */
  public Chart role(Role role) {
    given("role", "a role, such as TRUTH", role);
    if (curves.series().isEmpty()) {
      throw new IllegalStateException(
          "role expects a series before it but the chart has none: write .points(\"measured\", x, y).role(TRUTH).");
    }
    return with(curves.lastAs(role));
  }

  /** An annotated point, with a word beside it. */
  public Chart mark(double x, double y, String word) {
    return with(curves.mark(x, y, given("mark", "a word", word)));
  }

  /** An annotated position on the horizontal axis: a vertical line with a word. */
  public Chart upright(double x, String word) {
    return with(curves.upright(x, given("upright", "a word", word)));
  }

  /** The same with a logarithmic vertical axis; numbers that are not positive are left out. */
  public Chart logScale() {
    return with(curves.logScale());
  }

  /**
   * The same with a vertical axis from {@code low} to {@code high}; anything outside is clipped.
   */
  public Chart between(double low, double high) {
    if (!(low < high) || Double.isInfinite(high - low)) {
      throw Messages.wrong(
          "between expects a low end below a high end but receives %s and %s: swap them.",
          NumberText.text(low), NumberText.text(high));
    }
    return with(curves.between(low, high));
  }

  /** The same with alt text of your own, for readers who cannot see the figure. */
  public Chart alt(String sentence) {
    return new Chart(curves, given("alt", "a sentence", sentence));
  }

  /** The figure, 640 pixels wide. */
  @Override
  public Figure figure() {
    return alt.isEmpty()
        ? curves.figure()
        : CurveFigure.of(List.of(curves), CurveFigure.HEIGHT, alt);
  }

  /** This chart beside others, three in one row or else two per row, to compare them. */
  public Figure beside(Chart... others) {
    Require.each(others, "beside", "charts", "write .beside(chart(\"another\"))");
    Chart[] all = new Chart[others.length + 1];
    all[0] = this;
    System.arraycopy(others, 0, all, 1, others.length);
    return Curves.beside(
        Arrays.stream(all).map(c -> given("beside", "a chart", c).curves).toArray(Curves[]::new));
  }

  /** The numbers in words, for a terminal. */
  @Override
  public String toString() {
    return figure().toString();
  }

  private Chart sorted(String who, String name, Look look, double[] x, double[] y) {
    asMany(who, numbers(who, "x", x), numbers(who, "y", y));
    int[] order =
        IntStream.range(0, x.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> x[i]))
            .mapToInt(i -> i)
            .toArray();
    return with(
        who,
        name,
        look,
        Arrays.stream(order).mapToDouble(i -> x[i]).toArray(),
        Arrays.stream(order).mapToDouble(i -> y[i]).toArray());
  }

  private Chart with(String who, String name, Look look, double[] x, double[] y) {
    if (DoubleStream.of(x).anyMatch(place -> !Double.isFinite(place))) {
      throw new IllegalArgumentException(
          who + " expects finite numbers for x but receives NaN or infinity: drop those.");
    }
    NumberText.drawable(who, x);
    NumberText.drawable(who, y);
    String called = given(who, "a name", name);
    return with(curves.with(new Series(called, Role.named(called), look, x, y)));
  }

  private Chart with(Curves next) {
    return new Chart(next, alt);
  }

  private static void asMany(String who, double[] x, double[] y) {
    if (x.length != y.length || x.length == 0) {
      throw Messages.wrong(
          "%s expects a y for each x, at least one, but receives %d x and %d y: give equally many.",
          who, x.length, y.length);
    }
  }

  private static double[] numbers(String who, String what, double[] numbers) {
    return given(who, "numbers for " + what, numbers);
  }

  private static <T> T given(String who, String what, T value) {
    return Require.given(value, who, what);
  }
}
