package org.lossbook.engine.onednn.state;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.RunStates;

/**
 * Passes its first input on, and keeps the others as states for the next run.
 *
 * @hidden
 */
@Internal
public final class Remember extends Operation {
  private final List<RunStates.Key> keys;

  /**
   * @param inputs the value that is passed on, then the states
   * @param keys one for each state
   */
  public Remember(GraphNode[] inputs, List<RunStates.Key> keys) {
    super(inputs);
    this.keys = List.copyOf(keys);
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    output.value = x().value;
    for (int i = 0; i < keys.size(); i++) {
      GraphNode node = inputs.get(i + 1);
      memory plain =
          builder.reordered(builder.forward, node.value, Formats.channelsLast(node.dims()));
      FloatBuffer numbers = Formats.numbers(plain);
      RunStates.State state = builder.parameters().state(keys.get(i));
      int batch = output.graph.batch();
      builder.forward.add(
          stream -> {
            numbers.get(0, state.numbers(batch, numbers.capacity()));
            state.keep();
          });
    }
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    if (x().needsGradient()) {
      builder.addGradient(x(), diffDst);
    }
  }
}
