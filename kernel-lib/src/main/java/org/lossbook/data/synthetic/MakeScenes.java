package org.lossbook.data.synthetic;

import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.LazyDataset;
import org.lossbook.data.Values;
import org.lossbook.data.view.Descriptions;
import org.lossbook.engine.Memory;

/**
 * Small colour pictures for segmentation: one to three circles, squares and triangles on a grey
 * ground, and for each pixel the label of what it shows. Colour says nothing about the shape, so a
 * network has to look at outlines; it learns them in seconds.
 *
 * <p>Samples are {@code [32, 32, 3]}, targets {@code [32, 32]} with the labels 0 for the ground, 1
 * for a circle, 2 for a square and 3 for a triangle. The same seed draws the same pictures on every
 * machine; the default is 0.
 *
 * <pre>{@code
 * images(makeScenes(100), 4)
 * makeScenes(100).split(0.8, 1).train()
 * }</pre>
 */
public final class MakeScenes extends LazyDataset {
  private static final int SIDE = 32;
  private static final int PIXELS = SIDE * SIDE;
  private static final List<String> NAMES = List.of("ground", "circle", "square", "triangle");

  private final int scenes;
  private final double noise;
  private final long seed;

  private MakeScenes(int scenes, double noise, long seed) {
    this.scenes = scenes;
    this.noise = noise;
    this.seed = seed;
  }

  /** A dataset of this many pictures. */
  public static MakeScenes of(int scenes) {
    return new MakeScenes(SyntheticDataset.count("makeScenes", "pictures", 1, scenes), 0.05, 0);
  }

  /** The standard deviation of the noise in each pixel; 0.05 by default. */
  public MakeScenes noise(double deviation) {
    return new MakeScenes(scenes, SyntheticDataset.positive("noise", deviation), seed);
  }

  /** Sets the seed; 0 by default. */
  public MakeScenes seed(long value) {
    return new MakeScenes(scenes, noise, value);
  }

  @Override
  public int size() {
    return scenes;
  }

  /** What the labels stand for. */
  @Override
  public List<String> classNames() {
    return NAMES;
  }

  @Override
  protected Dataset load() {
    Memory.heap(
        Messages.of("makeScenes(%d)", scenes),
        Memory.product(Float.BYTES, scenes, 4L * PIXELS),
        "ask for fewer pictures");
    float[] x = new float[Math.multiplyExact(scenes, 3 * PIXELS)];
    float[] y = new float[scenes * PIXELS];
    var draws = new PortableRandom(seed);
    for (int i = 0; i < scenes; i++) {
      SyntheticDataset.checkInterrupt("makeScenes", i, scenes);
      draw(draws.split(), x, y, i * PIXELS);
    }
    return Dataset.of(Values.of(x, scenes, SIDE, SIDE, 3), Values.of(y, scenes, SIDE, SIDE));
  }

  private void draw(PortableRandom draws, float[] x, float[] y, int from) {
    double ground = draws.between(0.2, 0.8);
    for (int i = 3 * from; i < 3 * (from + PIXELS); i++) {
      x[i] = (float) ground;
    }
    int shapes = 1 + (int) draws.between(0, 3);
    for (int k = 0; k < shapes; k++) {
      int label = 1 + (int) draws.between(0, NAMES.size() - 1);
      double radius = draws.between(4, 8);
      double row = draws.between(radius, SIDE - radius);
      double column = draws.between(radius, SIDE - radius);
      double[] colour = {draws.between(0, 1), draws.between(0, 1), draws.between(0, 1)};
      for (int p = 0; p < PIXELS; p++) {
        if (covers(label, p / SIDE + 0.5 - row, p % SIDE + 0.5 - column, radius)) {
          y[from + p] = label;
          for (int c = 0; c < 3; c++) {
            x[3 * (from + p) + c] = (float) colour[c];
          }
        }
      }
    }
    for (int i = 3 * from; i < 3 * (from + PIXELS); i++) {
      x[i] = (float) Math.max(0, Math.min(1, x[i] + noise * draws.normal()));
    }
  }

  /** Whether a shape about the origin covers a place below and to the right of it. */
  private static boolean covers(int label, double below, double right, double radius) {
    return switch (NAMES.get(label)) {
      case "circle" -> below * below + right * right <= radius * radius;
      case "square" -> Math.max(Math.abs(below), Math.abs(right)) <= radius * 0.85;
      default -> Math.abs(below) <= radius && Math.abs(right) <= (below + radius) / 2;
    };
  }

  /** What it holds: {@code 100 images 32×32×3, targets [32, 32]}. */
  @Override
  public String toString() {
    return Descriptions.dataset(this);
  }
}
