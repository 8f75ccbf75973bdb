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
public abstract class Convolution<L extends Convolution<L>> extends BaseConvolution<L> {
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

  /**
   * Worked steps on your numbers, with first weights; {@link #explain(Object, Object)} takes yours.
   *
   * @param x one sample, with or without an axis of channels
   */
  public LayerSteps explain(Object x) {
    return explained(x, Optional.empty(), Optional.empty());
  }

  /**
   * Worked steps on your numbers: a line for each output.
   *
   * <pre>{@code
   * conv2d(1, 2).explain(matrix(row(0, 1, 2), row(3, 4, 5), row(6, 7, 8)), matrix(row(0, 1), row(2, 3))).result().get(0)   // 19
   * }</pre>
   *
   * @param kernel its weights, {@code [sizes…, channels, filters]}; axes of length 1 may be left
   *     out; the bias is 0
   * @throws IllegalArgumentException where the shapes do not fit
   */
  public LayerSteps explain(Object x, Object kernel) {
    return explained(x, GivenWeights.kernel(kind(), kernel), Optional.empty());
  }

  /** The same with a bias for each output. */
  public LayerSteps explain(Object x, Object kernel, Object bias) {
    return explained(x, GivenWeights.kernel(kind(), kernel), GivenWeights.bias(kind(), bias));
  }

  /** The given kernel, or first weights. */
  final Values given(int channels, Optional<Object> kernel) {
    return GivenWeights.of(kind(), drawn(kernels(channels).get(0)), kernel);
  }

  private LayerSteps explained(Object x, Optional<Object> kernel, Optional<Object> bias) {
    String who = kind();
    var worked = new WorkedWindow(who, toString(), window(), Values.of(who + ".explain", x));
    return worked.convolved(
        given(worked.channels(), kernel),
        groups,
        GivenWeights.biases(who, filters, bias),
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
