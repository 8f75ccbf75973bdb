package org.lossbook.engine.onednn.elementwise;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Unary;

/**
 * An affine function of each number by itself: (x − subtracted) · factor + added. Numbers near the
 * one that is subtracted keep their digits.
 *
 * @hidden
 */
@Internal
public final class Affine extends Unary {
  /**
   * The constants of one sample, each as often as the sample has numbers.
   *
   * @hidden
   */
  @Internal
  public interface Source {
    /** Fills them in, or adds the step that does when the weights change. */
    void fill(PlanBuilder builder, float[] subtracted, float[] factors, float[] added);
  }

  private final Source source;
  private float[] subtracted;
  private float[] factors;
  private float[] added;
  private float[] numbers;

  public Affine(GraphNode x, Source source) {
    super(x);
    this.source = source;
  }

  /** Repeats constants over a sample. */
  public static Source repeating(float[] subtracted, float[] factors, float[] added) {
    return (builder, toSubtracted, toFactors, toAdded) -> {
      repeat(subtracted, toSubtracted);
      repeat(factors, toFactors);
      repeat(added, toAdded);
    };
  }

  private static void repeat(float[] some, float[] all) {
    for (int start = 0; start < all.length; start += some.length) {
      System.arraycopy(some, 0, all, start, some.length);
    }
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    int size = x().size();
    subtracted = new float[size];
    factors = new float[size];
    added = new float[size];
    numbers = new float[size];
    source.fill(builder, subtracted, factors, added);
    memory.desc plain = Formats.channelsLast(output.dims());
    FloatBuffer from = Formats.numbers(builder.reordered(builder.forward, x().value, plain));
    output.value = builder.memory(plain);
    FloatBuffer to = Formats.numbers(output.value);
    builder.forward.add(
        stream -> {
          for (int start = 0; start < from.capacity(); start += numbers.length) {
            from.get(start, numbers);
            for (int i = 0; i < numbers.length; i++) {
              numbers[i] = (numbers[i] - subtracted[i]) * factors[i] + added[i];
            }
            to.put(start, numbers);
          }
        });
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    if (!needed) {
      return null;
    }
    memory.desc plain = Formats.channelsLast(output.dims());
    FloatBuffer from = Formats.numbers(builder.reordered(builder.backward, diffDst, plain));
    memory diffSrc = builder.memory(plain);
    FloatBuffer to = Formats.numbers(diffSrc);
    builder.backward.add(
        stream -> {
          for (int start = 0; start < from.capacity(); start += numbers.length) {
            from.get(start, numbers);
            for (int i = 0; i < numbers.length; i++) {
              numbers[i] *= factors[i];
            }
            to.put(start, numbers);
          }
        });
    return diffSrc;
  }

  @Override
  public boolean readsOutputBackward() {
    return false;
  }
}
