package org.lossbook.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.Internal;

/**
 * A line chart on one pair of axes, as an immutable description; {@link #figure()} draws it.
 *
 * <pre>{@code
 * Curves.of("Loss", "epoch", "loss")
 *     .with(Series.counted("training", Role.TRAINING, 0.31, 0.12, 0.08))
 *     .with(Series.counted("validation", Role.VALIDATION, 0.14, 0.10, 0.09))
 *     .figure()
 * }</pre>
 *
 * @param title what the figure shows
 * @param xLabel the horizontal axis, with its unit
 * @param yLabel the vertical axis, with its unit
 * @param scale of the vertical axis
 * @param series the lines
 * @param marks annotated points
 * @hidden
 */
@Internal
public record Curves(
    String title,
    String xLabel,
    String yLabel,
    Scale scale,
    List<Series> series,
    List<Mark> marks) {

  /**
   * An annotated point, with a word beside it.
   *
   * @param x along the horizontal axis
   * @param y along the vertical axis; NaN for a vertical line
   * @param text the word; empty for the dot alone
   * @hidden
   */
  @Internal
  public record Mark(double x, double y, String text) {}

  /**
   * The scale of the vertical axis.
   *
   * @param log whether it is logarithmic; numbers that are not positive are then gaps
   * @param low its lower end; NaN for that of the lines
   * @param high its upper end; NaN for that of the lines
   * @hidden
   */
  @Internal
  public record Scale(boolean log, double low, double high) {
    static final Scale OF_THE_LINES = new Scale(false, Double.NaN, Double.NaN);

    /** The number, clamped to the ends of the axis. */
    double within(double y) {
      return isGiven() ? Math.min(high, Math.max(low, y)) : y;
    }

    /** Whether it has given ends, which lines may cross. */
    boolean isGiven() {
      return !Double.isNaN(low);
    }
  }

  /** Copies the lists. */
  public Curves {
    series = List.copyOf(series);
    marks = List.copyOf(marks);
  }

  /** The title, else the label of the vertical axis. */
  String heading() {
    return title.isEmpty() ? yLabel : title;
  }

  /** Axes without lines. */
  public static Curves of(String title, String xLabel, String yLabel) {
    return new Curves(title, xLabel, yLabel, Scale.OF_THE_LINES, List.of(), List.of());
  }

  /** Adds a line. */
  public Curves with(Series another) {
    var all = new ArrayList<>(series);
    all.add(another);
    return new Curves(title, xLabel, yLabel, scale, all, marks);
  }

  /** Adds a line from its parts. */
  public Curves with(String name, Role role, double[] x, double[] y) {
    return with(new Series(name, role, x, y));
  }

  /** The same with another role for the line added last. */
  Curves lastAs(Role role) {
    var all = new ArrayList<>(series);
    Series last = all.remove(all.size() - 1);
    all.add(new Series(last.name(), role, last.look(), last.x(), last.y()));
    return new Curves(title, xLabel, yLabel, scale, all, marks);
  }

  /** Adds an annotated point. */
  public Curves mark(double x, double y, String text) {
    var all = new ArrayList<>(marks);
    all.add(new Mark(x, y, text));
    return new Curves(title, xLabel, yLabel, scale, series, all);
  }

  /** Adds an annotated position on the horizontal axis, a vertical line. */
  public Curves upright(double x, String text) {
    return mark(x, Double.NaN, text);
  }

  /** The same with a logarithmic vertical axis. */
  public Curves logScale() {
    return scaled(new Scale(true, scale.low(), scale.high()));
  }

  /** The same with a vertical axis from 0 to 1. */
  Curves ofShares() {
    return between(0, 1);
  }

  /** The same with a vertical axis from {@code low} to {@code high}, which lines may cross. */
  Curves between(double low, double high) {
    return scaled(new Scale(scale.log(), low, high));
  }

  private Curves scaled(Scale other) {
    return new Curves(title, xLabel, yLabel, other, series, marks);
  }

  /** Whether the vertical axis is logarithmic. */
  boolean logY() {
    return scale.log();
  }

  /** The figure, 640 pixels wide. */
  public Figure figure() {
    return CurveFigure.of(List.of(this), CurveFigure.HEIGHT);
  }

  /** Several charts side by side, 640 pixels wide: the loss and the accuracy of one run. */
  public static Figure beside(Curves... panels) {
    return CurveFigure.of(List.of(panels), 260);
  }

  /** The same with at most {@code most} points per line. */
  Curves thinned(int most) {
    var few = series.stream().map(line -> line.thinned(most)).toList();
    return new Curves(title, xLabel, yLabel, scale, few, marks);
  }

  /** The lines to draw: those with nothing to show on these axes are left out. */
  List<Line> lines() {
    return IntStream.range(0, series.size())
        .mapToObj(
            i -> {
              Role role = series.get(i).role();
              return new Line(series.get(i).showing(logY()), role.hex(i), role.dashed(i));
            })
        .filter(line -> !line.series().isEmpty())
        .toList();
  }

  /** A line with the dashes and colour of its role. */
  record Line(Series series, String hex, boolean dashed) {}
}
