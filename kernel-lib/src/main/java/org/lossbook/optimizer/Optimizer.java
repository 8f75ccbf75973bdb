package org.lossbook.optimizer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Saveable;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.notebook.Renderable;
import org.lossbook.optimizer.schedule.Schedule;

/**
 * Optimizer: updates the weights of a model by their gradients. It is an immutable specification;
 * {@link #start} gives the updater with state.
 */
public interface Optimizer extends Saveable, Renderable {
  /** The most numbers that one call of {@link Updater#update} handles. */
  int CHUNK = 4096;

  /** Keras's name, e.g. {@code adam}. */
  String name();

  /** The learning rate of the first step. */
  double learningRate();

  /** The learning rate schedule, if there is one. */
  Optional<Schedule> schedule();

  /** How gradients are clipped. */
  Clipping clipping();

  /**
   * Weight decay: the share, times the learning rate, by which weights shrink in every step; 0 for
   * none.
   */
  double weightDecay();

  /** The same without weight decay, for numbers that are not weights. */
  Optimizer withoutWeightDecay();

  /** {@inheritDoc} Empty where its learning rate follows a schedule of a reader's own. */
  @Override
  Optional<Config> config();

  /** The equations of one step. */
  UpdateRule formula();

  /**
   * An updater with its own state for a flat vector of {@code parameters} numbers, each a parameter
   * of its own.
   */
  Updater start(int parameters);

  /**
   * An updater with its own state for the flat vector of these parameters, one after the other.
   * Their shapes matter to rules that scale a parameter as a whole, such as {@link Lamb}.
   */
  default Updater start(List<Parameter> parameters) {
    return start(ParameterLayout.of(parameters).size());
  }

  /**
   * An optimizer's state for one model's flat parameter vector, and its update.
   *
   * <p>Running means of vanishing gradients decay into subnormal floats, on which the processor is
   * up to a hundred times slower. So an updater flushes what is smaller than these constants' last
   * place to zero, without a branch: {@code (g + TINY) - TINY}.
   */
  interface Updater {
    /** For gradients: what is below 7e-18 counts as zero, and its square is a normal float. */
    float TINY_GRADIENT = 1e-10f;

    /** For running means of gradients. */
    float TINY_MEAN = 1e-24f;

    /** For running means of squared gradients. */
    float TINY_SQUARE = 1e-30f;

    /** The steps taken so far, including those that only accumulated gradients. */
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
     * Whether the current step updates the weights; with gradient accumulation it may only add up
     * gradients.
     */
    boolean moves();

    /**
     * Called for each chunk of a step before its gradients are clipped and passed to {@link
     * #update}: with gradient accumulation, a step that {@link #moves} replaces them by their mean
     * since the last update, and any other step adds them up. Allocates nothing.
     */
    void gather(float[] gradients, int offset, int count);

    /**
     * How often a step that {@link #moves} must see all chunks by {@link #survey} before the first
     * {@link #update}: 0 for rules that move each number on its own.
     */
    default int surveys() {
      return 0;
    }

    /**
     * Looks at a chunk in one of the {@link #surveys}, with gathered and clipped gradients, and
     * changes neither array. Calls come from one thread, chunk after chunk. Allocates nothing.
     *
     * @param pass counted from 0
     */
    default void survey(int pass, float[] weights, float[] gradients, int offset, int count) {}

    /** Called after the last chunk of a survey. */
    default void surveyed(int pass) {}

    /** All surveys where all numbers are in one chunk. */
    default void surveyAll(float[] weights, float[] gradients, int offset, int count) {
      for (int pass = 0; pass < surveys(); pass++) {
        survey(pass, weights, gradients, offset, count);
        surveyed(pass);
      }
    }

    /** Whether {@link #update} changes weights in the current step. */
    boolean changesWeights();

    /**
     * Updates {@code weights[0..count)} from {@code gradients[0..count)}, which it may change as
     * well; they are the numbers {@code offset..offset+count-1} of the flat vector, {@code offset}
     * a multiple of {@link #CHUNK} and {@code count} at most that. Allocates nothing. Calls for
     * different chunks may come from different threads.
     */
    void update(float[] weights, float[] gradients, int offset, int count);

    /**
     * Whether a step may leave numbers out, {@link #updateRows}: only rules can that move each
     * number on its own, in each step, and average none.
     */
    default boolean movesRows() {
      return false;
    }

    /**
     * Prepares {@link #updateRows}, for so many threads at a time. Until the next call, which may
     * give none, {@link #update} is not called for numbers of these tables.
     *
     * @param tables of {@code [rows, width]}, whose rows it will move
     */
    default void reserveRows(List<Parameters.Slot> tables, int threads) {}

    /**
     * Updates rows of the flat vector, which lie one after the other in {@code weights} and {@code
     * gradients}; what the optimizer remembers of all other numbers stays as it is. Allocates
     * nothing.
     *
     * @param starts where each row begins in the flat vector, from {@code starts[first]} on
     * @param width of a row; {@code count * width} is at most {@link #CHUNK}
     * @param thread the caller's number below that of {@link #reserveRows}
     */
    default void updateRows(
        float[] weights,
        float[] gradients,
        int[] starts,
        int first,
        int count,
        int width,
        int thread) {
      throw new UnsupportedOperationException("This optimizer moves all weights in each step.");
    }

    /** Whether an average replaces the weights when a fit ends. */
    boolean averages();

    /** Copies a chunk's averages, if there are any yet. */
    void average(float[] into, int offset, int count);

    /**
     * Copies of the state vectors by Keras's names and in Keras's order (for Adam {@code momentum},
     * {@code velocity}), each as long as the flat vector unless {@link #stateOf} says otherwise; a
     * single number for all weights is a vector of length one (for Nadam {@code u_product}).
     */
    Map<String, float[]> state();

    /**
     * The part of a state vector that is of one parameter, as long as that in most; empty where the
     * rule keeps none for it.
     *
     * @param vector the vector's name
     * @param slot the parameter
     */
    default Optional<StatePart> stateOf(String vector, Parameters.Slot slot) {
      return Optional.of(new StatePart(slot.offset(), slot.parameter().shape()));
    }

    /**
     * Restores a {@link #state()}.
     *
     * @param state the vectors by their names
     * @param step the steps taken before
     * @throws IllegalArgumentException where a vector is missing, unknown or of another length:
     *     says which, and changes nothing
     */
    void restore(Map<String, float[]> state, long step);
  }
}
