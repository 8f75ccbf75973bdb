package org.lossbook.engine;

/**
 * An execution plan: a network compiled for one batch size. Running it allocates nothing. One
 * thread at a time. Inputs and outputs are row-major, batch first, channels last.
 */
public interface Plan extends AutoCloseable {
  /** The batch size. */
  int batch();

  /** Sets input {@code index}, {@code batch × size} numbers. */
  void input(int index, float[] values);

  /** The forward pass: from the inputs to the outputs. */
  void forward();

  /** Copies output {@code index} to the start of {@code into}. */
  void output(int index, float[] into);

  /** Sets dL/d output {@code index}; training plans only. */
  void outputGradient(int index, float[] values);

  /**
   * The backward pass. Computes all parameter gradients (overwriting them; may clobber the output
   * gradients) and updates batch normalization's moving statistics; training plans only.
   */
  void backward();

  /**
   * Copies dL/d input {@code index} of the last backward pass to the start of {@code into}; only
   * for inputs made by {@link Graph#inputWithGradient}.
   */
  void inputGradient(int index, float[] into);

  /**
   * The activity penalty of the last forward pass: the mean over the first {@code rows} samples.
   */
  double activityCost(int rows);

  /** Seeds dropout in the following forward passes; equal seeds drop the same. */
  void seed(long seed);

  /** The native memory it uses, in bytes. */
  long bytes();

  /** Frees it; closing twice is harmless. */
  @Override
  void close();
}
