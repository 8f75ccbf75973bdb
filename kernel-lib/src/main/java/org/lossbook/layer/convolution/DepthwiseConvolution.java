package org.lossbook.layer.convolution;

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
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window.Padding;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.worked.GivenWeights;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedWindow;

/**
 * Depthwise convolution, the base of those of sequences and images: each channel has kernels of its
 * own and is not mixed with the others, which takes a fraction of a convolution's weights and time.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class DepthwiseConvolution<L extends DepthwiseConvolution<L>>
    extends KernelConvolution<L> {
  private int depthMultiplier = 1;

  DepthwiseConvolution(int... kernelSize) {
    super(kernelSize);
  }

  /** The number of kernels for each channel, 1 by default; the output has as many times more. */
  public L depthMultiplier(int depthMultiplier) {
    LayerChecks.requirePositive(kind(), "a depthMultiplier", depthMultiplier);
    return with(copy -> setDepthMultiplier(copy, depthMultiplier));
  }

  private static void setDepthMultiplier(DepthwiseConvolution<?> layer, int depthMultiplier) {
    layer.depthMultiplier = depthMultiplier;
  }

  @Override
  int channels(int inputChannels) {
    long channels = (long) inputChannels * depthMultiplier;
    if (channels > Integer.MAX_VALUE) {
      throw Messages.wrong(
          "%s expects a depthMultiplier that gives at most %,d channels but receives %,d for %,d channels: take a smaller one.",
          kind(), Integer.MAX_VALUE, depthMultiplier, inputChannels);
    }
    return (int) channels;
  }

  @Override
  List<Parameter> kernels(int inputChannels) {
    return List.of(
        Parameter.trained(
            "kernel", Initializers.glorotUniform(), kernelShape(inputChannels, depthMultiplier)));
  }

  @Override
  Tensor convolved(
      Graph graph,
      Tensor x,
      Function<String, Parameters.Slot> weights,
      Optional<Parameters.Slot> bias) {
    return graph.convolution(x, weights.apply("kernel"), bias, window(), Shapes.last(x.shape()));
  }

  @Override
  LayerSteps worked(Values x, Optional<Object> kernel, Optional<Object> bias) {
    var worked = new WorkedWindow(kind(), toString(), window(), x);
    int channels = worked.channels();
    Values each = given(channels, kernel); // in the order of a kernel for one channel of each group
    return worked.convolved(
        Values.of(each.toDoubles(), kernelShape(1, channels(channels))),
        channels,
        GivenWeights.biases(kind(), channels(channels), bias),
        activation());
  }

  @Override
  protected String kernelSetting() {
    return "depthwise";
  }

  @Override
  public String toString() {
    return written();
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        functionIn(
            windowIn(
                Config.of("keras.layers", kerasClass())
                    .with("depth_multiplier", depthMultiplier))));
  }

  /** The name of Keras's class, for files. */
  abstract String kerasClass();

  /** A copy with the settings of a file. */
  final L read(Settings settings) {
    settings.requireOneOf("groups", 1); // Keras 2 writes it
    return withSettings(settings, Padding.VALID, Padding.SAME)
        .depthMultiplier(settings.integer("depth_multiplier", 1));
  }
}
