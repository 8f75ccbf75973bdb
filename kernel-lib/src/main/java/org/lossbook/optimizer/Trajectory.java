package org.lossbook.optimizer;

import java.util.List;

/**
 * Where one optimizer went.
 *
 * @param name what walked
 * @param stops one for the start and one for each step
 */
public record Trajectory(String name, List<Stop> stops) {

  /**
   * Where it was after a step.
   *
   * @param step the steps taken until there
   * @param place a number for each variable
   * @param value what the formula is there
   * @param gradient its slope by each variable there
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

  /** The numbers of one variable, a number a stop. */
  double[] along(int variable) {
    return stops.stream().mapToDouble(stop -> stop.place[variable]).toArray();
  }

  double[] values() {
    return stops.stream().mapToDouble(Stop::value).toArray();
  }

  /**
   * The stops that say where the walk is at home: up to where it is higher than it began; of one
   * that rises at once the first step too, if that does not lead far away.
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
