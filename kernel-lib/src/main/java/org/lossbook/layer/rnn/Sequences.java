package org.lossbook.layer.rnn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Recurrence;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.LayerValue;

/**
 * A cell over a sequence: as one operation of the engine where that has the cell, else step by step
 * with ordinary operations.
 *
 * @param who the layer's name, for messages
 */
record Sequences(String who, Cell cell, Set<SequenceSetting> settings) implements Use {
  @Override
  public int[] step(List<int[]> inputs) {
    int[] given = inputs.get(0);
    cell.requireSequence(who, given);
    int[] step = Arrays.copyOfRange(given, 1, given.length);
    List<int[]> states = cell.states(step);
    if (inputs.size() > 1) {
      CellInputs.requireStates(who, states, inputs.subList(1, inputs.size()), "a sequence");
    }
    return step;
  }

  @Override
  public int[] outputShape(List<int[]> inputs) {
    int[] output = cell.output(step(inputs));
    return has(SequenceSetting.RETURN_SEQUENCES) ? joined(inputs.get(0)[0], output) : output;
  }

  @Override
  public List<int[]> furtherShapes(List<int[]> inputs) {
    int[] step = step(inputs);
    return has(SequenceSetting.RETURN_STATE) ? cell.states(step) : List.of();
  }

  @Override
  public long numbers(List<int[]> inputs, boolean training) {
    return cell.numbers(inputs.get(0)[0], training, step(inputs));
  }

  @Override
  public boolean keepsMask(List<Boolean> inputs) {
    return has(SequenceSetting.RETURN_SEQUENCES) && inputs.get(0);
  }

  private boolean has(SequenceSetting setting) {
    return settings.contains(setting);
  }

  @Override
  public String statesArgument() {
    return "initial_state";
  }

  @Override
  public String group() {
    return "cell";
  }

  @Override
  public Tensor build(Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    return build(graph, inputs, weights, false);
  }

  /**
   * Adds its operations.
   *
   * @param isReversed whether the last output comes first
   */
  Tensor build(
      Graph graph,
      List<Tensor> inputs,
      Function<String, Parameters.Slot> weights,
      boolean isReversed) {
    int[] step = step(inputs.stream().map(Tensor::shape).toList());
    Tensor zeros = graph.filled(0, cell.output(step));
    boolean isFresh = inputs.size() == 1 && !isRemembered(graph);
    Optional<Cell.Whole> whole = cell.whole(graph);
    // Keras gives no mask to a layer that is called with states.
    Tensor input = inputs.size() > 1 ? LayerValue.tensor(inputs.get(0)) : inputs.get(0);
    Result result;
    if (whole.isPresent()) {
      List<Tensor> states = isFresh ? List.of() : first(graph, inputs, weights, step, zeros);
      result = whole(graph, whole.get(), input, states, weights, isReversed);
    } else {
      Cell.Steps steps = cell.steps(graph, weights);
      List<Tensor> states = first(graph, inputs, weights, step, zeros);
      result = unrolled(graph, steps, input, states, zeros, isReversed);
    }
    Tensor output = result.output();
    if (isRemembered(graph) && graph.mode() != Mode.SAMPLING && !graph.mode().endsAtInputs()) {
      output = graph.remember(output, weights.apply(cell.owner()), result.states());
    }
    return has(SequenceSetting.RETURN_STATE) ? LayerValue.of(output, result.states()) : output;
  }

  /** What a sequence gives. */
  private record Result(Tensor output, List<Tensor> states) {}

  /** The sequence as one operation of the engine. */
  private Result whole(
      Graph graph,
      Cell.Whole whole,
      Tensor input,
      List<Tensor> states,
      Function<String, Parameters.Slot> weights,
      boolean isReversed) {
    Recurrence.Outputs given =
        whole.of(
            LayerValue.tensor(input),
            has(SequenceSetting.GO_BACKWARDS),
            has(SequenceSetting.ZERO_OUTPUT_FOR_MASK),
            states,
            LayerValue.mask(input),
            weights);
    if (!has(SequenceSetting.RETURN_SEQUENCES)) {
      return new Result(given.last(), given.states());
    }
    Tensor all = given.sequence();
    return new Result(isReversed ? reversed(graph, all) : all, given.states());
  }

  private static Tensor reversed(Graph graph, Tensor sequence) {
    List<Tensor> steps = steps(graph, sequence);
    Collections.reverse(steps);
    return stacked(graph, steps);
  }

  /** The sequence step by step, with ordinary operations. */
  private Result unrolled(
      Graph graph,
      Cell.Steps steps,
      Tensor input,
      List<Tensor> initial,
      Tensor zeros,
      boolean isReversed) {
    List<Tensor> prepared = steps(graph, steps.prepare(LayerValue.tensor(input)));
    Optional<List<Tensor>> mask = LayerValue.mask(input).map(all -> steps(graph, all));
    Tensor output = zeros;
    List<Tensor> states = initial;
    List<Tensor> outputs = new ArrayList<>();
    int length = input.shape()[0];
    for (int i = 0; i < length; i++) {
      int at = has(SequenceSetting.GO_BACKWARDS) ? length - 1 - i : i;
      Cell.Step next = steps.next(prepared.get(at), states);
      if (mask.isPresent()) {
        Tensor before = has(SequenceSetting.ZERO_OUTPUT_FOR_MASK) ? zeros : output;
        next = new Choice(graph, mask.get().get(at)).of(next, before, states);
      }
      output = next.output();
      states = next.states();
      outputs.add(isReversed ? 0 : i, output);
    }
    return new Result(
        has(SequenceSetting.RETURN_SEQUENCES) ? stacked(graph, outputs) : output, states);
  }

  /** The states that a sequence begins with: given, kept from the last one, or zeros. */
  private List<Tensor> first(
      Graph graph,
      List<Tensor> inputs,
      Function<String, Parameters.Slot> weights,
      int[] step,
      Tensor zeros) {
    if (inputs.size() > 1) {
      return inputs.subList(1, inputs.size()).stream().map(LayerValue::tensor).toList();
    }
    List<int[]> shapes = cell.states(step);
    List<Tensor> states = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      int[] shape = shapes.get(i);
      states.add(
          isRemembered(graph)
              ? graph.remembered(weights.apply(cell.owner()), i, shape)
              : Arrays.equals(shape, zeros.shape()) ? zeros : graph.filled(0, shape));
    }
    return states;
  }

  private boolean isRemembered(Graph graph) {
    if (graph.mode() == Mode.CONTINUED && has(SequenceSetting.GO_BACKWARDS)) {
      throw Messages.wrong(
          "%s reads backwards, from steps that are yet to come, so no sequence can be continued with it: use one that reads forwards.",
          who);
    }
    return has(SequenceSetting.STATEFUL) || graph.mode() == Mode.CONTINUED;
  }

  /** The steps of a sequence. */
  static List<Tensor> steps(Graph graph, Tensor sequence) {
    int[] shape = sequence.shape();
    Tensor plain = graph.reshape(sequence, shape); // one copy for all steps, not one for each
    List<Tensor> steps = new ArrayList<>();
    for (int i = 0; i < shape[0]; i++) {
      int[] from = new int[shape.length];
      int[] to = shape.clone();
      from[0] = i;
      to[0] = i + 1;
      int[] step = Arrays.copyOfRange(shape, 1, shape.length);
      steps.add(graph.reshape(graph.slice(plain, from, to), step));
    }
    return steps;
  }

  /** The sequence of these steps. */
  static Tensor stacked(Graph graph, List<Tensor> steps) {
    List<Tensor> parts =
        steps.stream().map(step -> graph.reshape(step, joined(1, step.shape()))).toList();
    return parts.size() == 1 ? parts.get(0) : graph.concatenation(parts, 0);
  }

  static int[] joined(int first, int... rest) {
    int[] all = new int[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  /** What stands after a step: its results where the mask is 1, else what stood before it. */
  private static final class Choice {
    private final Graph graph;
    private final Tensor isGiven;
    private final Tensor isMasked;

    /**
     * @param mask one number
     */
    Choice(Graph graph, Tensor mask) {
      this.graph = graph;
      isGiven = graph.reshape(mask, 1);
      isMasked = graph.affine(isGiven, new float[1], new float[] {-1}, new float[] {1});
    }

    Cell.Step of(Cell.Step next, Tensor output, List<Tensor> states) {
      List<Tensor> after = new ArrayList<>();
      for (int i = 0; i < states.size(); i++) {
        after.add(of(next.states().get(i), states.get(i)));
      }
      boolean isState = next.output() == next.states().get(0) && output == states.get(0);
      return new Cell.Step(isState ? after.get(0) : of(next.output(), output), after);
    }

    private Tensor of(Tensor next, Tensor before) {
      int[] ones = new int[next.shape().length];
      Arrays.fill(ones, 1);
      return graph.sum(
          List.of(
              graph.product(next, graph.reshape(isGiven, ones)),
              graph.product(before, graph.reshape(isMasked, ones))),
          1,
          1);
    }
  }

  /** The mask of the sequence. */
  static Tensor mask(List<Tensor> inputs) {
    return LayerValue.mask(inputs.get(0)).orElseThrow();
  }
}
