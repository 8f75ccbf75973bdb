package org.lossbook.loss.pairwise;

import org.lossbook.loss.spec.PairwiseLoops;
import org.lossbook.notebook.InterruptedWork;

/** {@link Triplet}'s distances, and which of its pairs are within the margin. */
final class TripletLoops implements PairwiseLoops {
  /**
   * PyTorch adds this to each difference, so that the distance of a place to itself has a slope.
   */
  static final double EPSILON = 1e-6;

  private final int columns;
  private final double margin;
  private double[] distances = new double[0];
  private double[] pulls = new double[0];

  TripletLoops(int columns, double margin) {
    this.columns = columns;
    this.margin = margin;
  }

  @Override
  public void reserve(int rows) {
    distances = new double[rows];
    pulls = new double[rows];
  }

  @Override
  public void losses(double[] y, double[] p, int rows, double[] losses) {
    for (int i = 0; i < rows; i++) {
      InterruptedWork.check("triplet", i, rows, "samples");
      losses[i] = anchor(y, p, rows, i);
    }
  }

  /** The loss of one anchor; {@code pulls} receives its derivative by each distance. */
  private double anchor(double[] y, double[] p, int rows, int i) {
    int same = 0;
    for (int j = 0; j < rows; j++) {
      distances[j] = distance(p, i, j, columns);
      pulls[j] = 0;
      same += j != i && y[j] == y[i] ? 1 : 0;
    }
    double pairs = (double) same * (rows - 1 - same);
    double sum = 0;
    for (int j = 0; j < rows && pairs > 0; j++) {
      if (j == i || y[j] != y[i]) {
        continue;
      }
      for (int k = 0; k < rows; k++) {
        double excess = distances[j] - distances[k] + margin;
        if (y[k] != y[i] && excess >= 0) {
          double share = (excess > 0 ? 1 : 0.5) / pairs; // half of the slope at the corner
          sum += excess;
          pulls[j] += share;
          pulls[k] -= share;
        }
      }
    }
    return pairs > 0 ? sum / pairs : 0;
  }

  @Override
  public void gradient(double[] y, double[] p, int rows, double[] factors, double[] gradient) {
    for (int i = 0; i < rows; i++) {
      InterruptedWork.check("triplet", i, rows, "samples");
      anchor(y, p, rows, i);
      for (int j = 0; j < rows; j++) {
        if (pulls[j] != 0 && distances[j] != 0) {
          double pull = factors[i] * pulls[j] / distances[j];
          for (int c = 0; c < columns; c++) {
            double slope = pull * (p[i * columns + c] - p[j * columns + c] + EPSILON);
            gradient[i * columns + c] += slope;
            gradient[j * columns + c] -= slope;
          }
        }
      }
    }
  }

  /** The distance of places so far apart that its square overflows. */
  private static double far(double[] p, int i, int j, int columns) {
    double length = 0;
    for (int c = 0; c < columns; c++) {
      length = Math.hypot(length, p[i * columns + c] - p[j * columns + c] + EPSILON);
    }
    return length;
  }

  static double distance(double[] p, int i, int j, int columns) {
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      double difference = p[i * columns + c] - p[j * columns + c] + EPSILON;
      sum += difference * difference;
    }
    return sum < Double.POSITIVE_INFINITY ? Math.sqrt(sum) : far(p, i, j, columns);
  }
}
