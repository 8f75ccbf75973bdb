package org.lossbook.data.picture;

import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.data.DataException;
import org.lossbook.data.Dataset;
import org.lossbook.data.view.ForwardingSource;
import org.lossbook.data.view.IndexChecks;
import org.lossbook.data.view.SampleSource;

/** A dataset of images with a label for each pixel, stored as one byte per value. */
final class MaskedImages extends ForwardingSource implements Dataset {
  private final ImageDataset images;
  private final List<String> classNames;
  private final LabelMask[] masks;

  private MaskedImages(ImageDataset images, List<String> classNames, LabelMask... masks) {
    this.images = images;
    this.classNames = classNames;
    this.masks = masks;
  }

  /**
   * @param named the names of the labels; none for their numbers
   */
  static MaskedImages of(ImageDataset images, List<String> named, LabelMask... masks) {
    int classes = LabelMask.classes(masks);
    if (!named.isEmpty() && named.size() < classes) {
      throw new DataException(
          Messages.of(
              "imageFolder expects masks of the labels 0 to %d, one for each name in classes(…), but receives the label %d: name all, or list the pixels' values with .maskValues(…).",
              named.size() - 1, classes - 1));
    }
    List<String> names =
        named.isEmpty() ? IntStream.range(0, classes).mapToObj(Integer::toString).toList() : named;
    return new MaskedImages(images, names, masks);
  }

  @Override
  protected SampleSource source() {
    return images;
  }

  @Override
  public int[] targetShape() {
    return new int[] {masks[0].height(), masks[0].width()};
  }

  @Override
  public List<int[]> targetShapes() {
    return List.of(targetShape());
  }

  @Override
  public boolean hasLabels() {
    return false; // of samples: each pixel has one
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public void gatherY(int[] order, int from, int count, float[] into) {
    int pixels = masks[0].labels().length;
    IndexChecks.gather("gatherY", order, from, count, into, size(), pixels);
    for (int i = 0; i < count; i++) {
      byte[] labels = masks[order[from + i]].labels();
      for (int p = 0; p < pixels; p++) {
        into[i * pixels + p] = labels[p] & 0xff;
      }
    }
  }
}
