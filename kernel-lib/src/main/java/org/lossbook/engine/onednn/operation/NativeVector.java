package org.lossbook.engine.onednn.operation;

import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.lossbook.engine.MemoryLock;
import org.lossbook.engine.Parameter;

/**
 * A vector in native memory that several models may use: the last one frees it, never the garbage
 * collector, so that ownership is clear.
 */
final class NativeVector {
  private static final AtomicLong NUMBERS = new AtomicLong();

  /** The bytes that come from memory together: rows of a table lie in as few as can be. */
  private static final int LINE = 64;

  final int size;

  /** Grows from vector to vector, so that all take their locks in one order. */
  final long number = NUMBERS.incrementAndGet();

  final MemoryLock lock = new MemoryLock();
  private final Pointer memory;
  private final FloatPointer pointer;
  private final FloatBuffer buffer;
  private final AtomicInteger users = new AtomicInteger(1);
  private volatile long version;

  /** A place in a vector. */
  record Place(NativeVector vector, int offset) implements Parameter.Home {}

  /**
   * A vector of zeros with one user. It takes memory only where it is written, so that a loaded
   * model that never trains has none for its gradient.
   */
  NativeVector(int size) {
    this.size = size;
    // More numbers than it has, so that even an empty vector has an address, and a line's first
    // one.
    memory = Pointer.calloc(size + 1L + LINE / Float.BYTES, Float.BYTES);
    if (memory == null || memory.isNull()) {
      throw new OutOfMemoryError("There is no memory for " + size + " numbers.");
    }
    long shift = (LINE - memory.address() % LINE) % LINE / Float.BYTES;
    pointer = new FloatPointer(memory).getPointer(shift).capacity(size + 1L);
    buffer = pointer.asBuffer();
  }

  /** Adds a user. */
  void retain() {
    if (users.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
      throw freed();
    }
  }

  /** Removes a user; the last one frees the memory. */
  void release() {
    if (users.decrementAndGet() == 0) {
      Pointer.free(memory);
    }
  }

  private FloatBuffer open() {
    if (users.get() == 0) {
      throw freed();
    }
    return buffer;
  }

  static IllegalStateException freed() {
    return new IllegalStateException(
        "The model's parameters were freed by close(): make the model anew or load it.");
  }

  void read(int offset, float[] into, int start, int count) {
    open().get(offset, into, start, count);
  }

  void write(int offset, float[] from, int start, int count) {
    open().put(offset, from, start, count);
    changed();
  }

  /** Copies rows, each from where it begins, plus {@code shift}, to one after the other. */
  void readRows(int shift, int[] starts, int first, int count, int width, float[] into) {
    FloatBuffer from = open();
    for (int i = 0, at = 0; i < count; i++, at += width) {
      from.get(starts[first + i] + shift, into, at, width);
    }
  }

  void writeRows(int shift, int[] starts, int first, int count, int width, float[] from) {
    FloatBuffer to = open();
    for (int i = 0, at = 0; i < count; i++, at += width) {
      to.put(starts[first + i] + shift, from, at, width);
    }
    changed();
  }

  /** Says that numbers were changed, here or in place. */
  void changed() {
    version++; // of two concurrent increments one may be lost; the number changes all the same
  }

  void zero(int offset, int count) {
    open();
    Pointer.memset(pointer.getPointer(offset), 0, (long) count * Float.BYTES);
  }

  Pointer at(int offset) {
    open();
    return pointer.getPointer(offset);
  }

  /** Grows with each write. */
  long version() {
    return version;
  }
}
