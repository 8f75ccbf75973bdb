package org.lossbook.metric.box;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Numbers;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.metric.RowMetric;
import org.lossbook.metric.WorkedTally;

/**
 * Mean intersection over union of bounding boxes: the area that a true and a predicted box both
 * cover over the area that either covers, \(\frac{1}{n}\sum_i \frac{I_i}{U_i}\): 1 for the same
 * boxes, 0 for boxes apart, whatever their unit.
 *
 * <p>A row is (x₁, y₁, x₂, y₂). A predicted box whose corners are in the wrong order has no area
 * and shares nothing. Jaccard 1901, <i>Étude comparative de la distribution florale</i>; as a
 * measure of detection Everingham et al. 2010.
 *
 * <pre>{@code
 * boxIoU().of(matrix(row(0, 0, 2, 2)), matrix(row(1, 0, 3, 2)))   // 0.333
 * }</pre>
 *
 * @question How much do the predicted boxes share with the true ones?
 * @use As the figure to report of boxes, whatever loss they were trained with.
 * @avoid As the only figure where boxes are missed or too many: detections see that.
 */
public record BoxIoU() implements Metric, RowMetric {
  private static final int CORNERS = 4;

  /** The mean intersection over union of boxes. */
  public static BoxIoU boxIoU() {
    return new BoxIoU();
  }

  @Override
  public String name() {
    return "box_iou";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    if (targets != CORNERS || outputs != CORNERS) {
      throw Messages.wrong(
          "boxIoU expects boxes (x₁, y₁, x₂, y₂), four numbers in y and in ŷ, but receives %d and %d: end the network in dense(4).",
          targets, outputs);
    }
    return new Boxes();
  }

  /** The weighted mean over the rows. */
  private static final class Boxes implements Tally, WorkedTally {
    private double total;
    private double weight;

    @Override
    public void add(float[] y, float[] yHat, float[] weights, int rows) {
      for (int r = 0; r < rows; r++) {
        double w = weights == null ? 1 : weights[r];
        total += w * share(y, yHat, r * CORNERS);
        weight += w;
      }
    }

    /** How long the part is that both cover, from {@code axis}; that of one box beside itself. */
    private static double length(float[] a, float[] b, int axis) {
      double last = Math.min(a[axis + 2], b[axis + 2]);
      return Math.max(0, last - Math.max(a[axis], b[axis]));
    }

    private static double area(float[] a, float[] b, int at) {
      return length(a, b, at) * length(a, b, at + 1);
    }

    private static double share(float[] y, float[] yHat, int at) {
      double either = either(y, yHat, at);
      return either == 0 ? 0 : area(y, yHat, at) / either;
    }

    private static double either(float[] y, float[] yHat, int at) {
      return area(y, y, at) + area(yHat, yHat, at) - area(y, yHat, at);
    }

    @Override
    public double value() {
      return total / weight;
    }

    @Override
    public boolean isMean() {
      return true;
    }

    @Override
    public void reset() {
      total = 0;
      weight = 0;
    }

    @Override
    public Steps steps(Samples given) {
      List<Line> samples = new ArrayList<>();
      for (int r = 0; r < given.rows(); r++) {
        int at = r * CORNERS;
        String what =
            Numbers.brief((float) area(given.y(), given.yHat(), at))
                + "/"
                + Numbers.brief((float) either(given.y(), given.yHat(), at));
        String times =
            given.weights().isEmpty() ? "" : Numbers.brief(given.weights().get()[r]) + "·";
        samples.add(Line.of(what, share(given.y(), given.yHat(), at)).after(times));
      }
      return new Steps(
          "",
          samples,
          List.of(Line.of("sum", total), Line.of("divided by " + Numbers.text(weight), value())));
    }
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.ours("BoxIoU"));
  }

  static BoxIoU from(Settings settings) {
    return new BoxIoU();
  }
}
