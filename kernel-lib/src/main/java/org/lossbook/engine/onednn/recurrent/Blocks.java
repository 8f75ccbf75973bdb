package org.lossbook.engine.onednn.recurrent;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/** Equally large blocks of numbers in native memory, one for each step, of some of the samples. */
final class Blocks {
  private final int first;
  private final int distance;
  private final FloatBuffer numbers;
  private final FloatPointer[] starts;

  private Blocks(memory memory, int count, int first, int distance) {
    this.first = first;
    this.distance = distance;
    numbers = Formats.numbers(memory);
    starts = new FloatPointer[count];
    for (int i = 0; i < count; i++) {
      starts[i] = from(memory, first + i * distance);
    }
  }

  /** Of a memory that has a row of that width for each sample of each block. */
  static Blocks of(memory memory, int count, Rows rows, int width) {
    return new Blocks(memory, count, rows.first() * width, rows.all() * width);
  }

  /** In memory of their own. */
  static Blocks of(PlanBuilder builder, int count, int size) {
    return new Blocks(
        builder.memory(Formats.vector(Math.multiplyExact(count, size))), count, 0, size);
  }

  /** The numbers of a memory from one on. */
  static FloatPointer from(memory memory, long offset) {
    return new FloatPointer(memory.get_data_handle()).getPointer(offset);
  }

  FloatPointer start(int block) {
    return starts[block];
  }

  void read(int block, float[] into) {
    read(block, 0, into);
  }

  void write(int block, float[] from) {
    write(block, 0, from);
  }

  /** Reads as many numbers of a block, from one on, as the array has. */
  void read(int block, int place, float[] into) {
    numbers.get(first + block * distance + place, into);
  }

  /** Writes the array's numbers to a block, from one on. */
  void write(int block, int place, float[] from) {
    numbers.put(first + block * distance + place, from);
  }
}
