package org.lossbook.data.augment;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.lossbook.config.Refined;
import org.lossbook.config.Require;
import org.lossbook.data.Dataset;
import org.lossbook.data.view.SampleSource;
import org.lossbook.engine.Shapes;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;
import org.lossbook.plot.ImageGrid;

/**
 * How the samples of a dataset are varied each time that training sees them, so that a network
 * learns what stays and not the pixels: an immutable value, each call gives a changed copy.
 *
 * <pre>{@code
 * var varied = augment().shift(2).rotate(10).zoom(0.1);
 * model.fit(digits.train().augmented(varied), epochs(5).validation(digits.test()));
 * varied.plot(digits.train())        // one sample in twelve variants
 * }</pre>
 *
 * <p>The dataset keeps what it keeps (pixels stay bytes): a variant is made while a batch is
 * gathered. In {@code fit} each epoch draws new ones from the run's seed; validation sees the
 * samples as they are. A sample's variant depends on the seed and on its place in the dataset, not
 * on the batch that it comes in.
 *
 * <p>In whatever order they are asked for, turning, moving, zooming, mirroring and bending come
 * first, in one pass that samples the image once, bilinearly, then noise, cutout and mixup. What
 * comes in from outside is the image mirrored at its edges, as in Keras, unless {@link
 * #fill(double)} says otherwise. Simard, Steinkraus and Platt 2003 for moving and bending digits.
 */
public final class Augmentation extends Refined<Augmentation> implements Renderable {
  private static final int SHOWN = 12;
  static final int LONGEST_SIDE = 1 << 14;

  private double shift;
  private double rotation;
  private double zoom;
  private boolean flippedHorizontally;
  private boolean flippedVertically;
  private double elasticStrength;
  private double elasticSigma = 1;
  private double noise;
  private int cutout;
  private double mixup;
  private double outside = Double.NaN;
  private long seed;

  private Augmentation() {}

  /** Nothing is varied yet. */
  public static Augmentation augment() {
    return new Augmentation();
  }

  /**
   * Moves each image right or left and up or down by up to so many pixels, fractions of them
   * included.
   *
   * @param pixels 0 or 1 and more: a fraction of the image's size is refused
   */
  public Augmentation shift(double pixels) {
    require(
        pixels == 0 || pixels >= 1 && pixels < LONGEST_SIDE,
        "shift expects pixels, 1 or more, but receives %s: a tenth of an image 28 wide is"
            + " shift(2.8).",
        pixels);
    return with(a -> a.shift = pixels);
  }

  /**
   * Turns each image about its middle by up to so many degrees to either side.
   *
   * @param degrees from 0 to 180: 10 to 15 for digits, of which a 6 should not become a 9
   */
  public Augmentation rotate(double degrees) {
    require(
        degrees >= 0 && degrees <= 180,
        "rotate expects degrees from 0 to 180 but receives %s: it turns to either side.",
        degrees);
    return with(a -> a.rotation = degrees);
  }

  /**
   * Scales each image by a factor from {@code 1 - fraction} to {@code 1 + fraction}, both ways
   * alike.
   *
   * @param fraction from 0 to below 1
   */
  public Augmentation zoom(double fraction) {
    require(
        fraction >= 0 && fraction < 1,
        "zoom expects a fraction from 0 to below 1 but receives %s: zoom(0.1) scales by 0.9 to"
            + " 1.1.",
        fraction);
    return with(a -> a.zoom = fraction);
  }

  /** Swaps left and right in every second image; not for digits and letters. */
  public Augmentation flipHorizontally() {
    return with(a -> a.flippedHorizontally = true);
  }

  /** Swaps above and below in every second image. */
  public Augmentation flipVertically() {
    return with(a -> a.flippedVertically = true);
  }

  /**
   * Bends each image: every pixel moves by a random field that a Gaussian has smoothed (Simard et
   * al. 2003, who took a strength of 34 and a sigma of 4 for digits).
   *
   * @param strength times the smoothed field, whose numbers lay between −1 and 1 before
   * @param sigma of the Gaussian, in pixels: small ones tremble, large ones move the whole
   */
  public Augmentation elastic(double strength, double sigma) {
    require(
        strength >= 0 && strength <= 10_000,
        "elastic expects a strength from 0 to 10,000 but receives %s: try elastic(34, 4) on"
            + " digits.",
        strength);
    require(
        sigma >= 0.5 && sigma <= 100,
        "elastic expects a sigma from 0.5 to 100 pixels but receives %s: try elastic(34, 4) on"
            + " digits.",
        sigma);
    return with(
        a -> {
          a.elasticStrength = strength;
          a.elasticSigma = sigma;
        });
  }

  /**
   * Adds to each number one from the normal distribution. An image whose numbers lie from 0 to 1
   * stays within.
   *
   * @param stddev its standard deviation, on the scale of what the model sees: 0 to 1 for pixels
   */
  public Augmentation noise(double stddev) {
    require(
        stddev >= 0 && Double.isFinite(stddev),
        "noise expects a standard deviation of 0 or more but receives %s: pixels lie from 0 to 1,"
            + " so try 0.05.",
        stddev);
    return with(a -> a.noise = stddev);
  }

  /**
   * Sets a square of each image to 0, so that no part of it alone decides (DeVries and Taylor 2017,
   * <i>Improved regularization of convolutional neural networks with cutout</i>; Zhong et al. 2017
   * call it random erasing). Its middle may be any pixel, so some of it may fall outside.
   *
   * @param side of the square, in pixels
   */
  public Augmentation cutout(int side) {
    require(
        side >= 0,
        "cutout expects the side of a square, 0 or more pixels, but receives %s: try 8 on digits.",
        side);
    return with(a -> a.cutout = side);
  }

  /**
   * Blends each sample with another of the dataset, and their targets alike: \(\tilde x = \lambda
   * x_i + (1 - \lambda) x_j\), \(\tilde y = \lambda y_i + (1 - \lambda) y_j\), with λ drawn from
   * Beta(α, α) (Zhang et al. 2017, <i>mixup: Beyond empirical risk minimization</i>). Class labels
   * cannot be blended: make them rows by {@link Dataset#oneHot()} and train with {@code
   * categoricalCrossentropy()}.
   *
   * @param alpha 0.1 to 0.4 mostly shows one of the two, 1 any share alike
   */
  public Augmentation mixup(double alpha) {
    require(
        alpha >= 0 && alpha <= 1000,
        "mixup expects an alpha from 0 to 1,000 but receives %s: 0.2 is a good first choice.",
        alpha);
    return with(a -> a.mixup = alpha);
  }

  /**
   * What comes in from outside of a moved image: this number instead of the mirrored image.
   *
   * @param level on the scale of what the model sees: 0 is black
   */
  public Augmentation fill(double level) {
    require(
        Double.isFinite(level),
        "fill expects a finite number but receives %s: 0 is black, 1 is white.",
        level);
    return with(a -> a.outside = level);
  }

  /** Draws from this seed: in {@code fit} together with the run's own, elsewhere alone. */
  public Augmentation seed(long seed) {
    return with(a -> a.seed = seed);
  }

  /**
   * The first image of a dataset as it is, and eleven variants of it.
   *
   * @throws IllegalArgumentException where the samples are no images, or cannot be varied like this
   */
  public Figure plot(SampleSource data) {
    Require.given(data, "plot", "a dataset of images", "augment().plot(digits().train()) has one");
    int[] shape = data.sampleShape();
    if (shape.length != 3 || data.size() == 0) {
      throw new IllegalArgumentException(
          "plot expects samples [height, width, channels] but receives %d samples %s: choose a dataset of images."
              .formatted(data.size(), Arrays.toString(shape)));
    }
    SampleSource plain = data.plain();
    SampleSource varied = AugmentedSource.of(plain, this);
    return ImageGrid.figure(
        IntStream.range(0, SHOWN)
            .mapToObj(
                i ->
                    new ImageGrid.Tile(
                        first(i == 0 ? plain : varied.forEpoch(i), shape),
                        shape[0],
                        shape[1],
                        shape[2],
                        i == 0 ? "as it is" : "variant " + i,
                        ""))
            .toList());
  }

  private static float[] first(SampleSource data, int... shape) {
    float[] sample = new float[Shapes.size(shape)];
    data.gatherX(new int[1], 0, 1, sample);
    return sample;
  }

  /** Whether pixels change places. */
  boolean moves() {
    return shift > 0
        || rotation > 0
        || zoom > 0
        || flippedHorizontally
        || flippedVertically
        || elasticStrength > 0;
  }

  double shift() {
    return shift;
  }

  double rotation() {
    return rotation;
  }

  double zoom() {
    return zoom;
  }

  boolean isFlippedHorizontally() {
    return flippedHorizontally;
  }

  boolean isFlippedVertically() {
    return flippedVertically;
  }

  double elasticStrength() {
    return elasticStrength;
  }

  double elasticSigma() {
    return elasticSigma;
  }

  double noise() {
    return noise;
  }

  int cutout() {
    return cutout;
  }

  double mixup() {
    return mixup;
  }

  double outside() {
    return outside;
  }

  long seed() {
    return seed;
  }

  private static void require(boolean holds, String message, Object received) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(received));
    }
  }

  /** What is asked for as a table, in words. */
  @Override
  public Map<String, String> mimeBundle() {
    return AugmentationText.table(this).mimeBundle();
  }

  /** As it was asked for: {@code augment().shift(2).rotate(10)}. */
  @Override
  public String toString() {
    return AugmentationText.calls(this);
  }
}
