package org.lossbook.metric.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The points of a curve, in order. */
final class CurvePoints {
  private final List<Point> points = new ArrayList<>();

  private record Point(double x, double y, double threshold) {}

  void add(double x, double y, double threshold) {
    points.add(new Point(x, y, threshold));
  }

  /**
   * Adds a point, replacing the last one if that lies on a vertical or horizontal line between its
   * neighbours.
   */
  void corner(double x, double y, double threshold) {
    int last = points.size() - 1;
    if (last >= 1) {
      Point before = points.get(last - 1);
      Point between = points.get(last);
      boolean isUpright = before.x == x && between.x == x;
      boolean isLevel = before.y == y && between.y == y;
      if (isUpright || isLevel) {
        points.remove(last);
      }
    }
    add(x, y, threshold);
  }

  RankingCurve curve(double area, double share) {
    return new RankingCurve(all(Point::x), all(Point::y), all(Point::threshold), area, share);
  }

  private double[] all(ToDoubleFunction<Point> number) {
    return points.stream().mapToDouble(number).toArray();
  }
}
