package org.lossbook.engine;

/**
 * A network made ready for one batch size: running it allocates nothing. One thread at a time. The
 * numbers at its ends are the user's: row-major, batch first, channels last.
 */
public interface Plan extends AutoCloseable {
  /** The samples in a batch. */
  int batch();

  /** Sets input {@code index}, {@code batch × size} numbers. */
  void input(int index, float[] values);

  /** From the inputs to the outputs. */
  void forward();

  /** Copies output {@code index} to the start of {@code into}. */
  void output(int index, float[] into);

  /** Sets dL/d output {@code index}; training plans only. */
  void outputGradient(int index, float[] values);

  /**
   * From the outputs' gradients, which it uses up, to those of all parameters, which it overwrites;
   * batch statistics move the kept ones; training plans only.
   */
  void backward();

  /**
   * Copies dL/d input {@code index} after a backward run to the start of {@code into}; for inputs
   * made by {@link Graph#inputWithGradient} alone.
   */
  void inputGradient(int index, float[] into);

  /**
   * What the activities of the last forward run cost: the mean over the first {@code rows} samples.
   */
  double activityCost(int rows);

  /** Chooses what dropout drops in the forward runs to come: equal seeds drop the same. */
  void seed(long seed);

  /** The native memory it holds, in bytes. */
  long bytes();

  /** Frees it; a second call does nothing. */
  @Override
  void close();
}
