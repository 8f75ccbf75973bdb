package org.lossbook.plot;

import java.util.ArrayList;
import java.util.List;
import org.lossbook.Internal;

/**
 * A 3D surface plot of a function of two variables, as an immutable description: light where it is
 * low and dark where it is high; {@link #figure()} draws it.
 *
 * <pre>{@code
 * Surface.of("Rosenbrock's valley", "x", "y", "f", Grid.of(f, -2, 2, -1, 3, 25)).figure()
 * }</pre>
 *
 * @param title what the figure shows
 * @param xLabel the first axis on the ground, with its unit
 * @param yLabel the second, with its unit
 * @param zLabel the height, with its unit
 * @param grid the numbers; NaN is a hole
 * @param logZ whether the height is logarithmic; numbers that are not positive then count as the
 *     lowest
 * @param marks annotated points on the surface
 * @hidden
 */
@Internal
public record Surface(
    String title,
    String xLabel,
    String yLabel,
    String zLabel,
    Grid grid,
    boolean logZ,
    List<Curves.Mark> marks) {
  /** Copies the list. */
  public Surface {
    marks = List.copyOf(marks);
  }

  /** A surface without marks. */
  public static Surface of(String title, String xLabel, String yLabel, String zLabel, Grid grid) {
    return new Surface(title, xLabel, yLabel, zLabel, grid, false, List.of());
  }

  /** The same with a logarithmic height, for values that span decades. */
  public Surface logScale() {
    return new Surface(title, xLabel, yLabel, zLabel, grid, true, marks);
  }

  /** Adds an annotated point of the surface. */
  public Surface mark(double x, double y, String text) {
    var all = new ArrayList<>(marks);
    all.add(new Curves.Mark(x, y, text));
    return new Surface(title, xLabel, yLabel, zLabel, grid, logZ, all);
  }

  /** The figure, 640 pixels wide. */
  public Figure figure() {
    var painter = new SurfacePainter(this);
    String alt =
        (title.isEmpty() ? "" : title + ": ")
            + "a landscape of "
            + grid.sentence(xLabel, yLabel, zLabel);
    // As SVG it would be ten times as large: each cell is a shape of its own.
    return Figure.dense(SurfacePainter.WIDTH, SurfacePainter.HEIGHT, alt, alt, painter::paint);
  }
}
