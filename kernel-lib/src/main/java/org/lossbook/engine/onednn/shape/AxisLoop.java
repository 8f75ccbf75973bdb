package org.lossbook.engine.onednn.shape;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lossbook.Internal;

/**
 * The loop that repeats numbers along the axes where they have an extent of 1, and the one that
 * adds them up there again. Both go over the numbers in the user's order; neighbouring axes that
 * are both repeated, or both not, are one axis here.
 *
 * @hidden
 */
@Internal
public final class AxisLoop {
  private static final int CHUNK = 1024;

  private record Axis(int extent, boolean repeated) {
    Axis and(int more) {
      return new Axis(Math.multiplyExact(extent, more), repeated);
    }
  }

  private final Axis[] axes;
  private final int[] wholeStrides;
  private final int[] partStrides;
  private final float[] chunk = new float[CHUNK];
  private final double[] sums;

  /**
   * @param whole a sample's shape
   * @param part as many extents, each the same or 1
   */
  public AxisLoop(int batch, int[] whole, int[] part) {
    List<Axis> merged = new ArrayList<>(List.of(new Axis(batch, false)));
    for (int i = 0; i < whole.length; i++) {
      int last = merged.size() - 1;
      boolean repeated = part[i] == 1;
      if (whole[i] == 1 || merged.get(last).repeated == repeated) {
        merged.set(last, merged.get(last).and(whole[i]));
      } else {
        merged.add(new Axis(whole[i], repeated));
      }
    }
    axes = merged.toArray(Axis[]::new);
    wholeStrides = new int[axes.length];
    partStrides = new int[axes.length];
    int inWhole = 1;
    int inPart = 1;
    for (int level = axes.length - 1; level >= 0; level--) {
      wholeStrides[level] = inWhole;
      partStrides[level] = axes[level].repeated ? 0 : inPart;
      inWhole = Math.multiplyExact(inWhole, axes[level].extent);
      inPart *= axes[level].repeated ? 1 : axes[level].extent;
    }
    sums = new double[inPart];
  }

  /** Writes the part's numbers to the whole, each as often as its axes are repeated. */
  public void repeat(FloatBuffer part, FloatBuffer whole) {
    repeat(0, part, 0, whole, 0);
  }

  private void repeat(int level, FloatBuffer part, int from, FloatBuffer whole, int to) {
    int extent = axes[level].extent;
    int block = wholeStrides[level];
    boolean isLast = level == axes.length - 1;
    if (!axes[level].repeated) {
      if (isLast) {
        whole.put(to, part, from, extent);
        return;
      }
      for (int i = 0; i < extent; i++) {
        repeat(level + 1, part, from + i * partStrides[level], whole, to + i * block);
      }
    } else if (isLast) {
      Arrays.fill(chunk, 0, Math.min(extent, CHUNK), part.get(from));
      for (int i = 0; i < extent; i += CHUNK) {
        whole.put(to + i, chunk, 0, Math.min(extent - i, CHUNK));
      }
    } else {
      repeat(level + 1, part, from, whole, to);
      for (int i = 1; i < extent; i++) {
        whole.put(to + i * block, whole, to, block);
      }
    }
  }

  /** Writes {@code factor} times the sums over the repeated axes to the part. */
  public void sum(FloatBuffer whole, double factor, FloatBuffer part) {
    Arrays.fill(sums, 0);
    sum(0, whole, 0, 0);
    for (int start = 0; start < sums.length; start += CHUNK) {
      int count = Math.min(CHUNK, sums.length - start);
      for (int i = 0; i < count; i++) {
        chunk[i] = (float) (factor * sums[start + i]);
      }
      part.put(start, chunk, 0, count);
    }
  }

  private void sum(int level, FloatBuffer whole, int from, int to) {
    int extent = axes[level].extent;
    if (level < axes.length - 1) {
      for (int i = 0; i < extent; i++) {
        sum(level + 1, whole, from + i * wholeStrides[level], to + i * partStrides[level]);
      }
      return;
    }
    for (int start = 0; start < extent; start += CHUNK) {
      int count = Math.min(CHUNK, extent - start);
      whole.get(from + start, chunk, 0, count);
      if (axes[level].repeated) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
          sum += chunk[i];
        }
        sums[to] += sum;
      } else {
        for (int i = 0; i < count; i++) {
          sums[to + start + i] += chunk[i];
        }
      }
    }
  }
}
