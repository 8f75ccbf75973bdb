package org.lossbook.engine.onednn.state;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.RunStates;

/**
 * A state as the last run left it; it has no gradient.
 *
 * @hidden
 */
@Internal
public final class Remembered extends Operation {
  private final RunStates.Key key;

  public Remembered(RunStates.Key key) {
    this.key = key;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    output.value = builder.value(Formats.channelsLast(output.dims()));
    FloatBuffer numbers = Formats.numbers(output.value);
    RunStates.State state = builder.parameters().state(key);
    int batch = output.graph.batch();
    builder.forward.add(stream -> numbers.put(0, state.numbers(batch, numbers.capacity())));
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    // A gradient ends where the run began.
  }
}
