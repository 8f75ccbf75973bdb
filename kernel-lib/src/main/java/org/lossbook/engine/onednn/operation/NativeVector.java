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

  final int size;

  /** Grows from vector to vector, so that all take their locks in one order. */
  final long number = NUMBERS.incrementAndGet();

  final MemoryLock lock = new MemoryLock();
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
    // One number more, so that even an empty vector has an address.
    Pointer zeros = Pointer.calloc(size + 1L, Float.BYTES);
    if (zeros == null || zeros.isNull()) {
      throw new OutOfMemoryError("There is no memory for " + size + " numbers.");
    }
    pointer = new FloatPointer(zeros).capacity(size + 1L);
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
      Pointer.free(pointer);
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
