package org.lossbook.layer.convolution;

import java.util.Optional;
import org.lossbook.data.Values;
import org.lossbook.layer.worked.GivenWeights;
import org.lossbook.layer.worked.LayerSteps;

/**
 * A convolution of one kernel, which can be worked out on a reader's numbers with the reader's
 * kernel.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class KernelConvolution<L extends KernelConvolution<L>> extends BaseConvolution<L> {
  KernelConvolution(int... kernelSize) {
    super(kernelSize);
  }

  /**
   * Worked steps on your numbers, with first weights; {@link #explain(Object, Object)} takes yours.
   *
   * @param x one sample, with or without an axis of channels
   */
  @Override
  public LayerSteps explain(Object x) {
    return explained(x, Optional.empty(), Optional.empty());
  }

  /**
   * Worked steps on your numbers: a line for each output.
   *
   * <pre>{@code
   * conv2d(1, 2).explain(matrix(row(0, 1, 2), row(3, 4, 5), row(6, 7, 8)), matrix(row(0, 1), row(2, 3))).result().get(0)   // 19
   * conv1dTranspose(1, 2).strides(2).explain(vector(3, 5), vector(1, 10)).result().get(3)   // 50
   * depthwiseConv1d(2).explain(matrix(row(1, 2), row(3, 4)), matrix(row(1, 1), row(1, 0))).result().get(0)   // 4
   * }</pre>
   *
   * @param kernel its weights: {@code [sizes…, channels, filters]} of a convolution, {@code
   *     [sizes…, filters, channels]} of a transposed one, {@code [sizes…, channels, multiplier]} of
   *     a depthwise one; axes of length 1 may be left out; the bias is 0
   * @throws IllegalArgumentException where the shapes do not fit
   */
  public LayerSteps explain(Object x, Object kernel) {
    return explained(x, GivenWeights.kernel(kind(), kernel), Optional.empty());
  }

  /** The same with a bias for each output. */
  public LayerSteps explain(Object x, Object kernel, Object bias) {
    return explained(x, GivenWeights.kernel(kind(), kernel), GivenWeights.bias(kind(), bias));
  }

  private LayerSteps explained(Object x, Optional<Object> kernel, Optional<Object> bias) {
    return worked(Values.of(kind() + ".explain", x), kernel, bias);
  }

  /** The steps, with first weights where there are none, and without a bias. */
  abstract LayerSteps worked(Values x, Optional<Object> kernel, Optional<Object> bias);

  /** The given kernel, or first weights. */
  final Values given(int channels, Optional<Object> kernel) {
    return GivenWeights.of(kind(), drawn(kernels(channels).get(0)), kernel);
  }
}
