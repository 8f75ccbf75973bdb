package org.lossbook.data.augment;

import java.util.Arrays;
import java.util.Optional;
import org.lossbook.data.view.SampleRandom;

/**
 * Augments samples in place, with reusable buffers, so that a batch allocates nothing. The result
 * depends on seed and sample only.
 */
final class SampleAugmenter {
  private static final int GEOMETRY = 1;
  private static final int NOISE = 2;
  private static final int CUTOUT = 3;

  private final Augmentation augmentation;
  private final int height;
  private final int width;
  private final int channels;
  private final boolean isImage;
  private final SampleRandom draws = new SampleRandom();
  private final AffineWarp warp;
  private final ElasticField elastic;
  private final float[] source;
  private final Optional<Beside> target;
  private final Optional<Beside> weights;

  /** The two ways in which numbers beside each pixel move: as labels, or as pixels. */
  private record Beside(AffineWarp labels, AffineWarp levels, float[] source) {
    /**
     * Loads the numbers: whole numbers are labels, or rows of zeros and a one, and do not blend.
     */
    AffineWarp load(float[] numbers, int at) {
      System.arraycopy(numbers, at, source, 0, source.length);
      for (float number : source) {
        if (number != Math.rint(number)) {
          return levels;
        }
      }
      return labels;
    }
  }

  /**
   * @param perPixel how many numbers a target has at each pixel; 0 if it does not move
   * @param hasWeights whether each pixel has a weight
   */
  SampleAugmenter(Augmentation augmentation, int perPixel, boolean hasWeights, int... shape) {
    this.augmentation = augmentation;
    isImage = shape.length == 3;
    height = isImage ? shape[0] : 1;
    width = isImage ? shape[1] : 1;
    channels = isImage ? shape[2] : 1;
    warp = new AffineWarp(height, width, channels, augmentation.outside());
    elastic =
        new ElasticField(
            height, width, augmentation.elasticStrength(), augmentation.elasticSigma());
    source = new float[augmentation.isGeometric() ? height * width * channels : 0];
    double outside = augmentation.outside();
    target =
        perPixel == 0
            ? Optional.empty()
            : Optional.of(beside(perPixel, augmentation.outsideLabel(), outside));
    double none = Double.isNaN(outside) ? outside : 0;
    weights = hasWeights ? Optional.of(beside(1, none, none)) : Optional.empty();
  }

  private Beside beside(int numbers, double outsideLabel, double outside) {
    return new Beside(
        AffineWarp.ofLabels(height, width, numbers, outsideLabel),
        new AffineWarp(height, width, numbers, outside),
        new float[height * width * numbers]);
  }

  /** Replaces the {@code size} numbers starting at {@code at} by a random variant. */
  void augment(long seed, int sample, float[] numbers, int at, int size) {
    if (augmentation.isGeometric()) {
      move(seed, sample, numbers, at);
    }
    if (augmentation.noise() > 0) {
      draws.begin(seed, sample, NOISE);
      addNoise(numbers, at, at + size);
    }
    if (augmentation.cutout() > 0) {
      draws.begin(seed, sample, CUTOUT);
      cut(numbers, at);
    }
  }

  private void move(long seed, int sample, float[] numbers, int at) {
    System.arraycopy(numbers, at, source, 0, source.length);
    move(seed, sample, warp, source, numbers, at);
  }

  /** Moves the numbers of a target, starting at {@code at}, as its image moves. */
  void moveTarget(long seed, int sample, float[] numbers, int at) {
    moveBeside(target, seed, sample, numbers, at);
  }

  /** Moves the weights of pixels in the same way. */
  void moveWeights(long seed, int sample, float[] numbers, int at) {
    moveBeside(weights, seed, sample, numbers, at);
  }

  private void moveBeside(Optional<Beside> beside, long seed, int sample, float[] numbers, int at) {
    if (beside.isPresent()) {
      AffineWarp own = beside.get().load(numbers, at);
      move(seed, sample, own, beside.get().source(), numbers, at);
    }
  }

  private void move(
      long seed, int sample, AffineWarp warp, float[] source, float[] numbers, int at) {
    draws.begin(seed, sample, GEOMETRY);
    double turn = Math.toRadians(draws.within(augmentation.rotation()));
    double zoom = 1 + draws.within(augmentation.zoom());
    double right = draws.within(augmentation.shift());
    double below = draws.within(augmentation.shift());
    boolean mirrored = draws.nextBoolean() && augmentation.isFlippedHorizontally();
    boolean upsideDown = draws.nextBoolean() && augmentation.isFlippedVertically();
    warp.set(turn, zoom, right, below, mirrored, upsideDown);
    if (elastic.isThere()) {
      elastic.draw(draws);
    }
    warp.apply(source, elastic, numbers, at);
  }

  /** Adds Gaussian noise; an image with values in 0..1 is clipped to that range. */
  private void addNoise(float[] numbers, int from, int to) {
    float noise = (float) augmentation.noise();
    boolean bounded = isImage;
    for (int i = from; bounded && i < to; i++) {
      bounded = numbers[i] >= 0 && numbers[i] <= 1;
    }
    for (int i = from; i < to; i++) {
      float value = numbers[i] + noise * (float) draws.nextGaussian();
      numbers[i] = bounded ? Math.max(0, Math.min(1, value)) : value;
    }
  }

  /** Sets a square to 0; its centre may be any pixel, and the part outside the image is ignored. */
  private void cut(float[] numbers, int at) {
    int side = augmentation.cutout();
    int top = draws.nextInt(height) - side / 2;
    int left = draws.nextInt(width) - side / 2;
    int from = Math.max(0, left) * channels;
    int to = Math.min(width, left + side) * channels;
    for (int y = Math.max(0, top); y < Math.min(height, top + side); y++) {
      int row = at + y * width * channels;
      Arrays.fill(numbers, row + from, row + to, 0);
    }
  }
}
