package org.lossbook.engine.onednn.random;

import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.ImageChange;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.HashRandom;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.RandomOp;

/**
 * Images, each changed by random numbers of its own in training. It has no gradient, as such layers
 * stand before all that learns.
 *
 * @hidden
 */
@Internal
public final class ChangedImages extends RandomOp {
  private static final int SEEDS = 2; // a sample, of 24 bits each, which a float holds exactly
  private static final int BITS = 24;

  private final ImageChange change;
  private final String who;
  private final boolean isRandom;

  /**
   * @param who the layer's name, for the refusal of a gradient
   * @param isRandom false where nothing is drawn, as in inference
   */
  public ChangedImages(GraphNode x, ImageChange change, String who, boolean isRandom, int place) {
    super(x, place);
    this.change = change;
    this.who = who;
    this.isRandom = isRandom;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    int rows = (int) x().dims()[0];
    float[] image = new float[x().size()];
    float[] changed = new float[output.size()];
    float[] seeds = new float[SEEDS * rows];
    SampleRandom random = new SampleRandom();
    output.value = builder.memory(Formats.channelsLast(output.dims()));
    FloatBuffer to = Formats.numbers(output.value);
    FloatBuffer from =
        Formats.numbers(
            builder.reordered(builder.forward, x().value, Formats.channelsLast(x().dims())));
    FloatBuffer drawn =
        isRandom
            ? Formats.numbers(drawn(builder, Formats.channelsLast(new long[] {rows, SEEDS})))
            : FloatBuffer.wrap(seeds);
    builder.forward.add(
        stream -> {
          drawn.get(0, seeds);
          random.begin(~seedOf(seeds, 0));
          change.begin(from, rows, random);
          for (int r = 0; r < rows; r++) {
            from.get(r * image.length, image);
            random.begin(seedOf(seeds, r));
            change.apply(image, changed, random);
            to.put(r * changed.length, changed);
          }
        });
  }

  private static long seedOf(float[] seeds, int row) {
    return (long) seeds[SEEDS * row] << BITS | (long) seeds[SEEDS * row + 1];
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    if (needed) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s expects to stand before all that is trained, as it passes no gradient on, but what comes before it needs one: put it first.",
              who));
    }
    return null;
  }

  @Override
  public void fill(HashRandom random, int from, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = random.nextLong() >>> Long.SIZE - BITS;
    }
  }

  /** The numbers of one sample: Steele, Lea and Flood 2014. */
  private static final class SampleRandom implements RandomGenerator {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private long state;

    void begin(long seed) {
      state = seed * GOLDEN;
    }

    @Override
    public long nextLong() {
      state += GOLDEN;
      long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      return z ^ (z >>> 31);
    }
  }
}
