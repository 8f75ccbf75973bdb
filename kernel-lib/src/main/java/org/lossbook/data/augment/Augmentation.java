package org.lossbook.data.augment;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Refined;
import org.lossbook.config.Require;
import org.lossbook.data.Dataset;
import org.lossbook.data.view.SampleSource;
import org.lossbook.engine.Shapes;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;
import org.lossbook.plot.ImageGrid;

/**
 * Data augmentation: random variations of the samples of a dataset, new in each epoch of training,
 * which reduce overfitting. Immutable; each call returns a changed copy.
 *
 * <pre>{@code
 * var varied = augment().shift(2).rotate(10).zoom(0.1);
 * model.fit(digits.train().augmented(varied), epochs(5).validation(digits.test()));
 * varied.plot(digits.train())        // one sample in twelve variants
 * }</pre>
 *
 * <p>The stored samples do not change (pixels stay bytes): a variant is made while a batch is read.
 * In {@code fit}, each epoch draws new variants from the seed of the run; validation sees the
 * original samples. The variant of a sample depends on the seed and on its index in the dataset,
 * not on its batch.
 *
 * <p>Where an image moves, a target with a place for each of its pixels, such as a mask, moves
 * alike: labels and other whole numbers by the nearest pixel, other numbers as pixels do. So do the
 * weights of pixels.
 *
 * <p>Whatever the order of the calls, rotation, translation, zoom, flips and elastic distortion
 * come first, in one pass of bilinear interpolation, then noise, cutout and mixup. Outside the
 * image, its edges are mirrored, as in Keras, unless {@link #fill(double)} sets a value. See
 * Simard, Steinkraus and Platt 2003 on translated and distorted digits.
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
  private double outsideLabel = Double.NaN;
  private long seed;

  private Augmentation() {}

  /** An augmentation that does nothing yet. */
  public static Augmentation augment() {
    return new Augmentation();
  }

  /**
   * Random translation: moves each image horizontally and vertically by up to this many pixels,
   * including fractions.
   *
   * @param pixels 0, or 1 or more: a fraction of the image's size is refused
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
   * Random rotation: turns each image about its centre by up to this many degrees in either
   * direction.
   *
   * @param degrees from 0 to 180: 10 to 15 for digits, where a 6 must not become a 9
   */
  public Augmentation rotate(double degrees) {
    require(
        degrees >= 0 && degrees <= 180,
        "rotate expects degrees from 0 to 180 but receives %s: it rotates in either direction.",
        degrees);
    return with(a -> a.rotation = degrees);
  }

  /**
   * Random zoom: scales each image by a factor from {@code 1 - fraction} to {@code 1 + fraction},
   * equally in both directions.
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

  /** Random horizontal flip: mirrors an image with probability 1/2; not for digits and letters. */
  public Augmentation flipHorizontally() {
    return with(a -> a.flippedHorizontally = true);
  }

  /** Random vertical flip: mirrors an image top to bottom with probability 1/2. */
  public Augmentation flipVertically() {
    return with(a -> a.flippedVertically = true);
  }

  /**
   * Elastic distortion: moves every pixel by a random displacement field, smoothed by a Gaussian
   * (Simard et al. 2003, who used a strength of 34 and a sigma of 4 for digits).
   *
   * @param strength the factor for the smoothed field, whose values are drawn from −1 to 1
   * @param sigma the standard deviation of the Gaussian, in pixels: a small one jitters, a large
   *     one moves whole regions
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
   * Gaussian noise: adds a normally distributed number to each value. An image with values from 0
   * to 1 is clipped to that range.
   *
   * @param stddev the standard deviation, on the scale of the model's input: 0 to 1 for pixels
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
   * Cutout: sets a square of each image to 0, so that no single part decides (DeVries and Taylor
   * 2017, <i>Improved regularization of convolutional neural networks with cutout</i>; Zhong et al.
   * 2017 call it random erasing). Its centre may be any pixel, so part of it may lie outside.
   *
   * @param side the side of the square, in pixels
   */
  public Augmentation cutout(int side) {
    require(
        side >= 0,
        "cutout expects the side of a square, 0 or more pixels, but receives %s: try 8 on digits.",
        side);
    return with(a -> a.cutout = side);
  }

  /**
   * Mixup: blends each sample with another one of the dataset, and their targets too: \(\tilde x =
   * \lambda x_i + (1 - \lambda) x_j\), \(\tilde y = \lambda y_i + (1 - \lambda) y_j\), with λ drawn
   * from Beta(α, α) (Zhang et al. 2017, <i>mixup: Beyond empirical risk minimization</i>). Class
   * labels cannot be blended: make them one-hot with {@link Dataset#oneHot()} and train with {@code
   * categoricalCrossentropy()}.
   *
   * @param alpha 0.1 to 0.4 mostly keeps one of the two, 1 draws any share with equal probability
   */
  public Augmentation mixup(double alpha) {
    require(
        alpha >= 0 && alpha <= 1000,
        "mixup expects an alpha from 0 to 1,000 but receives %s: 0.2 is a good first choice.",
        alpha);
    return with(a -> a.mixup = alpha);
  }

  /**
   * Sets a constant fill value for what lies outside a transformed image, instead of mirroring.
   *
   * @param level the value, on the scale of the model's input: 0 is black
   */
  public Augmentation fill(double level) {
    return fill(level, 0);
  }

  /**
   * The same, with the label of what lies outside, for targets that have one at each pixel: {@code
   * fill(0, 255)} beside {@code sparseCategoricalCrossentropy().ignore(255)}; 0 unless it is given.
   * Weights of pixels are 0 there.
   */
  public Augmentation fill(double level, int label) {
    require(
        Double.isFinite(level),
        "fill expects a finite number but receives %s: 0 is black, 1 is white.",
        level);
    require(
        label >= 0, "fill expects a label of 0 or more but receives %s: try fill(0, 255).", label);
    return with(
        a -> {
          a.outside = level;
          a.outsideLabel = label;
        });
  }

  /** Sets the seed: {@code fit} combines it with the seed of the run. */
  public Augmentation seed(long seed) {
    return with(a -> a.seed = seed);
  }

  /**
   * A figure of the first image of a dataset and eleven variants of it.
   *
   * @throws IllegalArgumentException if the samples are not images, or cannot be augmented like
   *     this
   */
  public Figure plot(SampleSource data) {
    Require.given(data, "plot", "a dataset of images", "augment().plot(digits().train()) has one");
    int[] shape = data.sampleShape();
    if (shape.length != 3 || data.size() == 0) {
      throw Messages.wrong(
          "plot expects samples [height, width, channels] but receives %d samples %s: choose a dataset of images.",
          data.size(), Arrays.toString(shape));
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

  /** Whether the augmentation moves pixels; a target at each pixel then moves along. */
  boolean isGeometric() {
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

  double outsideLabel() {
    return outsideLabel;
  }

  long seed() {
    return seed;
  }

  private static void require(boolean holds, String message, Object received) {
    if (!holds) {
      throw Messages.wrong(message, received);
    }
  }

  /** A table of the calls and what each does. */
  @Override
  public Map<String, String> mimeBundle() {
    return AugmentationText.table(this).mimeBundle();
  }

  /** The calls: {@code augment().shift(2).rotate(10)}. */
  @Override
  public String toString() {
    return AugmentationText.calls(this);
  }
}
