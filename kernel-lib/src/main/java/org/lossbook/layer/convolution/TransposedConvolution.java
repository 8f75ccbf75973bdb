package org.lossbook.layer.convolution;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.TransposedWindow;
import org.lossbook.engine.Window.Padding;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.SpatialInput;
import org.lossbook.layer.WindowArguments;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.worked.GivenWeights;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedTransposed;

/**
 * Transposed convolution, the base of those of sequences, images and volumes: each input position
 * adds its number times a kernel to the output, at a distance of {@code strides}. With {@link
 * #same} an output is its input's extent times the stride, which undoes a convolution's strides.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class TransposedConvolution<L extends TransposedConvolution<L>>
    extends KernelConvolution<L> {
  private final int filters;
  private Optional<int[]> outputPadding = Optional.empty();

  TransposedConvolution(int filters, int... kernelSize) {
    super(kernelSize);
    this.filters = LayerChecks.requirePositive(kind(), "filters", filters);
  }

  /**
   * The positions by which the output is longer at its end: without padding than (input − 1) ·
   * stride + kernel, with {@link #same} than (input − 1) · stride + kernel mod 2. One number for
   * all axes, or one for each, below the stride. Without this call it is what makes the output with
   * {@link #same} the input's extent times the stride.
   */
  public L outputPadding(int... outputPadding) {
    int[] each =
        WindowArguments.perAxis(kind(), "outputPadding", window().axes(), 0, outputPadding);
    return with(copy -> setOutputPadding(copy, Optional.of(each)));
  }

  private static void setOutputPadding(TransposedConvolution<?> layer, Optional<int[]> each) {
    layer.outputPadding = each;
  }

  private TransposedWindow transposed() {
    TransposedWindow transposed = TransposedWindow.of(window());
    return outputPadding.map(transposed::outputPadding).orElse(transposed);
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    TransposedWindow transposed = transposed();
    int axes = window().axes();
    SpatialInput.require(kind(), axes, inputShape);
    for (int axis = 0; axis < axes; axis++) {
      requireOutputPadding(axis);
      long extent = transposed.output(axis, inputShape[axis]);
      if (extent < 1 || extent > Integer.MAX_VALUE) {
        throw Messages.wrong(
            "%s expects %s that leave an output but receives %s, of which %d would remain: %s.",
            kind(),
            SpatialInput.plural(axes),
            LayerChecks.batched(inputShape),
            extent,
            extent < 1 ? "leave out outputPadding(…)" : "use smaller strides");
      }
    }
    int[] shape = transposed.outputShape(inputShape, filters);
    LayerChecks.requireHoldable(kind(), shape);
    return shape;
  }

  private void requireOutputPadding(int axis) {
    int stride = window().strides()[axis];
    outputPadding
        .filter(each -> each[axis] >= stride)
        .ifPresent(
            each -> {
              throw Messages.wrong(
                  "%s expects an outputPadding below its strides of %d but receives %d: write outputPadding(%d) or less, or larger strides.",
                  kind(), stride, each[axis], stride - 1);
            });
  }

  @Override
  LayerSteps worked(Values x, Optional<Object> kernel, Optional<Object> bias) {
    int axes = window().axes();
    int[] shape = x.rank() == axes ? Arrays.copyOf(x.shape(), axes + 1) : x.shape();
    if (x.rank() == axes) {
      shape[axes] = 1;
    }
    outputOf(shape);
    return new WorkedTransposed(transposed(), Values.of(x.toDoubles(), shape))
        .explain(
            toString(),
            given(shape[axes], kernel),
            GivenWeights.biases(kind(), filters, bias),
            activation());
  }

  @Override
  int channels(int inputChannels) {
    return filters;
  }

  @Override
  List<Parameter> kernels(int inputChannels) {
    return List.of(
        Parameter.trained(
            "kernel", Initializers.glorotUniform(), kernelShape(filters, inputChannels)));
  }

  @Override
  Tensor convolved(
      Graph graph,
      Tensor x,
      Function<String, Parameters.Slot> weights,
      Optional<Parameters.Slot> bias) {
    return graph.deconvolution(x, weights.apply("kernel"), bias, transposed());
  }

  @Override
  public String toString() {
    return written(filters);
  }

  @Override
  public Optional<Config> config() {
    Optional<int[]> padding = outputPadding;
    return Optional.of(
        functionIn(
            windowIn(Config.of("keras.layers", kerasClass()).with("filters", filters))
                .with("output_padding", padding.isPresent() ? padding.get() : padding)));
  }

  /** The name of Keras's class, for files. */
  abstract String kerasClass();

  /** A copy with the settings of a file. */
  final L read(Settings settings) {
    settings.requireOneOf("groups", 1); // Keras 2 writes it
    L read = withSettings(settings, Padding.VALID, Padding.SAME);
    return settings.has("output_padding")
        ? read.outputPadding(settings.integers("output_padding", window().axes()))
        : read;
  }
}
