package org.lossbook.engine.onednn.weighted;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Loader;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * Inner product: dst[n, o] = bias[o] + Σ src[n, …] · weights[o, …]. An image before it need not be
 * flattened: the kernel's rows are read in the order of the image's own axes.
 *
 * @hidden
 */
@Internal
public final class InnerProduct extends WeightedOperation {
  private static final boolean FAST_ON_ANY_LAYOUT = Loader.getPlatform().endsWith("x86_64");

  private inner_product_forward.primitive_desc forward;

  public InnerProduct(GraphNode x, Parameters.Slot kernel, Optional<Parameters.Slot> bias) {
    super(x, kernel, bias);
  }

  /** Reads an image directly instead of its reshape. */
  public void readFrom(GraphNode image) {
    inputs = List.of(image);
    image.users++;
  }

  @Override
  String what() {
    return "inner product";
  }

  @Override
  Made makeForward(PlanBuilder builder) {
    forward =
        new inner_product_forward.primitive_desc(
            builder.engine,
            use(builder),
            Formats.any(x().dims()),
            wanted(builder),
            biasLayout(),
            Formats.any(output.dims()),
            attributes(builder),
            false);
    return new Made(forward, new inner_product_forward(forward));
  }

  @Override
  Made makeBackwardWeights(PlanBuilder builder) {
    var backward =
        new inner_product_backward_weights.primitive_desc(
            builder.engine,
            Formats.any(x().dims()),
            wanted(builder),
            biasLayout(),
            Formats.any(output.dims()),
            forward,
            builder.plain,
            false);
    return new Made(backward, new inner_product_backward_weights(backward));
  }

  @Override
  Made makeBackwardData(PlanBuilder builder) {
    var backward =
        new inner_product_backward_data.primitive_desc(
            builder.engine,
            Formats.any(x().dims()),
            wanted(builder),
            Formats.any(output.dims()),
            forward,
            builder.plain,
            false);
    return new Made(backward, new inner_product_backward_data(backward));
  }

  /**
   * The layout of the weights. In training weights change with each step, and reordering them and
   * their gradients costs as much as it gains: a small network's step takes half the time with the
   * layout they have. oneDNN chooses it for images, which are in its own layout, for inference,
   * where weights are reordered once, and where its kernels for the user's layout are plain loops.
   */
  private memory.desc wanted(PlanBuilder builder) {
    return builder.training && x().dims().length == 2 && FAST_ON_ANY_LAYOUT
        ? kernelLayout()
        : Formats.any(kernelDims());
  }

  /** [o, …], the rest as the source has it. */
  private long[] kernelDims() {
    long[] dims = x().dims();
    dims[0] = output.dims()[1];
    return dims;
  }

  /** Keras's layout, [in, out] with the inputs channels last: the outputs are side by side. */
  @Override
  memory.desc kernelLayout() {
    long[] dims = kernelDims();
    long[] strides = new long[dims.length];
    strides[0] = 1;
    long next = dims[0];
    strides[1] = next;
    next *= dims[1];
    for (int axis = dims.length - 1; axis >= 2; axis--) {
      strides[axis] = next;
      next *= dims[axis];
    }
    return Formats.strided(dims, strides);
  }
}
