package org.lossbook.data.picture;

import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.view.LabeledSource;
import org.lossbook.engine.Shapes;

/**
 * A dataset of labeled greyscale or colour images, stored as one byte per value.
 *
 * @hidden
 */
@Internal
public final class ImageDataset extends LabeledSource implements Dataset {
  /** Each byte value divided by 255: exact, and no slower than multiplying. */
  private static final float[] SCALED = new float[256];

  static {
    for (int i = 0; i < SCALED.length; i++) {
      SCALED[i] = i / 255f;
    }
  }

  private final byte[] pixels;
  private final int[] labels;
  private final int[] shape;

  /**
   * A dataset that keeps the two arrays without copying them.
   *
   * @param pixels {@code [n, height, width, channels]}, row-major
   * @param labels the n labels
   */
  public ImageDataset(
      byte[] pixels, byte[] labels, int height, int width, int channels, List<String> classNames) {
    this(pixels, unsigned(labels), height, width, channels, classNames);
  }

  /** A dataset with more than 256 classes. */
  public ImageDataset(
      byte[] pixels, int[] labels, int height, int width, int channels, List<String> classNames) {
    super(List.copyOf(classNames), new int[] {height, width, channels}, new int[0]);
    this.pixels = pixels;
    this.labels = labels;
    this.shape = new int[] {height, width, channels};
    long stride = Shapes.size(shape);
    if (labels.length * stride != pixels.length) {
      throw Messages.wrong(
          "images expects %d bytes for %d labels but receives %d: give one image per label.",
          labels.length * stride, labels.length, pixels.length);
    }
  }

  private static int[] unsigned(byte[] labels) {
    return IntStream.range(0, labels.length).map(i -> labels[i] & 0xff).toArray();
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int[] sampleShape() {
    return shape.clone();
  }

  @Override
  public int[] targetShape() {
    return new int[0];
  }

  @Override
  protected void copyX(int[] order, int from, int count, float[] into, int size) {
    for (int i = 0; i < count; i++) {
      scale(order[from + i] * size, into, i * size, size);
    }
  }

  private void scale(int at, float[] into, int start, int count) {
    byte[] source = pixels;
    for (int i = 0; i < count; i++) {
      into[start + i] = SCALED[source[at + i] & 0xff];
    }
  }

  @Override
  protected void copyY(int[] order, int from, int count, float[] into, int size) {
    for (int i = 0; i < count; i++) {
      into[i] = labels[order[from + i]];
    }
  }
}
