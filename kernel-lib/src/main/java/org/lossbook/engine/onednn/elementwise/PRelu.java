package org.lossbook.engine.onednn.elementwise;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.prelu_backward;
import org.bytedeco.dnnl.prelu_forward;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.onednn.operation.Arguments;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;
import org.lossbook.engine.onednn.operation.Unary;

/**
 * Parametric ReLU: x above 0, else alpha · x, with an alpha for each number of a sample; along the
 * axes where alpha's extent is 1 they share it. At 0 itself the slope is 0, as in Keras.
 *
 * @hidden
 */
@Internal
public final class PRelu extends Unary {
  private final Parameters.Slot alpha;
  private memory.desc plain;
  private memory src;
  private prelu_forward.primitive_desc descriptor;

  public PRelu(GraphNode x, Parameters.Slot alpha) {
    super(x);
    this.alpha = alpha;
  }

  @Override
  public boolean isTrained() {
    return alpha.parameter().trainable();
  }

  @Override
  public boolean readsOutputBackward() {
    return false;
  }

  private memory.desc layout() {
    return Formats.channelsLast(Formats.dims(1, alpha.parameter().shape()));
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    plain = Formats.channelsLast(x().dims());
    src = builder.reordered(builder.forward, x().value, plain);
    output.value = builder.value(plain);
    descriptor =
        new prelu_forward.primitive_desc(
            builder.engine,
            builder.training ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference,
            plain,
            layout(),
            plain,
            builder.plain,
            false);
    builder.forward.add(
        Step.of(
            "prelu",
            new prelu_forward(descriptor),
            Arguments.of(dnnl.DNNL_ARG_SRC, src)
                .and(dnnl.DNNL_ARG_WEIGHTS, builder.parameter(alpha, layout()))
                .and(dnnl.DNNL_ARG_DST, output.value)));
  }

  @Override
  public memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    memory diff = builder.reordered(builder.backward, diffDst, plain);
    memory diffSrc = builder.memory(plain);
    // oneDNN writes alpha's gradient even if it is not needed.
    memory diffAlpha =
        isTrained() ? builder.gradient(alpha, layout(), layout()) : builder.memory(layout());
    var backward =
        new prelu_backward.primitive_desc(
            builder.engine,
            plain,
            layout(),
            plain,
            layout(),
            plain,
            descriptor,
            builder.plain,
            false);
    builder.backward.add(
        Step.of(
            "prelu backward",
            new prelu_backward(backward),
            Arguments.of(dnnl.DNNL_ARG_SRC, src)
                .and(dnnl.DNNL_ARG_WEIGHTS, builder.parameter(alpha, layout()))
                .and(dnnl.DNNL_ARG_DIFF_DST, diff)
                .and(dnnl.DNNL_ARG_DIFF_SRC, diffSrc)
                .and(dnnl.DNNL_ARG_DIFF_WEIGHTS, diffAlpha)));
    FloatBuffer numbers = Formats.numbers(src);
    FloatBuffer slopes = Formats.numbers(diffSrc);
    builder.backward.add(stream -> Formats.zeroWhereZero(numbers, slopes)); // oneDNN's is alpha
    if (isTrained()) {
      builder.gradientWritten(alpha, layout(), diffAlpha);
    }
    return diffSrc;
  }
}
