package org.lossbook.engine.onednn.weighted;

import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc;
import org.lossbook.Internal;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.onednn.normalization.BatchNormalization;
import org.lossbook.engine.onednn.operation.Arguments;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.FusableOperation;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;

/**
 * An operation with weights, convolution or inner product: the steps of the forward pass and of the
 * backward pass with respect to the weights and to the data. The subclasses describe them to
 * oneDNN.
 *
 * @hidden
 */
@Internal
public abstract class WeightedOperation extends FusableOperation {
  final Parameters.Slot kernel;
  final Optional<Parameters.Slot> bias;
  private Optional<FoldedNormalization> folded = Optional.empty();
  private memory src;

  WeightedOperation(GraphNode x, Parameters.Slot kernel, Optional<Parameters.Slot> bias) {
    super(x);
    this.kernel = kernel;
    this.bias = bias;
  }

  /** Leaves a batch normalization that follows to the weights; only inference can. */
  public final boolean fold(BatchNormalization next) {
    if (output.graph.mode() != Mode.INFERENCE
        || folded.isPresent()
        || inputs.size() > 1
        || hasFunction()) {
      return false;
    }
    folded = Optional.of(new FoldedNormalization(next));
    return true;
  }

  /** The dimensions of the weights that number the outputs, as bits. */
  int outputMask() {
    return 1;
  }

  /** A primitive, and its descriptor, which says which layouts it wants. */
  record Made(primitive_desc description, primitive primitive) {}

  /** Its name in messages. */
  abstract String what();

  abstract Made makeForward(PlanBuilder builder);

  /** Created after the forward primitive, whose descriptor is its hint. */
  abstract Made makeBackwardWeights(PlanBuilder builder);

  /** Created after the forward primitive, whose descriptor is its hint. */
  abstract Made makeBackwardData(PlanBuilder builder);

  /** The kernel in Keras's layout. */
  abstract memory.desc kernelLayout();

  @Override
  public final void addForwardSteps(PlanBuilder builder) {
    folded.ifPresent(next -> next.addSteps(builder, bias, (int) output.dims()[1]));
    Made made = makeForward(builder);
    src = builder.reordered(builder.forward, x().value, made.description.src_desc());
    memory weights = weights(builder, made.description.weights_desc());
    output.value = builder.value(made.description.dst_desc());
    builder.forward.add(
        Step.of(
            what(),
            made.primitive,
            with(
                Arguments.of(dnnl.DNNL_ARG_SRC, src)
                    .and(dnnl.DNNL_ARG_WEIGHTS, weights)
                    .and(dnnl.DNNL_ARG_BIAS, bias(builder))
                    .and(dnnl.DNNL_ARG_DST, output.value))));
  }

  private memory weights(PlanBuilder builder, memory.desc wanted) {
    return folded
        .map(
            next ->
                builder.scaledWeight(kernel, kernelLayout(), wanted, outputMask(), next.factors()))
        .orElseGet(() -> builder.weight(kernel, kernelLayout(), wanted));
  }

  private Optional<memory> bias(PlanBuilder builder) {
    return folded
        .map(FoldedNormalization::bias)
        .or(() -> bias.map(b -> builder.parameter(b, biasLayout())));
  }

  @Override
  public final memory addBackwardSteps(PlanBuilder builder, memory diffDst, boolean needed) {
    memory diff = throughFusedActivation(builder, diffDst);
    if (isTrained()) {
      backwardWeights(builder, diff);
    }
    return needed ? backwardData(builder, diff) : null;
  }

  private void backwardWeights(PlanBuilder builder, memory diffDst) {
    Made made = makeBackwardWeights(builder);
    memory diff = builder.reordered(builder.backward, diffDst, made.description.diff_dst_desc());
    memory again = builder.reordered(builder.backward, src, made.description.src_desc());
    memory diffWeights =
        builder.gradient(kernel, kernelLayout(), made.description.diff_weights_desc());
    Optional<memory> diffBias = bias.map(b -> builder.gradient(b, biasLayout(), biasLayout()));
    builder.backward.add(
        Step.of(
            what() + " backward pass with respect to the weights",
            made.primitive,
            Arguments.of(dnnl.DNNL_ARG_SRC, again)
                .and(dnnl.DNNL_ARG_DIFF_DST, diff)
                .and(dnnl.DNNL_ARG_DIFF_WEIGHTS, diffWeights)
                .and(dnnl.DNNL_ARG_DIFF_BIAS, diffBias)));
    builder.gradientWritten(kernel, kernelLayout(), diffWeights);
    bias.ifPresent(b -> builder.gradientWritten(b, biasLayout(), diffBias.orElseThrow()));
  }

  private memory backwardData(PlanBuilder builder, memory diffDst) {
    Made made = makeBackwardData(builder);
    memory diff = builder.reordered(builder.backward, diffDst, made.description.diff_dst_desc());
    memory weights = builder.weight(kernel, kernelLayout(), made.description.weights_desc());
    memory diffSrc = builder.memory(made.description.diff_src_desc());
    builder.backward.add(
        Step.of(
            what() + " backward pass with respect to the data",
            made.primitive,
            Arguments.of(dnnl.DNNL_ARG_DIFF_DST, diff)
                .and(dnnl.DNNL_ARG_WEIGHTS, weights)
                .and(dnnl.DNNL_ARG_DIFF_SRC, diffSrc)));
    return diffSrc;
  }

  @Override
  public boolean isTrained() {
    return kernel.parameter().trainable();
  }

  /** The layout of the bias; an empty descriptor tells oneDNN that there is none. */
  final memory.desc biasLayout() {
    return bias.isPresent() || folded.isPresent()
        ? Formats.vector(output.dims()[1])
        : new memory.desc();
  }

  static dnnl.prop_kind use(PlanBuilder builder) {
    return builder.training ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference;
  }

  @Override
  public long work() {
    return super.work() / output.dims()[1] * kernel.size();
  }
}
