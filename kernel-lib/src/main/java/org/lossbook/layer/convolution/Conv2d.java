package org.lossbook.layer.convolution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window;
import org.lossbook.layer.Activations;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.Regularized;
import org.lossbook.layer.WindowArguments;
import org.lossbook.layer.weights.Initializers;

/**
 * 2D convolution: slides {@code filters} small kernels over an image. Each output pixel is φ of the
 * sum of pixel times weight over the kernel's window and all channels, plus a bias. {@code [h, w,
 * in] -> [h', w', filters]}
 *
 * <p>Parameters: kernel {@code [height, width, in / groups, filters]}, initially Glorot uniform;
 * bias {@code [filters]}, zeros. {@code conv2d(32, 3)} on a greyscale image has 320 and turns 28×28
 * into 26×26.
 */
public final class Conv2d extends Regularized<Conv2d> {
  private final int filters;
  private Window window;
  private int groups = 1;
  private boolean useBias = true;

  public Conv2d(int filters, int kernelHeight, int kernelWidth) {
    this.filters = LayerChecks.requirePositive("conv2d", "filters", filters);
    window = WindowArguments.of("conv2d", kernelHeight, kernelWidth, 1, 1);
  }

  /** Moves the kernel by that many pixels, down and to the right; 1 by default. */
  public Conv2d strides(int strides) {
    return strides(strides, strides);
  }

  /** Moves the kernel by {@code height} pixels down and {@code width} to the right. */
  public Conv2d strides(int height, int width) {
    return with(copy -> copy.window = WindowArguments.strides("conv2d", window, height, width));
  }

  /** Zero padding at the borders: without strides, the output has the input's height and width. */
  public Conv2d same() {
    return with(copy -> copy.window = WindowArguments.same(window, true));
  }

  /** No padding, the default: the kernel stays within the image. */
  public Conv2d valid() {
    return with(copy -> copy.window = WindowArguments.same(window, false));
  }

  /** Dilation: the distance between neighbouring kernel elements; 1, the default, leaves no gap. */
  public Conv2d dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /** Dilation down and to the right. */
  public Conv2d dilation(int height, int width) {
    return with(copy -> copy.window = WindowArguments.dilation("conv2d", window, height, width));
  }

  /** Grouped convolution: splits the channels into that many groups, each with its own filters. */
  public Conv2d groups(int groups) {
    LayerChecks.requirePositive("conv2d", "groups", groups);
    if (filters % groups != 0) {
      throw new IllegalArgumentException(
          "conv2d expects groups that divide its "
              + filters
              + " filters but receives "
              + groups
              + ": change one of the two.");
    }
    return with(copy -> copy.groups = groups);
  }

  /** Whether to add a bias; true by default. */
  public Conv2d useBias(boolean useBias) {
    return with(copy -> copy.useBias = useBias);
  }

  @Override
  public String kind() {
    return "conv2d";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    int[] shape = WindowArguments.outputShape("conv2d", window, inputShape, filters);
    if (inputShape[2] % groups != 0) {
      throw new IllegalArgumentException(
          "conv2d expects channels that its "
              + groups
              + " groups divide but receives "
              + LayerChecks.batched(inputShape)
              + ": change groups(…), or the filters of the layer before.");
    }
    return shape;
  }

  @Override
  protected List<Parameter> parametersFor(int... inputShape) {
    outputShape(inputShape);
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(
        Parameter.trained(
            "kernel",
            Initializers.glorotUniform(),
            window.height(),
            window.width(),
            inputShape[2] / groups,
            filters));
    if (useBias) {
      parameters.add(Parameter.trained("bias", Initializers.zeros(), filters));
    }
    return parameters;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    Optional<Parameters.Slot> bias =
        useBias ? Optional.of(weights.apply("bias")) : Optional.empty();
    return graph.activation(
        graph.convolution(x, weights.apply("kernel"), bias, window, groups), activation());
  }

  @Override
  public String toString() {
    return "conv2d(" + filters + ", " + window.height() + "×" + window.width() + ")";
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        regularizersIn(
            WindowArguments.saved(
                    Config.of("keras.layers", "Conv2D").with("filters", filters),
                    window,
                    "kernel_size")
                .with("dilation_rate", new int[] {window.dilationHeight(), window.dilationWidth()})
                .with("groups", groups)
                .with("activation", Activations.saved(activation()))
                .with("use_bias", useBias),
            4));
  }

  static Conv2d from(Settings settings) {
    settings
        .ignore("kernel_initializer", "bias_initializer")
        .requireOneOf("data_format", "channels_last");
    Window window = WindowArguments.from(settings, "conv2d", "kernel_size", new int[] {1, 1});
    int[] dilation =
        settings.has("dilation_rate") ? settings.pair("dilation_rate") : new int[] {1, 1};
    Conv2d layer = new Conv2d(settings.integer("filters"), window.height(), window.width());
    return layer
        .with(copy -> copy.window = window)
        .with(layer.regularizersFrom(settings, 4))
        .dilation(dilation[0], dilation[1])
        .groups(settings.integer("groups", 1))
        .useBias(settings.flag("use_bias", true))
        .with(Activations.from(settings, 3));
  }
}
