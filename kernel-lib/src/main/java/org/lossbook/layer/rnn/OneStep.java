package org.lossbook.layer.rnn;

import java.util.List;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.LayerValue;

/**
 * A cell for one step, from states that are given.
 *
 * @param who the cell's name, for messages
 */
record OneStep(String who, Cell cell) implements Use {
  @Override
  public int[] step(List<int[]> inputs) {
    int[] given = inputs.get(0);
    if (given.length != 1) {
      throw Messages.wrong(
          "%s expects one step [batch, features] but receives %s: rnn(…) reads a sequence with it.",
          who, LayerChecks.batched(given));
    }
    CellInputs.requireStates(who, cell.states(given), inputs.subList(1, inputs.size()), "a step");
    return given;
  }

  @Override
  public int[] outputShape(List<int[]> inputs) {
    return cell.output(step(inputs));
  }

  @Override
  public List<int[]> furtherShapes(List<int[]> inputs) {
    return cell.states(step(inputs));
  }

  @Override
  public long numbers(List<int[]> inputs, boolean training) {
    return 0; // about as many as its outputs
  }

  @Override
  public boolean keepsMask(List<Boolean> inputs) {
    return false;
  }

  @Override
  public Tensor build(Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    List<Tensor> values = inputs.stream().map(LayerValue::tensor).toList();
    Cell.Steps steps = cell.steps(graph, weights);
    Cell.Step next = steps.next(steps.prepare(values.get(0)), values.subList(1, values.size()));
    return LayerValue.of(next.output(), next.states());
  }

  @Override
  public String statesArgument() {
    return "states";
  }

  @Override
  public String group() {
    return "";
  }
}
