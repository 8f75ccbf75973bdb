package org.lossbook.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.plot.canvas.NumberText;

/**
 * A contour plot of a function of two variables, as an immutable description: filled bands from
 * light (low) to dark (high), with contour lines between them; {@link #figure()} draws it.
 *
 * <pre>{@code
 * Contour.of("Rosenbrock's valley", "x", "y", "f", Grid.of(f, -2, 2, -1, 3, 60))
 *     .logScale()
 *     .path("adam", Role.COMPARED, pathX, pathY)
 *     .figure()
 * }</pre>
 *
 * @param title what the figure shows
 * @param xLabel the horizontal axis, with its unit
 * @param yLabel the vertical axis, with its unit
 * @param zLabel what the colours mean, with its unit
 * @param grid the numbers
 * @param logZ whether levels are logarithmically spaced; numbers that are not positive then count
 *     as the lowest
 * @param paths trajectories on it
 * @param marks annotated points
 * @hidden
 */
@Internal
public record Contour(
    String title,
    String xLabel,
    String yLabel,
    String zLabel,
    Grid grid,
    boolean logZ,
    List<Path> paths,
    List<Curves.Mark> marks) {

  /**
   * A trajectory: a hollow dot at its start, a filled one at its end.
   *
   * @param name such as {@code adam}
   * @param role its meaning, which determines its colour
   * @param x along the horizontal axis, one per step; the trajectory ends before the first NaN
   * @param y along the vertical axis, one per step
   * @hidden
   */
  @Internal
  public record Path(String name, Role role, double[] x, double[] y) {
    /** Copies the numbers. */
    public Path {
      if (x.length != y.length) {
        throw Messages.wrong(
            "%s expects a y for each x but receives %d x and %d y: give equally many.",
            name, x.length, y.length);
      }
      int finite = 0;
      while (finite < x.length && Double.isFinite(x[finite]) && Double.isFinite(y[finite])) {
        finite++;
      }
      x = Arrays.copyOf(x, finite);
      y = Arrays.copyOf(y, finite);
    }

    private String sentence() {
      int last = x.length - 1;
      return last < 0
          ? Messages.of(" %s takes no step.", name)
          : Messages.of(
              " %s from %s in %s steps to %s.",
              name, Grid.place(x[0], y[0]), NumberText.count(last), Grid.place(x[last], y[last]));
    }
  }

  /** Copies the lists. */
  public Contour {
    paths = List.copyOf(paths);
    marks = List.copyOf(marks);
  }

  /** A plot without trajectories or marks. */
  public static Contour of(String title, String xLabel, String yLabel, String zLabel, Grid grid) {
    return new Contour(title, xLabel, yLabel, zLabel, grid, false, List.of(), List.of());
  }

  /** The same with logarithmic levels, for values that span decades. */
  public Contour logScale() {
    return new Contour(title, xLabel, yLabel, zLabel, grid, true, paths, marks);
  }

  /** Adds a trajectory. */
  public Contour path(String name, Role role, double[] x, double[] y) {
    var all = new ArrayList<>(paths);
    all.add(new Path(name, role, x, y));
    return new Contour(title, xLabel, yLabel, zLabel, grid, logZ, all, marks);
  }

  /** The same with another role for the trajectory added last. */
  Contour lastAs(Role role) {
    var all = new ArrayList<>(paths);
    Path last = all.remove(all.size() - 1);
    all.add(new Path(last.name(), role, last.x(), last.y()));
    return new Contour(title, xLabel, yLabel, zLabel, grid, logZ, all, marks);
  }

  /** Adds an annotated point: a small cross with a word beside it. */
  public Contour mark(double x, double y, String text) {
    var all = new ArrayList<>(marks);
    all.add(new Curves.Mark(x, y, text));
    return new Contour(title, xLabel, yLabel, zLabel, grid, logZ, paths, all);
  }

  /** The figure, 640 pixels wide. */
  public Figure figure() {
    return figure(Optional.empty());
  }

  /** The figure with the given alt text, unless it is empty. */
  Figure figure(Optional<String> sentence) {
    var painter = new ContourPainter(this);
    String alt = sentence.orElseGet(this::alt);
    return Figure.drawing(ContourPainter.WIDTH, ContourPainter.HEIGHT, alt, alt, painter::paint);
  }

  private String alt() {
    return (title.isEmpty() ? "" : title + ": ")
        + grid.sentence(xLabel, yLabel, zLabel)
        + paths.stream().map(Path::sentence).collect(Collectors.joining());
  }
}
