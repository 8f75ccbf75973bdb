package org.lossbook.engine.onednn.recurrent;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/** Equally large blocks of numbers, one for each step, one after the other in native memory. */
final class Blocks {
  final memory memory;
  private final int size;
  private final FloatBuffer numbers;
  private final FloatPointer[] starts;

  Blocks(memory memory, int count, int size) {
    this.memory = memory;
    this.size = size;
    numbers = Formats.numbers(memory);
    starts = starts(count, 0);
  }

  /** In memory of their own. */
  static Blocks of(PlanBuilder builder, int count, int size) {
    return new Blocks(builder.memory(Formats.vector(Math.multiplyExact(count, size))), count, size);
  }

  /** Zeros, in memory of their own. */
  static Blocks zeros(PlanBuilder builder, int count, int size) {
    Blocks blocks = of(builder, count, size);
    float[] zeros = new float[size];
    for (int i = 0; i < count; i++) {
      blocks.write(i, zeros);
    }
    return blocks;
  }

  /** Where each block begins, or so many numbers later. */
  FloatPointer[] starts(int count, int offset) {
    FloatPointer all = new FloatPointer(memory.get_data_handle());
    var pointers = new FloatPointer[count];
    for (int i = 0; i < count; i++) {
      pointers[i] = all.getPointer((long) i * size + offset);
    }
    return pointers;
  }

  FloatPointer start(int block) {
    return starts[block];
  }

  void read(int block, float[] into) {
    numbers.get(block * size, into, 0, size);
  }

  void write(int block, float[] from) {
    numbers.put(block * size, from, 0, size);
  }
}
