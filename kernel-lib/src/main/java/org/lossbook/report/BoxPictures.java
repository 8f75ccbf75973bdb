package org.lossbook.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.metric.box.BoxIoU;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.plot.BoxGrid;
import org.lossbook.plot.Figure;
import org.lossbook.training.DataChecks;

/**
 * Figures of images with boxes.
 *
 * @hidden
 */
@Internal
public final class BoxPictures {
  private static final int MOST = 400;
  private static final int CORNERS = 4;

  private BoxPictures() {}

  /** The first images of a dataset, with their boxes. */
  public static Figure boxes(Dataset data, int count) {
    return figure(few(data, count), new float[0]);
  }

  /** The first images with the boxes that a model predicts. */
  public static Figure boxes(Dataset data, int count, Model model) {
    ModelState.of("boxes", model);
    Dataset few = few(data, count);
    Values predicted = Values.of("boxes", model.predict(few.x()));
    if (predicted.size() != few.size() * CORNERS) {
      throw Messages.wrong(
          "boxes expects a model that predicts (x₁, y₁, x₂, y₂) but receives one of %s: end it in dense(4).",
          Arrays.toString(predicted.shape()));
    }
    return figure(few, predicted.toFloats());
  }

  private static Dataset few(Dataset data, int count) {
    DataChecks.given("boxes", data);
    int[] shape = data.sampleShape();
    boolean areImages = shape.length == 3 && (shape[2] == 1 || shape[2] == 3);
    if (!areImages || !Arrays.equals(data.targetShape(), new int[] {CORNERS})) {
      throw Messages.wrong(
          "boxes expects images [height, width, 1 or 3] with targets (x₁, y₁, x₂, y₂) but receives samples %s and targets %s: makeBoxes(100) has such.",
          Arrays.toString(shape), Arrays.toString(data.targetShape()));
    }
    if (count < 1 || count > MOST) {
      throw Messages.wrong(
          "boxes expects 1 to %d images but receives %d: 8 are two rows.", MOST, count);
    }
    return data.take(count);
  }

  private static Figure figure(Dataset few, float[] predicted) {
    int[] shape = few.sampleShape();
    List<BoxGrid.Scene> scenes = new ArrayList<>();
    for (int i = 0; i < few.size(); i++) {
      float[] truth = few.y().rows(i, i + 1).toArray();
      float[] guess =
          predicted.length == 0
              ? predicted
              : Arrays.copyOfRange(predicted, i * CORNERS, (i + 1) * CORNERS);
      double iou = guess.length == 0 ? 1 : BoxIoU.boxIoU().of(truth, guess);
      scenes.add(
          new BoxGrid.Scene(
              few.x().rows(i, i + 1).toArray(),
              shape[0],
              shape[1],
              shape[2],
              doubles(truth),
              doubles(guess),
              iou));
    }
    return BoxGrid.figure(scenes);
  }

  private static double[] doubles(float[] numbers) {
    return Values.of(numbers, numbers.length).toDoubles();
  }
}
