package org.lossbook.optimizer;

/** An update rule, as an immutable specification; {@link #start} gives the one with state. */
public interface Optimizer {
  /** Keras's name, e.g. {@code adam}. */
  String name();

  /** The rule with its own state for a flat vector of {@code parameters} numbers. */
  Updater start(int parameters);

  /** One rule at work on one model's flat parameter vector. */
  interface Updater {
    /** Called once before each step's chunks: advances the step count. */
    void beginStep();

    /**
     * Updates {@code weights[0..count)} from {@code gradients[0..count)}; they are the numbers
     * {@code offset..offset+count-1} of the flat vector. Allocates nothing. Calls for different
     * chunks may come from different threads.
     */
    void update(float[] weights, float[] gradients, int offset, int count);

    /** The state vectors by Keras's names (for Adam {@code momentums}, {@code velocities}). */
    java.util.Map<String, float[]> state();
  }
}
