package org.lossbook.engine.onednn.elementwise;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory_desc_vector;
import org.bytedeco.dnnl.sum;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Arguments;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;

/**
 * Weighted sum: dst = Σ factorᵢ · srcᵢ.
 *
 * @hidden
 */
@Internal
public final class Sum extends Operation {
  private final float[] factors;

  public Sum(GraphNode[] terms, float... factors) {
    super(terms);
    this.factors = factors.clone();
  }

  /** Whether all factors are 1. */
  public boolean isPlain() {
    for (float factor : factors) {
      if (factor != 1) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    memory.desc layout = x().value.get_desc();
    output.value = builder.value(layout);
    var layouts = new memory.desc[inputs.size()];
    var arguments = Arguments.of(dnnl.DNNL_ARG_DST, output.value);
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = layout;
      memory term = builder.reordered(builder.forward, inputs.get(i).value, layout);
      arguments.and(dnnl.DNNL_ARG_MULTIPLE_SRC + i, term);
    }
    var description =
        new sum.primitive_desc(
            builder.engine, layout, factors, new memory_desc_vector(layouts), builder.plain, false);
    builder.forward.add(Step.of("sum", new sum(description), arguments));
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    boolean isUsed = false;
    for (int i = inputs.size() - 1; i >= 0; i--) {
      GraphNode term = inputs.get(i);
      if (term.needsGradient()) {
        // The one that gets a gradient may overwrite it: one of them gets this one, the others
        // copies.
        boolean takes = i == 0 && factors[i] == 1 && !isUsed;
        isUsed |= takes;
        builder.addGradient(
            term, takes ? diffDst : builder.scaled(builder.backward, diffDst, factors[i]));
      }
    }
  }
}
