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
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window.Padding;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.worked.GivenWeights;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedWindow;

/**
 * Convolution, the base of those of sequences, images and volumes: filters, each with a kernel over
 * all channels of its group.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class Convolution<L extends Convolution<L>> extends KernelConvolution<L> {
  private final int filters;
  private int groups = 1;

  Convolution(int filters, int... kernelSize) {
    super(kernelSize);
    this.filters = LayerChecks.requirePositive(kind(), "filters", filters);
  }

  /** Grouped convolution: splits the channels into that many groups, each with its own filters. */
  public L groups(int groups) {
    LayerChecks.requirePositive(kind(), "groups", groups);
    if (filters % groups != 0) {
      throw Messages.wrong(
          "%s expects groups that divide its %d filters but receives %d: change one of the two.",
          kind(), filters, groups);
    }
    return with(copy -> setGroups(copy, groups));
  }

  private static void setGroups(Convolution<?> layer, int groups) {
    layer.groups = groups;
  }

  @Override
  LayerSteps worked(Values x, Optional<Object> kernel, Optional<Object> bias) {
    var worked = new WorkedWindow(kind(), toString(), window(), x);
    return worked.convolved(
        given(worked.channels(), kernel),
        groups,
        GivenWeights.biases(kind(), filters, bias),
        activation());
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    int[] shape = super.outputOf(inputShape);
    if (inputShape[inputShape.length - 1] % groups != 0) {
      throw Messages.wrong(
          "%s expects channels that its %d groups divide but receives %s: change groups(…), or the filters of the layer before.",
          kind(), groups, LayerChecks.batched(inputShape));
    }
    return shape;
  }

  @Override
  int channels(int inputChannels) {
    return filters;
  }

  @Override
  List<Parameter> kernels(int inputChannels) {
    return List.of(
        Parameter.trained(
            "kernel", Initializers.glorotUniform(), kernelShape(inputChannels / groups, filters)));
  }

  @Override
  Tensor convolved(
      Graph graph,
      Tensor x,
      Function<String, Parameters.Slot> weights,
      Optional<Parameters.Slot> bias) {
    return graph.convolution(x, weights.apply("kernel"), bias, window(), groups);
  }

  @Override
  public String toString() {
    return written(filters);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        functionIn(
            windowIn(Config.of("keras.layers", kerasClass()).with("filters", filters))
                .with("groups", groups)));
  }

  /** The name of Keras's class, for files. */
  abstract String kerasClass();

  /** A copy with the settings of a file. */
  final L read(Settings settings, Padding... paddings) {
    return withSettings(settings, paddings).groups(settings.integer("groups", 1));
  }
}
