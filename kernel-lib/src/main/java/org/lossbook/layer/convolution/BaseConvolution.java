package org.lossbook.layer.convolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window;
import org.lossbook.engine.Window.Padding;
import org.lossbook.layer.Activations;
import org.lossbook.layer.Regularized;
import org.lossbook.layer.WindowArguments;
import org.lossbook.layer.weights.Initializers;

/**
 * A layer that slides kernels over a sequence, an image or a volume: the window, the bias and the
 * activation function that all convolutions have.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class BaseConvolution<L extends BaseConvolution<L>> extends Regularized<L> {
  private Window window;
  private boolean useBias = true;

  BaseConvolution(int... kernelSize) {
    window = WindowArguments.of(kind(), kernelSize);
  }

  /**
   * Moves the kernel by that many positions, 1 by default: one number for all axes, or one for each
   * axis, {@code strides(2, 1)} down and to the right.
   */
  public L strides(int... strides) {
    return withWindow(WindowArguments.strides(kind(), window, strides));
  }

  /** Zero padding at the borders: without strides, the output has the input's extents. */
  public L same() {
    return withWindow(window.padding(Padding.SAME));
  }

  /** No padding, the default: the kernel stays within the input. */
  public L valid() {
    return withWindow(window.padding(Padding.VALID));
  }

  /**
   * Dilation: the distance between neighbouring kernel elements, for all axes or for each; 1, the
   * default, leaves no gap.
   */
  public L dilation(int... dilation) {
    return withWindow(WindowArguments.dilation(kind(), window, dilation));
  }

  /** Whether to add a bias; true by default. */
  public L useBias(boolean useBias) {
    return with(copy -> base(copy).useBias = useBias);
  }

  final L withWindow(Window window) {
    return with(copy -> base(copy).window = window);
  }

  private static BaseConvolution<?> base(BaseConvolution<?> layer) {
    return layer;
  }

  final Window window() {
    return window;
  }

  /** The number of channels that it gives for an input with that many. */
  abstract int channels(int inputChannels);

  /** The kernels that it needs for an input with that many channels. */
  abstract List<Parameter> kernels(int inputChannels);

  /** The convolution without its activation function. */
  abstract Tensor convolved(
      Graph graph,
      Tensor x,
      Function<String, Parameters.Slot> weights,
      Optional<Parameters.Slot> bias);

  @Override
  protected int[] outputOf(int... inputShape) {
    int given = inputShape.length == 0 ? 0 : inputShape[inputShape.length - 1];
    return WindowArguments.outputShape(kind(), window, inputShape, channels(given));
  }

  @Override
  protected final List<Parameter> parametersFor(int... inputShape) {
    int[] shape = outputOf(inputShape);
    List<Parameter> parameters = new ArrayList<>(kernels(inputShape[inputShape.length - 1]));
    if (useBias) {
      parameters.add(Parameter.trained("bias", Initializers.zeros(), shape[shape.length - 1]));
    }
    return parameters;
  }

  /** The kernel's shape: its extents, then these. */
  final int[] kernelShape(int... then) {
    int[] shape = Arrays.copyOf(window.sizes(), window.axes() + then.length);
    System.arraycopy(then, 0, shape, window.axes(), then.length);
    return shape;
  }

  @Override
  protected final Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    Optional<Parameters.Slot> bias =
        useBias ? Optional.of(weights.apply("bias")) : Optional.empty();
    return graph.activation(convolved(graph, x, weights, bias), activation());
  }

  /** As written in a cell, with these numbers before the kernel's extents. */
  final String written(Object... before) {
    return kind()
        + "("
        + Arrays.stream(before).map(each -> each + ", ").collect(Collectors.joining())
        + Arrays.stream(window.sizes()).mapToObj(Integer::toString).collect(Collectors.joining("×"))
        + ")";
  }

  /** The config with the kernel's extents and how it moves. */
  final Config windowIn(Config config) {
    return WindowArguments.saved(config, window, "kernel_size")
        .with("dilation_rate", window.dilations());
  }

  /** The config with the activation function, whether there is a bias, and the regularizers. */
  final Config functionIn(Config config) {
    return regularizersIn(
        config.with("activation", Activations.saved(activation())).with("use_bias", useBias),
        window.axes() + 2);
  }

  /** A copy with the settings of a file that all convolutions have. */
  final L withSettings(Settings settings, Padding... paddings) {
    settings.ignore("kernel_initializer"); // Keras 2 writes it for depthwise kernels too
    int axes = window.axes();
    Window read = WindowArguments.from(settings, kind(), axes, "kernel_size", false, paddings);
    int[] dilation =
        settings.has("dilation_rate") ? settings.integers("dilation_rate", axes) : new int[] {1};
    return withWindow(WindowArguments.dilation(kind(), read, dilation))
        .with(regularizersFrom(settings, axes + 2))
        .useBias(settings.flag("use_bias", true))
        .with(Activations.from(settings, axes + 1));
  }
}
