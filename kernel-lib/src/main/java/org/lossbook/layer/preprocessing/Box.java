package org.lossbook.layer.preprocessing;

import java.util.Arrays;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;

/** A part of an image, in rows and columns, or an area around it where it begins before 0. */
record Box(int top, int left, int height, int width) {
  /** The part in the middle of an image with those proportions, as large as can be. */
  static Box within(int[] image, int height, int width) {
    int rows = clamped((long) image[1] * height / width, 1, image[0]);
    int columns = clamped((long) image[0] * width / height, 1, image[1]);
    return new Box((image[0] - rows) / 2, (image[1] - columns) / 2, rows, columns);
  }

  /** An image with a border, the same on opposite sides, that gives it those proportions. */
  static Box around(int[] image, int height, int width) {
    int rows = clamped((long) image[1] * height / width, image[0], Integer.MAX_VALUE);
    int columns = clamped((long) image[0] * width / height, image[1], Integer.MAX_VALUE);
    int above = (rows - image[0]) / 2;
    int before = (columns - image[1]) / 2;
    return new Box(-above, -before, image[0] + 2 * above, image[1] + 2 * before);
  }

  private static int clamped(long extent, int least, int most) {
    return (int) Math.max(least, Math.min(extent, most));
  }

  /** Cuts it out of an image. */
  Tensor cutOut(Graph graph, Tensor image) {
    int[] shape = image.shape();
    return graph.slice(
        image, new int[] {top, left, 0}, new int[] {top + height, left + width, shape[2]});
  }

  /** Adds the border to an image. */
  Tensor addTo(Graph graph, Tensor image, double fillValue) {
    if (top == 0 && left == 0) {
      return image;
    }
    float fill = (float) fillValue;
    int[] margin = {-top, -left, 0};
    // The border of zeros becomes one of that value by an addition that the image undoes before.
    Tensor lowered = fill == 0 ? image : shifted(graph, image, -fill);
    Tensor padded = graph.pad(lowered, margin, margin);
    return fill == 0 ? padded : shifted(graph, padded, fill);
  }

  private static Tensor shifted(Graph graph, Tensor x, float by) {
    return graph.affine(x, new float[1], new float[] {1}, new float[] {by});
  }

  /** Its rows and columns, and the channels of an image. */
  int[] shape(int... image) {
    int[] shape = Arrays.copyOf(image, image.length);
    shape[0] = height;
    shape[1] = width;
    return shape;
  }
}
