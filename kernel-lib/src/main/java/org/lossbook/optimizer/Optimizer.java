package org.lossbook.optimizer;

import java.util.Map;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Saveable;
import org.lossbook.notebook.Renderable;

/** An update rule, as an immutable specification; {@link #start} gives the one with state. */
public interface Optimizer extends Saveable, Renderable {
  /** The numbers that one call of {@link Updater#update} handles at most. */
  int CHUNK = 4096;

  /** Keras's name, e.g. {@code adam}. */
  String name();

  /** The learning rate of the first step: its size, as the rule understands it. */
  double learningRate();

  /** How the learning rate changes with the steps, where it does. */
  Optional<Schedule> schedule();

  /** How gradients are kept from being too large. */
  Clipping clipping();

  /** The share, times the learning rate, by which weights shrink in every step; 0 for none. */
  double weightDecay();

  /** The same without weight decay, for numbers that are no weights. */
  Optimizer withoutWeightDecay();

  /** {@inheritDoc} Empty where its learning rate follows a schedule of a reader's own. */
  @Override
  Optional<Config> config();

  /** What one step does, as equations. */
  UpdateRule formula();

  /** The rule with its own state for a flat vector of {@code parameters} numbers. */
  Updater start(int parameters);

  /**
   * One rule at work on one model's flat parameter vector.
   *
   * <p>Gradients that die out leave running means that decay into subnormal floats, with which the
   * processor is up to a hundred times slower. So a rule flushes what is smaller than these
   * constants' last place to zero, without a branch: {@code (g + TINY) - TINY}.
   */
  interface Updater {
    /** For gradients: what is below 7e-18 counts as zero, and its square is a normal float. */
    float TINY_GRADIENT = 1e-10f;

    /** For running means of gradients. */
    float TINY_MEAN = 1e-24f;

    /** For running means of squared gradients. */
    float TINY_SQUARE = 1e-30f;

    /** The steps taken so far, those that only gathered gradients included. */
    long step();

    /** The learning rate of the next step. */
    double learningRate();

    /**
     * Sets the learning rate of the steps to come, whatever the specification said.
     *
     * @throws IllegalArgumentException where it is negative or not finite
     */
    void learningRate(double rate);

    /** Called once before each step's chunks: advances the step count. */
    void beginStep();

    /**
     * Whether the step that was begun moves the weights; where gradients accumulate it may only
     * gather them.
     */
    boolean moves();

    /**
     * Called for each chunk of a step before its gradients are clipped and given to {@link
     * #update}: where gradients accumulate, a step that {@link #moves} makes of them the mean since
     * the last move, and another one keeps them. Allocates nothing.
     */
    void gather(float[] gradients, int offset, int count);

    /** Whether {@link #update} changes weights in the step that was begun. */
    boolean changesWeights();

    /**
     * Updates {@code weights[0..count)} from {@code gradients[0..count)}, which it may change too;
     * they are the numbers {@code offset..offset+count-1} of the flat vector, {@code offset} a
     * multiple of {@link #CHUNK} and {@code count} at most that. Allocates nothing. Calls for
     * different chunks may come from different threads.
     */
    void update(float[] weights, float[] gradients, int offset, int count);

    /** Whether the weights are to give way to an average of theirs when a fit ends. */
    boolean averages();

    /** Copies a chunk's averages, where there are any by now. */
    void average(float[] into, int offset, int count);

    /**
     * Copies of the state vectors by Keras's names and in Keras's order (for Adam {@code momentum},
     * {@code velocity}), each as long as the flat vector; a number that is one for all weights is a
     * vector of one (for Nadam {@code u_product}).
     */
    Map<String, float[]> state();

    /**
     * Goes on from where {@link #state()} was taken.
     *
     * @param state the vectors by their names
     * @param step the steps taken before
     * @throws IllegalArgumentException where a vector is missing, unknown or of another length:
     *     says which, and nothing has changed
     */
    void restore(Map<String, float[]> state, long step);
  }
}
