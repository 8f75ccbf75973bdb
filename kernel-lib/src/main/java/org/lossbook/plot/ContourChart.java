package org.lossbook.plot;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.plot.canvas.NumberText;

/**
 * A contour plot of a function of two numbers, light where it is low, with trajectories of your own
 * on it. It is drawn when a cell ends with it.
 *
 * <pre>{@code
 * contour("How wrong each line is", (slope, start) -> loss(slope, start))
 *     .x("slope", -1, 2).y("start", -2, 3).z("loss in kg²")
 *     .path("descent", places)                 // a list of vector(slope, start), one a step
 *     .mark(0.45, 0.44, "the best line")
 * }</pre>
 *
 * <p>Each axis goes from −1 to 1 by default. Names of trajectories determine colours as in {@link
 * Chart}.
 */
public final class ContourChart implements Drawable {
  private static final int CELLS = 91;
  private static final int CELLS_OF_SURFACE = 31; // each is a shape of its own

  private record Axis(String label, double low, double high) {}

  private final DoubleBinaryOperator f;
  private final Contour shown; // gets its axes and numbers when it is drawn
  private final Axis x;
  private final Axis y;
  private final Optional<String> alt;

  private ContourChart(
      DoubleBinaryOperator f, Contour shown, Axis x, Axis y, Optional<String> alt) {
    this.f = f;
    this.shown = shown;
    this.x = x;
    this.y = y;
    this.alt = alt;
  }

  /** The function with both arguments from −1 to 1. */
  public static ContourChart of(String title, DoubleBinaryOperator f) {
    if (title == null || f == null) {
      throw new IllegalArgumentException(
          "contour expects a title and a function but receives null: contour(\"a bowl\", (a, b) ->"
              + " a * a + b * b) has both.");
    }
    var empty = new Grid(new double[] {0, 1}, new double[] {0, 1}, new double[2][2]);
    return new ContourChart(
        f,
        Contour.of(title, "x", "y", "f", empty),
        new Axis("x", -1, 1),
        new Axis("y", -1, 1),
        Optional.empty());
  }

  /**
   * The label and the range of the function's first argument.
   *
   * @throws IllegalArgumentException where {@code low} is not below {@code high}
   */
  public ContourChart x(String label, double low, double high) {
    return new ContourChart(f, shown, axis("x", label, low, high), y, alt);
  }

  /**
   * The label and the range of the function's second argument.
   *
   * @throws IllegalArgumentException where {@code low} is not below {@code high}
   */
  public ContourChart y(String label, double low, double high) {
    return new ContourChart(f, shown, x, axis("y", label, low, high), alt);
  }

  private static Axis axis(String who, String label, double low, double high) {
    given(who, "the name of an axis", label);
    if (!(low < high) || Double.isInfinite(high - low)) {
      throw Messages.wrong(
          "%s expects a low end below a high end but receives %s and %s: swap them.",
          who, NumberText.text(low), NumberText.text(high));
    }
    return new Axis(label, low, high);
  }

  /** The label of the function's value, which the colours show, with its unit. */
  public ContourChart z(String label) {
    given("z", "the name of what is shown", label);
    return with(
        new Contour(
            shown.title(),
            "",
            "",
            label,
            shown.grid(),
            shown.logZ(),
            shown.paths(),
            shown.marks()));
  }

  /**
   * Adds a trajectory: a hollow dot at its start, a filled one at its end.
   *
   * @param name of the trajectory, which determines its colour
   * @param places two numbers per step, {@code vector(a, b)}; the trajectory ends before the first
   *     NaN
   * @throws IllegalArgumentException where there is no step, or one does not have two numbers
   */
  public ContourChart path(String name, List<double[]> places) {
    given("path", "a name", name);
    Require.all(
        ((List<?>) given("path", "places", places)).stream().filter(Objects::nonNull).toList(),
        double[].class,
        "path",
        "places",
        "add vector(a, b) to a list at each step");
    if (places.isEmpty() || places.stream().anyMatch(at -> at == null || at.length != 2)) {
      throw Messages.wrong(
          "path expects points of two numbers, at least one, but receives %s: add vector(a, b) to a list at each step.",
          places.isEmpty() ? "none" : "other ones");
    }
    double[] across = places.stream().mapToDouble(at -> at[0]).toArray();
    double[] up = places.stream().mapToDouble(at -> at[1]).toArray();
    return with(shown.path(name, Role.named(name), across, up));
  }

  /**
   * The meaning of the trajectory added last, which determines its colour whatever its name.
   *
   * @throws IllegalStateException where nothing is added yet
   */
  public ContourChart role(Role role) {
    given("role", "a role, such as TRUTH", role);
    if (shown.paths().isEmpty()) {
      throw new IllegalStateException(
          "role expects a trajectory before it but the chart has none: write .path(\"by hand\", places).role(TRUTH).");
    }
    return with(shown.lastAs(role));
  }

  /** Adds an annotated point, with a word beside it. */
  public ContourChart mark(double x, double y, String word) {
    return with(shown.mark(x, y, given("mark", "a word", word)));
  }

  /** The same with logarithmic levels, for values that span decades. */
  public ContourChart logScale() {
    return with(shown.logScale());
  }

  /** The same with alt text of your own, for readers who cannot see the figure. */
  public ContourChart alt(String sentence) {
    return new ContourChart(f, shown, x, y, Optional.of(given("alt", "a sentence", sentence)));
  }

  private ContourChart with(Contour next) {
    return new ContourChart(f, next, x, y, alt);
  }

  private static <T> T given(String who, String what, T value) {
    return Require.given(value, who, what);
  }

  private Grid grid(int cells) {
    return Grid.of(f, x.low, x.high, y.low, y.high, cells);
  }

  /** The figure, 640 pixels wide. */
  @Override
  public Figure figure() {
    var contour =
        new Contour(
            shown.title(),
            x.label,
            y.label,
            shown.zLabel(),
            grid(CELLS),
            shown.logZ(),
            shown.paths(),
            shown.marks());
    return contour.figure(alt);
  }

  /** The same function as a surface plot; without the trajectories. */
  public Figure surface() {
    return new Surface(
            shown.title(),
            x.label,
            y.label,
            shown.zLabel(),
            grid(CELLS_OF_SURFACE),
            shown.logZ(),
            shown.marks())
        .figure();
  }

  /** The figure in words, for a terminal. */
  @Override
  public String toString() {
    return figure().toString();
  }
}
