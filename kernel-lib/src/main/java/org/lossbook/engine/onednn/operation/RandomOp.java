package org.lossbook.engine.onednn.operation;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;

/**
 * An operation with random numbers, drawn anew before each forward pass in training.
 *
 * @hidden
 */
@Internal
public abstract class RandomOp extends Unary {
  private static final int CHUNK = 4096;

  private final int place;
  private final HashRandom random = new HashRandom();
  private final float[] chunk = new float[CHUNK];
  private FloatBuffer numbers;

  /**
   * @param place its index in the graph, which makes its random numbers differ from others'
   */
  public RandomOp(GraphNode x, int place) {
    super(x);
    this.place = place;
  }

  /** A memory of that layout, filled before each forward pass. */
  public final memory drawn(PlanBuilder builder, memory.desc layout) {
    memory memory = builder.memory(layout);
    numbers = Formats.numbers(memory);
    builder.randomOps.add(this);
    return memory;
  }

  public final void draw(long seed, long run) {
    random.begin(seed, run, place);
    int size = numbers.capacity();
    for (int from = 0; from < size; from += CHUNK) {
      int count = Math.min(CHUNK, size - from);
      fill(random, from, count, chunk);
      numbers.put(from, chunk, 0, count);
    }
  }

  /** Draws the numbers {@code from} to {@code from + count - 1} of the memory. */
  public abstract void fill(HashRandom random, int from, int count, float[] into);
}
