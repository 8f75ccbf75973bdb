package org.lossbook.optimizer.descent;

import java.util.List;

/**
 * The path of one optimizer.
 *
 * @param name the optimizer's name
 * @param stops the start, then one for each step
 */
public record Trajectory(String name, List<Stop> stops) {

  /**
   * A point of the path.
   *
   * @param step the steps taken so far
   * @param place a number for each variable
   * @param value the formula's value there
   * @param gradient its partial derivatives there
   */
  public record Stop(int step, double[] place, double value, double[] gradient) {}

  /** Copies the list. */
  public Trajectory {
    stops = List.copyOf(stops);
  }

  /** Where it ended. */
  public Stop last() {
    return stops.get(stops.size() - 1);
  }

  /** The values of one variable along the path. */
  double[] along(int variable) {
    return stops.stream().mapToDouble(stop -> stop.place[variable]).toArray();
  }

  double[] values() {
    return stops.stream().mapToDouble(Stop::value).toArray();
  }

  /**
   * The stops that the picture is sized for: up to where the value exceeds that of the start; of a
   * path that rises at once also its first step, if that does not lead far away.
   */
  List<Stop> descending() {
    double start = stops.get(0).value;
    int rising = 1;
    while (rising < stops.size() && stops.get(rising).value <= start) {
      rising++;
    }
    boolean isNear =
        rising == 1 && stops.size() > 1 && Math.abs(stops.get(1).value) < 100 * Math.abs(start);
    return stops.subList(0, isNear ? 2 : rising);
  }
}
