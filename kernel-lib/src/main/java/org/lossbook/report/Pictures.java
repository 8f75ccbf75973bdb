package org.lossbook.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.plot.ConfusionMatrix;
import org.lossbook.plot.Figure;
import org.lossbook.plot.ImageGrid;
import org.lossbook.plot.Pixels;
import org.lossbook.training.DataChecks;

/**
 * Plots of a dataset and of a model's predictions on it.
 *
 * @hidden
 */
@Internal
public final class Pictures {
  private static final int MOST_PICTURES = 1000; // a figure of so many is 10,000 pixels high

  private Pictures() {}

  /**
   * The confusion matrix of a model on a dataset.
   *
   * @throws IllegalArgumentException if the model or the targets have no classes
   */
  public static Figure confusionMatrix(Model model, Dataset data) {
    var classified = Classification.of("confusionMatrix", model, data);
    return ConfusionMatrix.figure(classified.counts(), classified.names());
  }

  /**
   * The confusion matrix of given labels and predictions.
   *
   * @param y labels
   * @param yHat predicted labels, or a row of scores per sample, of which the largest wins
   * @throws IllegalArgumentException if they are not labels, or not equally many
   */
  public static Figure confusionMatrix(Object y, Object yHat) {
    var classified = Classification.ofLabels("confusionMatrix", y, yHat);
    return ConfusionMatrix.figure(classified.counts(), classified.names());
  }

  /**
   * The confusion matrix in percent of each true class, so that classes of different sizes compare.
   *
   * @throws IllegalArgumentException if the model or the targets have no classes
   */
  public static Figure normalizedConfusionMatrix(Model model, Dataset data) {
    var classified = Classification.of("normalizedConfusionMatrix", model, data);
    return ConfusionMatrix.inPercent(classified.counts(), classified.names());
  }

  /** The first images of a dataset, with their classes, or with the mask of each. */
  public static Figure images(Dataset data, int count) {
    DataChecks.given("images", data);
    if (Masks.are(data)) {
      return Masks.figure(data, count("images", count));
    }
    return figure(data, first(data, count("images", count)), i -> truth(data, i), i -> "");
  }

  /** The class; for a sample of mixup both classes with their shares: {@code 0.7·3 + 0.3·5}. */
  private static String truth(Dataset data, int sample) {
    List<String> names = data.classNames();
    float[] y = data.y().rows(sample, sample + 1).toArray();
    if (data.hasLabels()) {
      return names.get((int) y[0]);
    }
    if (y.length != names.size()) {
      return "";
    }
    List<Integer> shares =
        IntStream.range(0, y.length)
            .filter(k -> y[k] >= 0.05) // a smaller share would show as 0
            .boxed()
            .sorted(Comparator.comparing(k -> -y[k]))
            .toList();
    return shares.size() == 1
        ? names.get(shares.get(0))
        : shares.stream()
            .map(k -> Messages.of("%.1f·%s", y[k], names.get(k)))
            .collect(Collectors.joining(" + "));
  }

  /**
   * The first images of a dataset with a model's predictions; mistakes are marked. A network with a
   * class for each pixel shows its masks over the images, beside the true ones.
   */
  public static Figure images(Dataset data, int count, Model model) {
    ModelState.of("images", model);
    Dataset few = DataChecks.given("images", data).take(count("images", count));
    var classified = Classification.of("images", model, few);
    if (Masks.are(few)) {
      return Masks.figure(few, classified);
    }
    return figure(few, first(few, count), classified::truthName, classified::predictedName);
  }

  /**
   * The images that a model is most wrong about: misclassified ones with the lowest probability for
   * the true class.
   *
   * @param count how many at most
   * @throws IllegalArgumentException if it makes no mistakes
   */
  public static Figure worst(Dataset data, int count, Model model) {
    ModelState.of("worst", model);
    if (Masks.are(DataChecks.given("worst", data))) {
      throw Messages.wrong(
          "worst expects one class for each image but the targets are masks %s: images(data, 6, model) shows the predicted ones.",
          Arrays.toString(data.targetShape()));
    }
    var classified = Classification.of("worst", model, data);
    List<Integer> chosen =
        IntStream.range(0, data.size())
            .filter(classified::isMistake)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> classified.confidence()[i]))
            .limit(count("worst", count))
            .toList();
    if (chosen.isEmpty()) {
      throw Messages.wrong(
          "worst expects a mistake to show but the model makes none on these %,d samples: give it harder ones.",
          data.size());
    }
    return figure(data, chosen, classified::truthName, classified::predictedName);
  }

  /**
   * The pixels of an image or a matrix as grey cells with numbers, channels side by side.
   *
   * @param numbers {@code [w]}, {@code [h, w]}, {@code [h, w, channels]}, such an image as a batch
   *     of one, as {@code predict} returns it, or a convolution's kernel on a grey image
   * @throws IllegalArgumentException if it is neither
   */
  public static Pixels pixels(String title, Object numbers) {
    Values values = Values.of("pixels", numbers);
    int[] shape = image(values.shape());
    Values image = values.reshape(shape);
    List<Pixels> channels =
        IntStream.range(0, shape[2])
            .mapToObj(
                k ->
                    Pixels.of(
                        shape[2] == 1 || title == null ? title : title + " " + (k + 1),
                        channel(image, k)))
            .toList();
    return channels.get(0).beside(channels.subList(1, channels.size()).toArray(Pixels[]::new));
  }

  /** The shape as {@code [height, width, channels]}. */
  private static int[] image(int[] shape) {
    int rank = shape.length;
    if (rank == 4 && shape[0] == 1) {
      return new int[] {shape[1], shape[2], shape[3]};
    }
    if (rank == 4 && shape[2] == 1) {
      return new int[] {shape[0], shape[1], shape[3]};
    }
    if (rank > 3) {
      throw Messages.wrong(
          "pixels expects one image [height, width, channels] but receives %s: choose one of them, such as rows(0, 1).",
          Arrays.toString(shape));
    }
    return new int[] {
      rank < 2 ? 1 : shape[0],
      rank == 0 ? 1 : rank == 1 ? shape[0] : shape[1],
      rank < 3 ? 1 : shape[2]
    };
  }

  private static double[][] channel(Values image, int k) {
    int[] shape = image.shape();
    double[][] z = new double[shape[0]][shape[1]];
    for (int j = 0; j < shape[0]; j++) {
      for (int i = 0; i < shape[1]; i++) {
        z[j][i] = image.get((j * shape[1] + i) * shape[2] + k);
      }
    }
    return z;
  }

  private static List<Integer> first(Dataset data, int count) {
    return IntStream.range(0, Math.min(count, data.size())).boxed().toList();
  }

  private static Figure figure(
      Dataset data, List<Integer> samples, IntFunction<String> truth, IntFunction<String> says) {
    int[] shape = data.sampleShape();
    if (shape.length != 3) {
      throw Messages.wrong(
          "images expects samples [height, width, channels] but the dataset's are %s: choose one of images.",
          Arrays.toString(shape));
    }
    return ImageGrid.figure(
        samples.stream()
            .map(
                i ->
                    new ImageGrid.Tile(
                        data.x().rows(i, i + 1).toArray(),
                        shape[0],
                        shape[1],
                        shape[2],
                        truth.apply(i),
                        says.apply(i)))
            .toList());
  }

  /** Checks how many pictures to show. */
  private static int count(String who, int count) {
    if (count < 1) {
      throw Messages.wrong(
          "%s expects 1 picture or more but receives %d: 12 are two rows.", who, count);
    }
    if (count > MOST_PICTURES) {
      throw Messages.wrong(
          "%s expects at most %,d pictures but receives %,d: show a part, such as rows(0, 40)"
              + " of the dataset.",
          who, MOST_PICTURES, count);
    }
    return count;
  }
}
