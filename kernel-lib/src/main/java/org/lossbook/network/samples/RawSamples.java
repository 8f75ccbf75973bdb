package org.lossbook.network.samples;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.Preparation;
import org.lossbook.data.Values;
import org.lossbook.data.picture.Picture;
import org.lossbook.engine.Shapes;
import tech.tablesaw.api.Table;

/**
 * Raw samples, rows of tables and pictures, which are converted to what the model expects.
 *
 * @hidden
 */
@Internal
public final class RawSamples {
  private RawSamples() {}

  /**
   * Converts raw samples for the model; anything else is returned unchanged.
   *
   * @param preparation the preprocessing of the training data
   * @param inputs the shape of a sample for each of the model's inputs
   */
  public static Object ready(Object given, Optional<Preparation> preparation, List<int[]> inputs) {
    if (given instanceof Table rows && preparation.isPresent()) {
      return preparation.get().prepare(rows);
    }
    if (given instanceof Picture picture) {
      return fitted(List.of(picture), inputs.get(0));
    }
    if (!(given instanceof List<?> list) || list.isEmpty()) {
      return given;
    }
    if (inputs.size() == 1) {
      return list.stream().allMatch(Picture.class::isInstance)
          ? fitted(list.stream().map(Picture.class::cast).toList(), inputs.get(0))
          : given;
    }
    return IntStream.range(0, list.size())
        .mapToObj(
            i ->
                list.get(i) instanceof Picture picture && i < inputs.size()
                    ? fitted(List.of(picture), inputs.get(i))
                    : list.get(i))
        .toList();
  }

  /** Rows with their targets, preprocessed like the training data. */
  public static Dataset rows(String who, Table rows, Optional<Preparation> preparation) {
    return preparation
        .orElseThrow(
            () ->
                Messages.wrong(
                    "%s expects a model that was fitted to table(…) to prepare table rows in the same way: fit it to one, or give %s(x, y) arrays.",
                    who, who))
        .prepare(rows);
  }

  /** One sample per picture. */
  private static Values fitted(List<Picture> pictures, int[] wanted) {
    int[] input = sized(wanted, pictures);
    int size = Shapes.size(input);
    float[] all = new float[Math.multiplyExact(pictures.size(), size)];
    for (int i = 0; i < pictures.size(); i++) {
      System.arraycopy(fitted(pictures.get(i), input).toFloats(), 0, all, i * size, size);
    }
    int[] shape = Shapes.batched(pictures.size(), input);
    return Values.of(all, shape);
  }

  /** The input for pictures of any size: theirs, which must be the same. */
  private static int[] sized(int[] input, List<Picture> pictures) {
    if (Shapes.areFixed(input) || input.length < 2) {
      return input;
    }
    Picture first = pictures.get(0);
    int[] sized = input.clone();
    sized[0] = input[0] == Shapes.ANY ? first.height() : input[0];
    sized[1] = input[1] == Shapes.ANY ? first.width() : input[1];
    for (Picture each : pictures) {
      if (input[0] == Shapes.ANY && each.height() != first.height()
          || input[1] == Shapes.ANY && each.width() != first.width()) {
        throw Messages.wrong(
            "predict expects pictures of one size at a time but receives %s and %s: bring them to one size with .fitted(%d, %d), or ask for one after the other.",
            first, each, first.height(), first.width());
      }
    }
    return sized;
  }

  /**
   * A picture as one sample: resized, in grey or colour, to match the input. For an input that is
   * not an image, the picture must already have as many numbers.
   */
  private static Values fitted(Picture picture, int[] input) {
    int rank = input.length;
    int channels = rank == 3 ? input[2] : 1;
    if (rank == 2 || rank == 3 && (channels == 1 || channels == 3)) {
      Picture ready = channels == 1 ? picture.grey() : picture.colour();
      return ready.fitted(input[0], input[1]).values();
    }
    Values values = picture.values();
    int size = Shapes.size(input);
    if (rank == 1 && values.size() == size) {
      return values;
    }
    int side = (int) Math.sqrt(size);
    throw Messages.wrong(
        "predict expects samples %s but receives %s: %s.",
        Arrays.toString(input),
        picture,
        rank != 1
            ? "ask a model of pictures [height, width, 1 or 3]"
            : side * side == size
                ? Messages.of(
                    "convert it to as many numbers, such as .grey().fitted(%d, %d)", side, side)
                : "convert it to as many numbers with .grey() and .fitted(height, width)");
  }
}
