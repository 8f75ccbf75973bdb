package org.lossbook.data.augment;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.view.SampleRandom;
import org.lossbook.data.view.SampleSource;
import org.lossbook.data.view.SourceView;
import org.lossbook.engine.Shapes;

/**
 * A view whose samples are augmented while they are read; no variant is stored.
 *
 * @hidden
 */
@Internal
public final class AugmentedSource extends SourceView {
  private static final int MIXUP = 4;

  private final Augmentation augmentation;
  private final long seed;
  private final int stride;
  private final int targets;
  private final boolean movesTargets;
  private final boolean movesWeights;

  /** Buffers reused by the next batch; a second thread that finds none allocates its own. */
  private final AtomicReference<Buffers> idle;

  private static final class Buffers {
    final SampleAugmenter variants;
    final SampleRandom draws = new SampleRandom();
    final int[] partner = new int[1];
    final float[] other;

    Buffers(AugmentedSource data) {
      int moving = data.movesTargets ? perPixel(data.base) : 0;
      variants =
          new SampleAugmenter(
              data.augmentation, moving, data.movesWeights, data.base.sampleShape());
      int widest = Math.max(data.targets, data.base.weightsPerSample());
      other = new float[Math.max(data.stride, widest)];
    }
  }

  private AugmentedSource(
      SampleSource base, Augmentation augmentation, long seed, AtomicReference<Buffers> idle) {
    super(base);
    this.augmentation = augmentation;
    this.seed = seed;
    this.idle = idle;
    stride = Shapes.size(base.sampleShape());
    targets = Shapes.size(base.targetShape());
    movesTargets = augmentation.isGeometric() && perPixel(base) > 0;
    movesWeights = movesTargets && base.weightsPerSample() == targets / perPixel(base);
  }

  public static SampleSource of(SampleSource base, Augmentation augmentation) {
    if (augmentation == null) {
      throw new IllegalArgumentException(
          "augmented expects an augmentation but receives none: write"
              + " augmented(augment().shift(2).rotate(10)).");
    }
    check(base, augmentation);
    return new AugmentedSource(base, augmentation, augmentation.seed(), new AtomicReference<>());
  }

  /** How many numbers a target has at each pixel of its image; 0 if it has other places. */
  private static int perPixel(SampleSource data) {
    int[] image = data.sampleShape();
    int[] target = data.targetShape();
    boolean isMask =
        image.length == 3 && target.length >= 2 && target[0] == image[0] && target[1] == image[1];
    return isMask ? Shapes.size(target) / (image[0] * image[1]) : 0;
  }

  /** Refuses a dataset whose samples cannot be augmented like this. */
  private static void check(SampleSource data, Augmentation augmentation) {
    if (data.texts().isPresent()) {
      throw new IllegalArgumentException(
          "augmented expects images or rows of numbers but receives texts: leave it out.");
    }
    int[] shape = data.sampleShape();
    boolean needsImages = augmentation.isGeometric() || augmentation.cutout() > 0;
    if (needsImages && shape.length != 3) {
      throw Messages.wrong(
          "augmented expects images [height, width, channels] to move or cut but receives samples %s: only noise and mixup work on rows of numbers.",
          Arrays.toString(shape));
    }
    if (needsImages && Math.max(shape[0], shape[1]) > Augmentation.LONGEST_SIDE) {
      throw Messages.wrong(
          "augmented expects images of at most %d pixels a side but receives %s: make them smaller first.",
          Augmentation.LONGEST_SIDE, Arrays.toString(shape));
    }
    int[] target = data.targetShape();
    boolean haveMasks = perPixel(data) > 0;
    if (haveMasks && target.length == 2 && augmentation.mixup() > 0) {
      throw Messages.wrong(
          "mixup expects targets in rows, which can be blended, but receives masks of labels %s: call oneHot(…) before augmented(…), and train with categoricalCrossentropy().",
          Arrays.toString(target));
    }
    if (augmentation.mixup() > 0 && data.hasLabels()) {
      throw Messages.wrong(
          "mixup expects targets in rows, which can be blended, but receives labels of %d classes: call oneHot() before augmented(…), and train with categoricalCrossentropy().",
          data.classNames().size());
    }
  }

  @Override
  public SampleSource forEpoch(long epochSeed) {
    // The base gets a seed mixed once more, so that two augmentations draw different numbers.
    long own = SampleRandom.mixed(epochSeed) ^ augmentation.seed();
    return new AugmentedSource(
        base.forEpoch(SampleRandom.mixed(epochSeed)), augmentation, own, idle);
  }

  @Override
  protected SampleSource over(SampleSource other) {
    return new AugmentedSource(other, augmentation, seed, idle);
  }

  @Override
  public SampleSource plain() {
    return base.plain();
  }

  @Override
  public void gatherX(int[] order, int from, int count, float[] into) {
    Buffers buffers = take();
    base.gatherX(order, from, count, into);
    for (int i = 0; i < count; i++) {
      int sample = order[from + i];
      buffers.variants.augment(seed, sample, into, i * stride, stride);
      if (augmentation.mixup() > 0) {
        double share = partner(buffers, sample);
        base.gatherX(buffers.partner, 0, 1, buffers.other);
        buffers.variants.augment(seed, buffers.partner[0], buffers.other, 0, stride);
        mix(share, into, i * stride, buffers.other, stride);
      }
    }
    idle.set(buffers);
  }

  @Override
  public void gatherY(int[] order, int from, int count, float[] into) {
    base.gatherY(order, from, count, into);
    if (!movesTargets && augmentation.mixup() == 0) {
      return;
    }
    Buffers buffers = take();
    for (int i = 0; i < count; i++) {
      int sample = order[from + i];
      buffers.variants.moveTarget(seed, sample, into, i * targets);
      if (augmentation.mixup() > 0) {
        double share = partner(buffers, sample);
        base.gatherY(buffers.partner, 0, 1, buffers.other);
        buffers.variants.moveTarget(seed, buffers.partner[0], buffers.other, 0);
        mix(share, into, i * targets, buffers.other, targets);
      }
    }
    idle.set(buffers);
  }

  @Override
  public void gatherWeights(int[] order, int from, int count, float[] into) {
    base.gatherWeights(order, from, count, into);
    int each = base.weightsPerSample();
    if (each == 0 || !movesWeights && augmentation.mixup() == 0) {
      return;
    }
    Buffers buffers = take();
    for (int i = 0; i < count; i++) {
      int sample = order[from + i];
      buffers.variants.moveWeights(seed, sample, into, i * each);
      if (augmentation.mixup() > 0) {
        double share = partner(buffers, sample);
        base.gatherWeights(buffers.partner, 0, 1, buffers.other);
        buffers.variants.moveWeights(seed, buffers.partner[0], buffers.other, 0);
        mix(share, into, i * each, buffers.other, each);
      }
    }
    idle.set(buffers);
  }

  private Buffers take() {
    Buffers buffers = idle.getAndSet(null);
    return buffers == null ? new Buffers(this) : buffers;
  }

  /** Draws the partner of a sample for mixup, and returns the sample's own share. */
  private double partner(Buffers buffers, int sample) {
    buffers.draws.begin(seed, sample, MIXUP);
    buffers.partner[0] = buffers.draws.nextInt(base.size());
    return buffers.draws.beta(augmentation.mixup());
  }

  private static void mix(double share, float[] into, int at, float[] other, int count) {
    float own = (float) share;
    float rest = 1 - own;
    for (int i = 0; i < count; i++) {
      into[at + i] = own * into[at + i] + rest * other[i];
    }
  }

  @Override
  public String toString() {
    return base + ", " + augmentation;
  }
}
