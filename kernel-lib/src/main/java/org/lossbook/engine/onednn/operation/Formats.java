package org.lossbook.engine.onednn.operation;

import java.nio.FloatBuffer;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.lossbook.Internal;

/**
 * Memory layouts. oneDNN's dimensions of an image are [n, c, h, w] whatever their order in memory,
 * which strides describe; the user's order has the channels last.
 *
 * @hidden
 */
@Internal
public final class Formats {
  private static final float[] ZEROS = new float[4096];

  private Formats() {}

  /** oneDNN's dimensions of a batch of samples: the channels (the last axis) come second. */
  public static long[] dims(int batch, int[] shape) {
    int rank = shape.length;
    long[] dims = new long[Math.max(rank, 1) + 1];
    dims[0] = batch;
    dims[1] = rank == 0 ? 1 : shape[rank - 1];
    for (int axis = 0; axis < rank - 1; axis++) {
      dims[axis + 2] = shape[axis];
    }
    return dims;
  }

  /** The oneDNN dimension of an axis of a sample's shape. */
  public static int axis(int rank, int axis) {
    return axis == rank - 1 ? 1 : axis + 2;
  }

  /** The user's order: row-major, channels last. */
  public static memory.desc channelsLast(long[] dims) {
    long[] strides = new long[dims.length];
    strides[1] = 1;
    long next = dims[1];
    for (int axis = dims.length - 1; axis >= 2; axis--) {
      strides[axis] = next;
      next *= dims[axis];
    }
    strides[0] = next;
    return new memory.desc(dims, memory.data_type.f32, strides);
  }

  /** Lets oneDNN choose the layout that its fastest kernel wants. */
  public static memory.desc any(long... dims) {
    return new memory.desc(dims, memory.data_type.f32, memory.format_tag.any);
  }

  public static memory.desc strided(long[] dims, long[] strides) {
    return new memory.desc(dims, memory.data_type.f32, strides);
  }

  /** A vector, such as a bias. */
  public static memory.desc vector(long length) {
    return new memory.desc(new long[] {length}, memory.data_type.f32, new long[] {1});
  }

  public static boolean same(memory.desc a, memory.desc b) {
    return dnnl.dnnl_memory_desc_equal(a.get(), b.get()) != 0;
  }

  /**
   * The block of a layout that keeps so many channels together, such as 8 of nChw8c; 0 for any
   * other layout.
   */
  public static int channelBlock(memory.desc layout) {
    boolean isBlocked =
        layout.get_format_kind().value == dnnl.dnnl_blocked
            && layout.get_inner_nblks() == 1
            && layout.get_inner_idxs().get() == 1;
    return isBlocked ? (int) layout.get_inner_blks().get() : 0;
  }

  /** The layout that keeps so many channels together, 8 or 16; empty where oneDNN has none. */
  public static Optional<memory.desc> channelsBlocked(long[] dims, int block) {
    if (block != 8 && block != 16 || dims[1] % block != 0) {
      return Optional.empty();
    }
    boolean eight = block == 8;
    return Optional.ofNullable(
            switch (dims.length) {
              case 3 -> eight ? memory.format_tag.aBc8b : memory.format_tag.aBc16b;
              case 4 -> eight ? memory.format_tag.aBcd8b : memory.format_tag.aBcd16b;
              case 5 -> eight ? memory.format_tag.aBcde8b : memory.format_tag.aBcde16b;
              default -> null;
            })
        .map(tag -> new memory.desc(dims, memory.data_type.f32, tag));
  }

  /**
   * A node's value in a layout without padding, for loops over all numbers in any order: its own
   * layout if that has none, because padding must stay 0.
   */
  static memory withoutGaps(PlanBuilder builder, GraphNode node) {
    memory.desc layout = node.value.get_desc();
    long size = Float.BYTES;
    for (long dim : node.dims()) {
      size *= dim;
    }
    return layout.get_size() == size
        ? node.value
        : builder.reordered(builder.forward, node.value, channelsLast(node.dims()));
  }

  /** The numbers in a memory, to read and write; the memory must outlive the buffer. */
  public static FloatBuffer numbers(memory memory) {
    long length = memory.get_desc().get_size() / Float.BYTES;
    return new FloatPointer(memory.get_data_handle()).capacity(length).asBuffer();
  }

  /** Sets all numbers of a memory to zero; allocates nothing. */
  public static void zero(FloatBuffer numbers) {
    for (int start = 0; start < numbers.capacity(); start += ZEROS.length) {
      numbers.put(start, ZEROS, 0, Math.min(ZEROS.length, numbers.capacity() - start));
    }
  }

  /** Sets numbers to zero where others are zero; allocates nothing. */
  public static void zeroWhereZero(FloatBuffer others, FloatBuffer numbers) {
    for (int i = 0; i < numbers.capacity(); i++) {
      if (others.get(i) == 0) {
        numbers.put(i, 0);
      }
    }
  }
}
