package org.lossbook.engine;

import java.util.List;
import org.lossbook.Internal;

/**
 * The parameters of one model, in native memory: the trainable ones in one contiguous vector, their
 * gradients in a second in the same order, the non-trainable ones in a third. Each is in Keras's
 * layout. Those that have a home share the memory of another model, which is freed when the last of
 * the models is closed. The creator closes it.
 */
public interface Parameters extends AutoCloseable {
  /**
   * The slots of all parameters, in the order of their declaration; parameters with equal homes
   * have one slot, under the name of the first.
   */
  List<Slot> slots();

  /**
   * The place of one parameter.
   *
   * @param parameter the parameter, with its full name, e.g. {@code conv2d_1/kernel}
   * @param offset the index of its first number in the trainable or non-trainable vector
   */
  record Slot(Parameter parameter, int offset) {
    /** The number of weights. */
    public int size() {
      return parameter.size();
    }

    /** The vector that it lies in. */
    public Vector vector() {
      return parameter.trainable() ? Vector.TRAINABLE : Vector.KEPT;
    }
  }

  /** The slot of a parameter by its full name. */
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

  /** Where a parameter's weights lie, so that another model's parameter can be the same. */
  Parameter.Home home(Slot slot);

  /**
   * The locks of the memory that they lie in, some of it perhaps that of other models, in an order
   * that is the same for all models.
   *
   * @hidden
   */
  @Internal
  List<MemoryLock> locks();

  /** The length of the trainable vector and of the gradient vector. */
  int trainableSize();

  /** The length of the non-trainable vector. */
  int keptSize();

  /**
   * Copies {@code count} numbers of the chosen vector, from {@code offset}, to the start of {@code
   * into}.
   */
  void read(Vector vector, int offset, float[] into, int count);

  /**
   * Copies the first {@code count} numbers of {@code from} into the chosen vector at {@code
   * offset}. Different ranges may be written, and read, by different threads.
   */
  void write(Vector vector, int offset, float[] from, int count);

  /**
   * The gradients that the last backward pass left by rows, while nobody has written into the
   * gradient vector since. Reading the vector gives their numbers as well.
   */
  List<RowGradient> rowGradients();

  /**
   * Copies rows of the trainable vector.
   *
   * @param starts where each row begins, from {@code starts[first]} on
   */
  void readRows(int[] starts, int first, int count, int width, float[] into);

  /** Writes rows of the trainable vector; different rows may be written by different threads. */
  void writeRows(int[] starts, int first, int count, int width, float[] from);

  /** Sets all gradients to zero. */
  void zeroGradients();

  /**
   * Sets the states to zero that plans keep from run to run, {@link Graph#remembered}.
   *
   * @param onlyContinued those of {@link Mode#CONTINUED} alone
   */
  void forgetStates(boolean onlyContinued);

  /** Frees the native memory; closing twice is harmless. */
  @Override
  void close();

  /** The three vectors. */
  enum Vector {
    /** The trainable parameters. */
    TRAINABLE,
    /** Their gradients, in the same order. */
    GRADIENT,
    /** The non-trainable parameters, such as moving statistics. */
    KEPT
  }
}
