package org.lossbook.layer.normalization;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Initializer;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Axes;
import org.lossbook.layer.LayerValue;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.weights.WeightRules;
import org.lossbook.layer.worked.LayerSteps;

/**
 * Batch normalization: gives each channel (by default the last axis) mean 0 and variance 1 over the
 * batch, then scales and shifts it: gamma · (x − mean) / √(variance + ε) + beta. Training uses the
 * batch's own statistics and updates moving averages, which predictions use: moving = momentum ·
 * moving + (1 − momentum) · batch (Ioffe and Szegedy, 2015). Steps that are masked do not count in
 * a batch's statistics.
 *
 * <p>Parameters, each {@code [channels]}: gamma, initially ones; beta, zeros; and two that are not
 * trained: moving_mean, zeros; moving_variance, ones.
 *
 * @question How can each channel keep its scale during training?
 * @use For convolutional networks with batches of 16 or more.
 * @avoid For tiny batches or sequences: use {@link LayerNormalization}.
 */
public final class BatchNormalization extends ScaledNormalization<BatchNormalization> {
  private static final String MEAN = "moving_mean";
  private static final String VARIANCE = "moving_variance";

  private double momentum = 0.99;
  private Axes axis = Axes.LAST;

  /** The share of the moving averages that a batch keeps; 0.99 by default. */
  public BatchNormalization momentum(double momentum) {
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          "batch_normalization expects a momentum from 0 to 1 but receives " + momentum + ".");
    }
    return with(copy -> copy.momentum = momentum);
  }

  /**
   * The axis of the channels, numbered as in Keras: 1 is a sample's first, −1 its last, the
   * default.
   */
  public BatchNormalization axis(int axis) {
    Axes given = Axes.of(kind(), axis);
    return with(copy -> copy.axis = given);
  }

  /** The initializer of the moving mean, {@code zeros()} by default. */
  public BatchNormalization movingMeanInitializer(Initializer initializer) {
    return initialized(List.of(MEAN), "movingMeanInitializer", initializer);
  }

  /** The initializer of the moving variance, {@code ones()} by default. */
  public BatchNormalization movingVarianceInitializer(Initializer initializer) {
    return initialized(List.of(VARIANCE), "movingVarianceInitializer", initializer);
  }

  /**
   * Worked steps on your numbers as in training, with the first gamma and beta, usually 1 and 0:
   * each channel's mean and variance over the batch, and each number less the mean, divided by the
   * deviation.
   *
   * <pre>{@code
   * batchNormalization().explain(matrix(row(1), row(3))).result().get(1)   // 0.9995003746877732
   * }</pre>
   *
   * @param x a row for each sample, or any batch {@code [n, …]}; the axis of the channels is this
   *     layer's
   */
  @Override
  public LayerSteps explain(Object x) {
    return explained(x, Optional.empty(), Optional.empty());
  }

  @Override
  LayerSteps explained(Object x, Optional<Object> gamma, Optional<Object> beta) {
    Values batch = Values.of("batchNormalization.explain", x);
    int[] shape = batch.shape();
    int[] sample = Arrays.copyOfRange(shape, Math.min(1, shape.length), shape.length);
    outputOf(sample);
    int channels = axis.in(kind(), sample)[0];
    return worked(batch, gamma, beta, sample[channels])
        .ofChannels(
            "batch normalization in training: (x − mean)/√(variance + ε) over the batch",
            channels + 1);
  }

  @Override
  public String kind() {
    return "batch_normalization";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    if (inputShape.length == 0) {
      throw new IllegalArgumentException(
          "batch_normalization expects channels [batch, …, channels] but receives [batch]: add"
              + " reshape(1) before it.");
    }
    axis.in(kind(), inputShape);
    return inputShape.clone();
  }

  @Override
  protected List<Parameter> parametersFor(int... inputShape) {
    outputOf(inputShape);
    int channels = inputShape[axis.in(kind(), inputShape)[0]];
    List<Parameter> parameters = gammaAndBeta(channels);
    parameters.add(Parameter.kept(MEAN, Initializers.zeros(), channels));
    parameters.add(Parameter.kept(VARIANCE, Initializers.ones(), channels));
    return parameters;
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  public boolean usesMasks() {
    return true;
  }

  @Override
  protected Tensor buildMasked(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    Tensor x = LayerValue.tensor(inputs.get(0));
    Optional<Tensor> mask = LayerValue.mask(inputs.get(0));
    return build(graph, x, mask.map(rows -> LayerValue.atEachRow(graph, rows, x)), weights);
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return build(graph, x, Optional.empty(), weights);
  }

  private Tensor build(
      Graph graph, Tensor x, Optional<Tensor> mask, Function<String, Parameters.Slot> weights) {
    return graph.batchNormalization(
        x,
        mask,
        axis.in(kind(), x.shape())[0],
        gamma(weights),
        beta(weights),
        weights.apply(MEAN),
        weights.apply(VARIANCE),
        momentum,
        epsilon(),
        isFrozen());
  }

  @Override
  public Optional<Config> config() {
    Config config =
        scalingIn(
            Config.of("keras.layers", "BatchNormalization")
                .with("axis", axis.saved())
                .with("momentum", momentum),
            1);
    return Optional.of(
        rules(VARIANCE).initializerIn(rules(MEAN).initializerIn(config, MEAN), VARIANCE));
  }

  static BatchNormalization from(Settings settings) {
    settings.ignore("renorm_momentum", "synchronized");
    Axes axis = Axes.one(settings, "axis");
    var layer = new BatchNormalization().momentum(settings.number("momentum", 0.99));
    WeightRules mean = WeightRules.from(settings, MEAN, 1);
    WeightRules variance = WeightRules.from(settings, VARIANCE, 1);
    return layer
        .with(layer.scalingFrom(settings, 1))
        .with(MEAN, mean)
        .with(VARIANCE, variance)
        .with(copy -> copy.axis = axis);
  }
}
