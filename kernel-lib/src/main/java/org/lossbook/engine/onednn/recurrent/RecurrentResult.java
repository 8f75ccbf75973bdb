package org.lossbook.engine.onednn.recurrent;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * What a recurrent operation gives beside its sequence: a state, or the last output. It computes
 * nothing, and hands its gradient over.
 *
 * @hidden
 */
@Internal
public final class RecurrentResult extends Operation {
  private Optional<memory> gradient = Optional.empty();

  /** The memory that the recurrent operation writes. */
  memory value;

  /** Reads the sequence, because it comes after it. */
  RecurrentResult readFrom(Recurrent operation) {
    inputs = List.of(operation.output);
    return this;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    output.value = value;
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    gradient =
        Optional.of(
            builder.reordered(builder.backward, diffDst, Formats.channelsLast(output.dims())));
  }

  /** The gradient of each of its numbers; empty if the loss does not depend on them. */
  Optional<memory> gradient() {
    return gradient;
  }

  @Override
  public long work() {
    return 0;
  }
}
