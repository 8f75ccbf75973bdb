package org.lossbook.layer.convolution;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Initializer;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window;
import org.lossbook.engine.Window.Padding;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.layer.weights.WeightRules;
import org.lossbook.layer.worked.GivenWeights;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedSeparable;
import org.lossbook.layer.worked.WorkedWindow;

/**
 * Separable convolution, the base of those of sequences and images: a depthwise convolution, which
 * looks around in each channel, then one of a single position, which mixes the channels.
 *
 * <p>A regularizer or a constraint of the kernel is one of both kernels; a later call that begins
 * with {@code pointwise} replaces it for the second.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class SeparableConvolution<L extends SeparableConvolution<L>>
    extends BaseConvolution<L> {
  private static final String DEPTHWISE = "depthwise_kernel";
  private static final String POINTWISE = "pointwise_kernel";

  private final int filters;
  private int depthMultiplier = 1;

  SeparableConvolution(int filters, int... kernelSize) {
    super(kernelSize);
    this.filters = LayerChecks.requirePositive(kind(), "filters", filters);
  }

  /** The number of depthwise kernels for each channel, 1 by default. */
  public L depthMultiplier(int depthMultiplier) {
    LayerChecks.requirePositive(kind(), "a depthMultiplier", depthMultiplier);
    return with(copy -> separable(copy).depthMultiplier = depthMultiplier);
  }

  /** The initializer of the pointwise kernel: {@code pointwiseInitializer(heNormal())}. */
  public L pointwiseInitializer(Initializer initializer) {
    return initialized(List.of(POINTWISE), "pointwiseInitializer", initializer);
  }

  /** The regularizer of the pointwise kernel: {@code pointwiseRegularizer(l2(1e-4))}. */
  public L pointwiseRegularizer(Regularizer penalty) {
    return penalized(List.of(POINTWISE), "pointwiseRegularizer", penalty);
  }

  /** The constraint of the pointwise kernel: {@code pointwiseConstraint(maxNorm(3))}. */
  public L pointwiseConstraint(Constraint constraint) {
    return constrained(List.of(POINTWISE), "pointwiseConstraint", constraint);
  }

  /**
   * Worked steps on your numbers, with first weights; {@link #explain(Object, Object, Object)}
   * takes yours.
   *
   * @param x one sample, with or without an axis of channels
   */
  @Override
  public LayerSteps explain(Object x) {
    return explained(x, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * Worked steps on your numbers: at each place what the depthwise kernel makes of each channel,
   * then the sums of these, a line for each filter.
   *
   * <pre>{@code
   * separableConv1d(1, 2).explain(vector(1, 2, 3), vector(1, 1), 10).result().get(0)   // 30
   * }</pre>
   *
   * @param depthwise {@code [sizes…, channels, multiplier]}; axes of length 1 may be left out
   * @param pointwise {@code [1…, channels · multiplier, filters]}; the bias is 0
   * @throws IllegalArgumentException where the shapes do not fit
   */
  public LayerSteps explain(Object x, Object depthwise, Object pointwise) {
    return explained(
        x,
        GivenWeights.named(kind(), "a depthwise kernel", depthwise),
        GivenWeights.named(kind(), "a pointwise kernel", pointwise),
        Optional.empty());
  }

  /** The same with a bias for each filter. */
  public LayerSteps explain(Object x, Object depthwise, Object pointwise, Object bias) {
    return explained(
        x,
        GivenWeights.named(kind(), "a depthwise kernel", depthwise),
        GivenWeights.named(kind(), "a pointwise kernel", pointwise),
        GivenWeights.bias(kind(), bias));
  }

  private LayerSteps explained(
      Object x, Optional<Object> depthwise, Optional<Object> pointwise, Optional<Object> bias) {
    String who = kind();
    var worked = new WorkedWindow(who, toString(), window(), Values.of(who + ".explain", x));
    int channels = worked.channels();
    List<Parameter> kernels = kernels(channels);
    Values each = GivenWeights.of(who, drawn(kernels.get(0)), depthwise);
    Values mixing = GivenWeights.of(who, drawn(kernels.get(1)), pointwise);
    LayerSteps deep =
        worked.convolved(
            Values.of(each.toDoubles(), kernelShape(1, channels * depthMultiplier)),
            channels,
            Optional.empty(),
            Activation.LINEAR);
    LayerSteps mixed =
        new WorkedWindow(who, toString(), onePosition(), deep.result())
            .convolved(mixing, 1, GivenWeights.biases(who, filters, bias), activation());
    return WorkedSeparable.of(deep, channels * depthMultiplier, mixed, filters);
  }

  private static SeparableConvolution<?> separable(SeparableConvolution<?> layer) {
    return layer;
  }

  @Override
  protected List<String> kernels() {
    return List.of(DEPTHWISE, POINTWISE);
  }

  @Override
  int channels(int inputChannels) {
    return filters;
  }

  @Override
  List<Parameter> kernels(int inputChannels) {
    return List.of(
        Parameter.trained(
            DEPTHWISE, Initializers.glorotUniform(), kernelShape(inputChannels, depthMultiplier)),
        Parameter.trained(
            POINTWISE,
            Initializers.glorotUniform(),
            pointwiseShape(Math.multiplyExact(inputChannels, depthMultiplier))));
  }

  /** The extents of a single position, then the channels and the filters. */
  private int[] pointwiseShape(int channels) {
    int[] shape = Arrays.copyOf(onePosition().sizes(), window().axes() + 2);
    shape[shape.length - 2] = channels;
    shape[shape.length - 1] = filters;
    return shape;
  }

  private Window onePosition() {
    int[] ones = new int[window().axes()];
    Arrays.fill(ones, 1);
    return Window.of(ones);
  }

  @Override
  Tensor convolved(
      Graph graph,
      Tensor x,
      Function<String, Parameters.Slot> weights,
      Optional<Parameters.Slot> bias) {
    Tensor deep =
        graph.convolution(
            x, weights.apply(DEPTHWISE), Optional.empty(), window(), Shapes.last(x.shape()));
    return graph.convolution(deep, weights.apply(POINTWISE), bias, onePosition(), 1);
  }

  @Override
  protected String kernelSetting() {
    return "depthwise";
  }

  @Override
  public String toString() {
    return written(filters);
  }

  @Override
  public Optional<Config> config() {
    int rank = window().axes() + 2;
    Config config =
        functionIn(
                windowIn(
                    Config.of("keras.layers", kerasClass())
                        .with("depth_multiplier", depthMultiplier)
                        .with("filters", filters)))
            .with("pointwise_regularizer", saved(penalty(POINTWISE)))
            .with("pointwise_constraint", saved(constraint(POINTWISE), rank));
    return Optional.of(rules(POINTWISE).initializerIn(config, "pointwise"));
  }

  /** The name of Keras's class, for files. */
  abstract String kerasClass();

  /** A copy with the settings of a file. */
  final L read(Settings settings) {
    settings.requireOneOf("groups", 1);
    WeightRules pointwise = WeightRules.from(settings, "pointwise", window().axes() + 2);
    return withSettings(settings, Padding.VALID, Padding.SAME)
        .with(POINTWISE, pointwise)
        .depthMultiplier(settings.integer("depth_multiplier", 1));
  }
}
