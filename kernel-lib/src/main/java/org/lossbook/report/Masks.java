package org.lossbook.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.engine.Shapes;
import org.lossbook.plot.Figure;
import org.lossbook.plot.MaskGrid;

/** Images with a class for each pixel. */
final class Masks {
  private Masks() {}

  /** Whether the targets of a dataset of images have a place for each pixel. */
  static boolean are(Dataset data) {
    int[] sample = data.sampleShape();
    int[] target = data.targetShape();
    return sample.length == 3
        && target.length >= 2
        && target[0] == sample[0]
        && target[1] == sample[1];
  }

  /** The images with their true masks. */
  static Figure figure(Dataset data, int count) {
    Dataset few = data.take(count);
    int[] truth = labels(few);
    int classes = IntStream.of(truth).filter(label -> label < 255).max().orElse(0) + 1;
    List<String> names = Classification.names(data, Math.max(classes, data.classNames().size()));
    return figure(few, truth, new int[0], names);
  }

  /** The same beside the predicted masks. */
  static Figure figure(Dataset few, Classification classified) {
    return figure(few, labels(few), classified.predicted(), classified.names());
  }

  private static Figure figure(Dataset few, int[] truth, int[] predicted, List<String> names) {
    int[] shape = few.sampleShape();
    if (shape[2] != 1 && shape[2] != 3) {
      throw Messages.wrong(
          "images expects samples [height, width, 1 or 3] but the dataset's are %s: choose one of images.",
          Arrays.toString(shape));
    }
    int pixels = shape[0] * shape[1];
    return MaskGrid.figure(
        IntStream.range(0, few.size())
            .mapToObj(
                i ->
                    new MaskGrid.Scene(
                        few.x().rows(i, i + 1).toArray(),
                        shape[0],
                        shape[1],
                        shape[2],
                        Arrays.copyOfRange(truth, i * pixels, (i + 1) * pixels),
                        predicted.length == 0
                            ? predicted
                            : Arrays.copyOfRange(predicted, i * pixels, (i + 1) * pixels)))
            .toList(),
        names);
  }

  /** The true class of each pixel. */
  private static int[] labels(Dataset data) {
    Values y = Values.of("images", data.y());
    int pixels = data.size() * data.sampleShape()[0] * data.sampleShape()[1];
    int width = Shapes.size(data.targetShape()) * data.size() / pixels;
    Values rows = y.reshape(pixels, width);
    return IntStream.range(0, pixels)
        .map(
            i ->
                width == 1
                    ? (int) Math.rint(rows.get(i))
                    : Classification.label(rows, i, width, 0.5))
        .toArray();
  }
}
