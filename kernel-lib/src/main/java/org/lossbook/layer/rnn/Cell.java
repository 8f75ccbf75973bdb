package org.lossbook.layer.rnn;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Recurrence;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.LayerChecks;

/** What a recurrent layer computes at each step. */
interface Cell {
  /** The shapes of its states, of which the first is that of its output too. */
  List<int[]> states(int... step);

  /** Refuses steps that are not of its kind; by default they are rows of features. */
  default void requireSequence(String who, int... shape) {
    if (shape.length != 2) {
      throw Messages.wrong(
          "%s expects sequences [batch, steps, features] but receives %s: add %s before it.",
          who, LayerChecks.batched(shape), fix(shape));
    }
  }

  private static String fix(int... given) {
    int features = given.length < 2 ? 1 : Shapes.size(Arrays.copyOfRange(given, 1, given.length));
    boolean isKnown = given.length > 0 && Shapes.areFixed(given);
    return "reshape(" + (isKnown ? given[0] : given.length == 0 ? 1 : -1) + ", " + features + ")";
  }

  /** Its output's shape. */
  default int[] output(int... step) {
    return states(step).get(0);
  }

  /** The number of its states. */
  default int count() {
    return states(1).size();
  }

  /**
   * How many numbers a step of ordinary operations keeps for each number of its output, about.
   *
   * @param training whether it is made for training
   */
  int numbersOfStep(boolean training);

  /** How many numbers of a sample are kept on the way through so many steps of that shape. */
  default long numbers(int steps, boolean training, int... step) {
    return stepwise(steps, training, step);
  }

  /** The same with ordinary operations. */
  default long stepwise(int steps, boolean training, int... step) {
    return Memory.product(numbersOfStep(training), steps, Shapes.count(output(step)));
  }

  /** The engine's operation of a whole sequence that computes the same, where there is one. */
  default Optional<Whole> whole(Graph graph) {
    return Optional.empty();
  }

  /** Adds the engine's operation of a whole sequence. */
  interface Whole {
    Recurrence.Outputs of(
        Tensor x,
        boolean isBackwards,
        boolean hasZerosWhereMasked,
        List<Tensor> states,
        Optional<Tensor> mask,
        Function<String, Parameters.Slot> weights);
  }

  /** The name of one of its parameters, which tells its states from those of others. */
  String owner();

  /** Its steps over one sequence, which share what is drawn at random. */
  Steps steps(Graph graph, Function<String, Parameters.Slot> weights);

  /** The steps of one sequence. */
  interface Steps {
    /** What the steps need of the inputs, of one step or of all at once. */
    Tensor prepare(Tensor x);

    /** One step. */
    Step next(Tensor prepared, List<Tensor> states);
  }

  /** What a step gives: its output and the states after it. */
  record Step(Tensor output, List<Tensor> states) {}
}
