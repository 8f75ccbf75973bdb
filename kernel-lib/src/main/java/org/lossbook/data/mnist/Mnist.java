package org.lossbook.data.mnist;

import java.net.URI;
import java.util.List;
import org.lossbook.Internal;
import org.lossbook.data.DataException;
import org.lossbook.data.Split;
import org.lossbook.data.download.Locations;

/**
 * MNIST and Fashion-MNIST: greyscale images of 28×28 pixels in ten classes, 60,000 for training and
 * 10,000 for testing.
 *
 * <p>Their files are taken from the folder {@code mnist} or {@code fashion-mnist} under {@code
 * $LOSSBOOK_DATA}, else from the cache {@code ~/.cache/lossbook} (or {@code $LOSSBOOK_CACHE}), else
 * they are downloaded once from public mirrors. In any case, their content is checked against the
 * published checksums.
 *
 * @hidden
 */
@Internal
public final class Mnist {
  private static final int TRAIN = 60_000;
  private static final int TEST = 10_000;
  private static final int SIDE = 28;
  private static final int DRAWN_TRAIN = 20_000;
  private static final int DRAWN_TEST = 5_000;

  static final IdxDataset DIGITS =
      new IdxDataset(
          "MNIST",
          "mnist",
          List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
          trainImages("ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
          trainLabels("65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
          testImages("0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
          testLabels("ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
          List.of(
              URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
              URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")));

  static final IdxDataset FASHION =
      new IdxDataset(
          "Fashion-MNIST",
          "fashion-mnist",
          List.of(
              "T-shirt/top",
              "Trouser",
              "Pullover",
              "Dress",
              "Coat",
              "Sandal",
              "Shirt",
              "Sneaker",
              "Bag",
              "Ankle boot"),
          trainImages("c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
          trainLabels("bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
          testImages("5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
          testLabels("0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
          List.of(
              URI.create("https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
              URI.create(
                  "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/")));

  private Mnist() {}

  /**
   * MNIST: handwritten digits in the classes 0 to 9 (LeCun, Cortes and Burges).
   *
   * @throws DataException if a file is not the published one or is not available
   */
  public static Split mnist() {
    return DIGITS.load(Locations.standard());
  }

  /**
   * Fashion-MNIST: clothes in MNIST's format, harder to classify (Xiao, Rasul and Vollgraf, 2017).
   *
   * @throws DataException if a file is not the published one or is not available
   */
  public static Split fashionMnist() {
    return FASHION.load(Locations.standard());
  }

  /**
   * MNIST, or, if it is not available, {@linkplain DrawnDigits synthetic digits}, 20,000 for
   * training and 5,000 for testing, with a notice on the standard output.
   *
   * @throws DataException if a file exists but is not the published one
   */
  public static Split digits() {
    return digits(DIGITS, Locations.standard());
  }

  static Split digits(IdxDataset written, Locations locations) {
    try {
      return written.load(locations);
    } catch (DataException.Unavailable e) {
      locations
          .out()
          .println(
              "Notice: MNIST is not available, so Lossbook drew these digits itself. A network learns from them, but its accuracy says nothing about handwriting.\n"
                  + e.getMessage().lines().findFirst().orElse("")); // the rest was printed before
      return new Split(
          "drawn digits (MNIST was not available)",
          DrawnDigits.syntheticDigits(DRAWN_TRAIN, 1),
          DrawnDigits.syntheticDigits(DRAWN_TEST, 2));
    }
  }

  private static IdxFile trainImages(String sha256) {
    return IdxFile.of("train-images-idx3-ubyte", sha256, TRAIN, SIDE, SIDE);
  }

  private static IdxFile trainLabels(String sha256) {
    return IdxFile.of("train-labels-idx1-ubyte", sha256, TRAIN);
  }

  private static IdxFile testImages(String sha256) {
    return IdxFile.of("t10k-images-idx3-ubyte", sha256, TEST, SIDE, SIDE);
  }

  private static IdxFile testLabels(String sha256) {
    return IdxFile.of("t10k-labels-idx1-ubyte", sha256, TEST);
  }
}
