package org.lossbook.engine;

import java.util.List;

/**
 * All parameters of one model, in native memory: the trainable ones in one contiguous vector, their
 * gradients in another of the same order, what is kept beside them in a third. Numbers lie in
 * Keras's layout. Its creator closes it.
 */
public interface Parameters extends AutoCloseable {
  /** Where each parameter lies, in the order in which they were asked for. */
  List<Slot> slots();

  /**
   * One parameter's place.
   *
   * @param parameter what was asked for, by its full name, e.g. {@code conv2d_1/kernel}
   * @param offset its first number in the trainable vector, or in the kept one
   */
  record Slot(Parameter parameter, int offset) {
    /** The numbers in it. */
    public int size() {
      return parameter.size();
    }

    /** The vector that it lies in. */
    public Vector vector() {
      return parameter.trainable() ? Vector.TRAINABLE : Vector.KEPT;
    }
  }

  /** The slot of that full name. */
  default Slot slot(String name) {
    if (name == null) {
      throw new IllegalArgumentException(
          "A parameter is asked for by its name, such as dense/kernel, but this call gives null:"
              + " weightNames() has all.");
    }
    return slots().stream()
        .filter(slot -> slot.parameter().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The model has no parameter "
                        + name
                        + ": it has "
                        + slots().stream().map(slot -> slot.parameter().name()).toList()
                        + "."));
  }

  /** The length of the trainable vector and of the gradient vector. */
  int trainableSize();

  /** The length of the kept vector. */
  int keptSize();

  /**
   * Copies {@code count} numbers of the chosen vector, from {@code offset}, to the start of {@code
   * into}.
   */
  void read(Vector vector, int offset, float[] into, int count);

  /**
   * Copies the first {@code count} numbers of {@code from} into the chosen vector at {@code
   * offset}. Different stretches may be written, and read, by different threads.
   */
  void write(Vector vector, int offset, float[] from, int count);

  /** Sets all gradients to zero. */
  void zeroGradients();

  /** Frees the native memory; a second call does nothing. */
  @Override
  void close();

  /** The three vectors. */
  enum Vector {
    /** What training moves. */
    TRAINABLE,
    /** Their gradients, in the same order. */
    GRADIENT,
    /** Moving statistics and the like. */
    KEPT
  }
}
