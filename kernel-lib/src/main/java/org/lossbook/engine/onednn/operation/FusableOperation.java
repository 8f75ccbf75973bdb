package org.lossbook.engine.onednn.operation;

import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.lossbook.Internal;

/**
 * An operation that can fuse an activation into itself as a post-op.
 *
 * @hidden
 */
@Internal
public abstract class FusableOperation extends Unary {
  private Optional<Eltwise> function = Optional.empty();

  public FusableOperation(GraphNode x) {
    super(x);
  }

  @Override
  public boolean fuse(Eltwise next) {
    if (function.isPresent() || (output.graph.training() && !next.derivativeFromOutput())) {
      return false;
    }
    function = Optional.of(next);
    return true;
  }

  /** Whether an activation was fused into it. */
  public final boolean hasFunction() {
    return function.isPresent();
  }

  @Override
  public boolean readsOutputBackward() {
    return function.isPresent();
  }

  public final primitive_attr attributes(PlanBuilder builder) {
    return function.map(Eltwise::asPostOp).orElse(builder.plain);
  }

  /** The gradient with respect to the input of the fused activation. */
  public final memory throughFusedActivation(PlanBuilder builder, memory diffDst) {
    return function.map(f -> f.backwardFromOutput(builder, output.value, diffDst)).orElse(diffDst);
  }
}
