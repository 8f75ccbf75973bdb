package org.lossbook.optimizer.descent;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.lossbook.base.Messages;
import org.lossbook.plot.Contour;
import org.lossbook.plot.Curves;
import org.lossbook.plot.Figure;
import org.lossbook.plot.Grid;
import org.lossbook.plot.Role;

/** The plot of a {@link Descent}: paths on the curve or the contour plot of the formula. */
final class DescentPicture {
  private static final int POINTS = 241;
  private static final int CELLS = 90;

  /** Margin around the paths, as a share of their extent. */
  private static final double MARGIN = 0.2;

  /** Levels are logarithmic where the maximum is that many times the first decile. */
  private static final double STEEP = 100;

  /** Steps shorter than this share of the plot are invisible. */
  private static final double SHORTEST = 0.01;

  private final DescentFunction landscape;
  private final List<Trajectory> walks;
  private final double[] low;
  private final double[] high;

  DescentPicture(DescentFunction landscape, List<Trajectory> walks) {
    this.landscape = landscape;
    this.walks = walks;
    int n = landscape.variables();
    low = new double[n];
    high = new double[n];
    for (int i = 0; i < n; i++) {
      frame(i);
    }
    if (n == 2) { // keep both sides wide enough to show something
      double most = Math.max(high[0] - low[0], high[1] - low[1]);
      widen(0, most / 3);
      widen(1, most / 3);
    }
  }

  /** A path that has risen above its start does not enlarge the plot. */
  private void frame(int variable) {
    var range =
        walks.stream()
            .flatMapToDouble(
                walk -> walk.descending().stream().mapToDouble(stop -> stop.place()[variable]))
            .summaryStatistics();
    double room = MARGIN * (range.getMax() - range.getMin());
    low[variable] = range.getMin() - room;
    high[variable] = range.getMax() + room;
    if (range.getMin() == range.getMax()) {
      widen(variable, 2 * Math.max(1, Math.abs(range.getMax())));
    }
  }

  private void widen(int variable, double least) {
    double missing = least - (high[variable] - low[variable]);
    if (missing > 0) {
      low[variable] -= missing / 2;
      high[variable] += missing / 2;
    }
  }

  /** The lowest numbers that it shows, then the highest. */
  double[][] range() {
    return new double[][] {low.clone(), high.clone()};
  }

  Figure figure() {
    return landscape.variables() == 1 ? onTheCurve() : fromAbove();
  }

  private Figure onTheCurve() {
    double[] x = Grid.even(low[0], high[0], POINTS);
    double[] f = DoubleStream.of(x).map(landscape::at).toArray();
    var range = DoubleStream.of(f).filter(Double::isFinite).summaryStatistics();
    List<double[][]> ways =
        walks.stream()
            .map(
                walk ->
                    visible(
                        cut(
                            walk,
                            new double[][] {walk.along(0), walk.values()},
                            new double[] {low[0], range.getMin()},
                            new double[] {high[0], range.getMax()})))
            .toList();
    double top = ways.stream().flatMapToDouble(way -> DoubleStream.of(way[1])).max().orElseThrow();
    double enough = top + MARGIN * (top - range.getMin());
    double[] shown = DoubleStream.of(f).map(v -> v > enough ? Double.NaN : v).toArray();
    Curves curves = Curves.of(title(), "x", "f(x)").with("f", Role.LOSS, x, shown);
    for (int i = 0; i < ways.size(); i++) {
      double[][] way = ways.get(i);
      curves = curves.with(walks.get(i).name(), Role.COMPARED, way[0], way[1]);
      int last = way[0].length - 1;
      curves = curves.mark(way[0][last], way[1][last], walks.size() == 1 ? "end" : "");
    }
    Trajectory.Stop start = walks.get(0).stops().get(0);
    return curves.mark(start.place()[0], start.value(), "start").figure();
  }

  private Figure fromAbove() {
    Grid grid = Grid.of(landscape::at, low[0], high[0], low[1], high[1], CELLS);
    Contour contour = Contour.of(title(), "x", "y", "f", grid);
    double[] sorted =
        Arrays.stream(grid.z())
            .flatMapToDouble(Arrays::stream)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    int count = sorted.length;
    boolean steep = count > 0 && sorted[0] >= 0 && sorted[count - 1] > STEEP * sorted[count / 10];
    contour = steep ? contour.logScale() : contour;
    for (Trajectory walk : walks) {
      double[][] way = cut(walk, new double[][] {walk.along(0), walk.along(1)}, low, high);
      contour = contour.path(walk.name(), Role.COMPARED, way[0], way[1]);
    }
    return contour.figure();
  }

  /** A path up to where it leaves the plot, ending on the plot's edge. */
  private double[][] cut(Trajectory walk, double[][] way, double[] from, double[] to) {
    OptionalInt out = leaves(walk);
    if (out.isEmpty()) {
      return way;
    }
    int k = out.getAsInt();
    double share = 1;
    for (int i = 0; i < way.length; i++) {
      double edge = Math.max(from[i], Math.min(to[i], way[i][k]));
      double whole = way[i][k] - way[i][k - 1];
      share = whole == 0 ? share : Math.min(share, (edge - way[i][k - 1]) / whole);
    }
    double[][] shown = new double[way.length][];
    for (int i = 0; i < way.length; i++) {
      shown[i] = Arrays.copyOf(way[i], k + 1);
      shown[i][k] = way[i][k - 1] + share * (way[i][k] - way[i][k - 1]);
    }
    return shown;
  }

  /** Drops steps that are too short to be seen, but keeps the last stop. */
  private double[][] visible(double[][] way) {
    double least = SHORTEST * (high[0] - low[0]);
    int last = way[0].length - 1;
    int[] kept = new int[last + 1];
    int count = 1;
    for (int i = 1; i <= last; i++) {
      if (i == last || Math.abs(way[0][i] - way[0][kept[count - 1]]) >= least) {
        kept[count++] = i;
      }
    }
    int[] stops = Arrays.copyOf(kept, count);
    return Arrays.stream(way)
        .map(numbers -> Arrays.stream(stops).mapToDouble(i -> numbers[i]).toArray())
        .toArray(double[][]::new);
  }

  /** The step in which a path leaves the plot. */
  private OptionalInt leaves(Trajectory walk) {
    return walk.stops().stream()
        .filter(
            stop -> {
              boolean out = false;
              for (int i = 0; i < low.length; i++) {
                out |= stop.place()[i] < low[i] || stop.place()[i] > high[i];
              }
              return out;
            })
        .mapToInt(Trajectory.Stop::step)
        .findFirst();
  }

  /** The formula, and which paths leave the plot. */
  private String title() {
    return landscape.equation()
        + walks.stream()
            .filter(walk -> leaves(walk).isPresent())
            .map(walk -> Messages.of("; %s left in step %d", walk.name(), leaves(walk).getAsInt()))
            .collect(Collectors.joining());
  }
}
