package org.lossbook.data.boxes;

import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.Values;
import org.lossbook.data.view.Descriptions;
import org.lossbook.plot.BoxGrid;
import org.lossbook.plot.Figure;

/**
 * A bounding box with the corners (x₁, y₁), the upper left, and (x₂, y₂), the lower right; x grows
 * to the right and y downwards. Its numbers are pixels, or shares of the image's width and height
 * from 0 to 1, the unit measure that networks predict.
 *
 * <p>How much two boxes share is the intersection over union, \(IoU = \frac{I}{U}\), the area that
 * both cover over the area that either covers: 1 for the same box, 0 for boxes apart.
 *
 * <pre>{@code
 * box(0, 0, 2, 2).iou(box(1, 0, 3, 2))                       // 0.333
 * box(0, 0, 2, 2).giou(box(1, 1, 3, 3))                      // -0.079
 * box(16, 8, 48, 40).inUnits(64, 64).values().toDoubles()    // [0.25, 0.125, 0.75, 0.625]
 * box(0.25, 0.125, 0.75, 0.625).inPixels(64, 64).area()      // 1024
 * box(0, 0, 2, 2).plot(box(1, 0, 3, 2))
 * }</pre>
 *
 * @param x1 the left edge
 * @param y1 the upper edge
 * @param x2 the right edge, at {@code x1} or right of it
 * @param y2 the lower edge, at {@code y1} or below it
 * @param label the class of what it holds; 0 where there is one class
 * @param score how sure a model is of it; 1 for a true box
 */
public record Box(double x1, double y1, double x2, double y2, int label, double score) {

  /** Checks that the corners are in order. */
  public Box {
    if (!(x1 <= x2
        && y1 <= y2
        && x2 - x1 < Double.POSITIVE_INFINITY
        && y2 - y1 < Double.POSITIVE_INFINITY)) {
      throw Messages.wrong(
          "box expects corners (x₁, y₁, x₂, y₂) with x₁ ≤ x₂ and y₁ ≤ y₂ but receives (%s, %s, %s, %s): put the corner nearer the origin first.",
          x1, y1, x2, y2);
    }
    if (label < 0) {
      throw Messages.wrong(
          "label expects a class, 0 or more, but receives %d: classes are counted from 0.", label);
    }
    if (!Double.isFinite(score)) {
      throw Messages.wrong(
          "score expects a finite number but receives %s: a probability is one.", score);
    }
  }

  /** A box of class 0 with the score 1. */
  public static Box of(double x1, double y1, double x2, double y2) {
    return new Box(x1, y1, x2, y2, 0, 1);
  }

  /** The same of this class. */
  public Box label(int newLabel) {
    return new Box(x1, y1, x2, y2, newLabel, score);
  }

  /** The same with this score. */
  public Box score(double newScore) {
    return new Box(x1, y1, x2, y2, label, newScore);
  }

  /** Its width times its height. */
  public double area() {
    return (x2 - x1) * (y2 - y1);
  }

  private static Box given(String who, Box other) {
    return Require.given(other, who, "another box", "box(0, 0, 1, 1) is one");
  }

  private double shared(Box other) {
    double wide = Math.min(x2, other.x2) - Math.max(x1, other.x1);
    double tall = Math.min(y2, other.y2) - Math.max(y1, other.y1);
    return Math.max(0, wide) * Math.max(0, tall);
  }

  /** The intersection over union; 0 for two boxes without an area. */
  public double iou(Box other) {
    double shared = shared(given("iou", other));
    double either = area() + other.area() - shared;
    return either == 0 ? 0 : shared / either;
  }

  /**
   * The generalized intersection over union: less the part of the box around the two that neither
   * fills, so that it is below 0 for boxes apart (Rezatofighi et al. 2019).
   */
  public double giou(Box other) {
    double either = area() + given("giou", other).area() - shared(other);
    double around =
        (Math.max(x2, other.x2) - Math.min(x1, other.x1))
            * (Math.max(y2, other.y2) - Math.min(y1, other.y1));
    return around == 0 ? 0 : iou(other) - (around - either) / around;
  }

  /** A box in the unit measure, of an image of that many pixels. */
  public Box inUnits(int width, int height) {
    size("inUnits", width, height);
    return new Box(x1 / width, y1 / height, x2 / width, y2 / height, label, score);
  }

  /** A box in pixels, of an image of that many. */
  public Box inPixels(int width, int height) {
    size("inPixels", width, height);
    return new Box(x1 * width, y1 * height, x2 * width, y2 * height, label, score);
  }

  private static void size(String who, int width, int height) {
    if (width < 1 || height < 1) {
      throw Messages.wrong(
          "%s expects the width and height of an image but receives %d and %d: both are 1 or more.",
          who, width, height);
    }
  }

  /** Its corners, as losses take them: {@code [x₁, y₁, x₂, y₂]}. */
  public Values values() {
    return Values.of(new double[] {x1, y1, x2, y2}, 4);
  }

  /** This box as the truth and another as predicted, with what they share. */
  public Figure plot(Box predicted) {
    given("plot", predicted);
    return BoxGrid.overlap(
        new double[] {x1, y1, x2, y2},
        new double[] {predicted.x1, predicted.y1, predicted.x2, predicted.y2},
        iou(predicted));
  }

  /** {@code box (0, 0, 2, 2)}, with class and score where it has them. */
  @Override
  public String toString() {
    String corners = Descriptions.numbers(values().toDoubles()).replace('[', '(').replace(']', ')');
    return "box "
        + corners
        + (label == 0 ? "" : " of class " + label)
        + (score == 1 ? "" : ", score " + Descriptions.number(score));
  }
}
