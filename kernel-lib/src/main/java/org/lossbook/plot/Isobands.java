package org.lossbook.plot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Isobands by marching squares: the regions of a grid where values reach a level. Each cell
 * contributes a polygon, and edges that two polygons share are dropped, so that outlines remain.
 *
 * <p>Lorensen and Cline, Marching Cubes, 1987, in two dimensions.
 */
final class Isobands {
  private final double[][] z;
  private final int rows;
  private final int columns;

  /**
   * @param z {@code z[row][column]}; NaN leaves a hole
   */
  Isobands(double[][] z) {
    this.z = z;
    rows = z.length;
    columns = z[0].length;
  }

  /**
   * A corner of an outline, in columns and rows of the grid.
   *
   * @param crossing whether values cross the level here; between two crossings runs the contour
   *     line, elsewhere the border of the grid
   */
  record Corner(double column, double row, boolean crossing) {}

  /**
   * The closed outlines of the region at or above {@code level}; holes have the opposite
   * orientation.
   */
  List<List<Corner>> outlines(double level) {
    Set<Long> edges = new LinkedHashSet<>();
    for (int r = 0; r < rows - 1; r++) {
      for (int c = 0; c < columns - 1; c++) {
        cell(edges, r, c, level);
      }
    }
    Map<Integer, Deque<Integer>> next = new LinkedHashMap<>();
    edges.forEach(
        edge -> next.computeIfAbsent(from(edge), v -> new ArrayDeque<>()).add(edge.intValue()));
    List<List<Corner>> outlines = new ArrayList<>();
    for (int start : next.keySet()) {
      while (!next.get(start).isEmpty()) {
        List<Corner> outline = new ArrayList<>();
        int at = start;
        do {
          add(outline, corner(at, level));
          at = next.get(at).poll();
        } while (at != start);
        outlines.add(outline);
      }
    }
    return outlines;
  }

  private static int from(long edge) {
    return (int) (edge >>> 32);
  }

  /** A corner between two others on the same grid line is redundant. */
  private static void add(List<Corner> outline, Corner corner) {
    int size = outline.size();
    if (size >= 2) {
      Corner last = outline.get(size - 1);
      Corner before = outline.get(size - 2);
      boolean upright = before.column == last.column && last.column == corner.column;
      boolean level = before.row == last.row && last.row == corner.row;
      if (!last.crossing && (upright || level)) {
        outline.remove(size - 1);
      }
    }
    outline.add(corner);
  }

  private void cell(Set<Long> edges, int r, int c, double level) {
    double[] values = {z[r][c], z[r][c + 1], z[r + 1][c + 1], z[r + 1][c]};
    int[] corners = {point(r, c), point(r, c + 1), point(r + 1, c + 1), point(r + 1, c)};
    int[] crossings = {point(r, c) + 1, point(r, c + 1) + 2, point(r + 1, c) + 1, point(r, c) + 2};
    double mean = (values[0] + values[1] + values[2] + values[3]) / 4;
    if (!Double.isFinite(mean)) {
      return;
    }
    boolean[] in = new boolean[4];
    for (int k = 0; k < 4; k++) {
      in[k] = values[k] >= level;
    }
    if (in[0] == in[2] && in[1] == in[3] && in[0] != in[1] && mean < level) {
      for (int k = in[0] ? 0 : 1; k < 4; k += 2) { // a saddle: two separate polygons
        polygon(edges, List.of(crossings[(k + 3) % 4], corners[k], crossings[k]));
      }
      return;
    }
    List<Integer> polygon = new ArrayList<>();
    for (int k = 0; k < 4; k++) {
      if (in[k]) {
        polygon.add(corners[k]);
      }
      if (in[k] != in[(k + 1) % 4]) {
        polygon.add(crossings[k]);
      }
    }
    polygon(edges, polygon);
  }

  private static void polygon(Set<Long> edges, List<Integer> corners) {
    for (int i = 0; i < corners.size(); i++) {
      long a = corners.get(i);
      long b = corners.get((i + 1) % corners.size());
      if (!edges.remove(b << 32 | a)) {
        edges.add(a << 32 | b);
      }
    }
  }

  /** Each position has an index: a grid point, and its edges to the right and down. */
  private int point(int r, int c) {
    return 3 * (r * columns + c);
  }

  private Corner corner(int place, double level) {
    int r = place / 3 / columns;
    int c = place / 3 % columns;
    return switch (place % 3) {
      case 0 -> new Corner(c, r, false);
      case 1 -> new Corner(c + part(z[r][c], z[r][c + 1], level), r, true);
      default -> new Corner(c, r + part(z[r][c], z[r + 1][c], level), true);
    };
  }

  private static double part(double a, double b, double level) {
    return (level - a) / (b - a);
  }
}
