package org.lossbook.layer.normalization;

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
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LastAxis;
import org.lossbook.layer.weights.Initializers;

/**
 * Batch normalization: gives each channel (the last axis) mean 0 and variance 1 over the batch,
 * then scales and shifts it: gamma · (x − mean) / √(variance + ε) + beta. Training uses the batch's
 * own statistics and updates moving averages, which predictions use: moving = momentum · moving +
 * (1 − momentum) · batch (Ioffe and Szegedy, 2015).
 *
 * <p>Parameters, each {@code [channels]}: gamma, initially ones; beta, zeros; and two that are not
 * trained: moving_mean, zeros; moving_variance, ones.
 */
public final class BatchNormalization extends BaseLayer<BatchNormalization> {
  private double momentum = 0.99;
  private double epsilon = 1e-3;
  private boolean scale = true;
  private boolean center = true;
  private LastAxis axis = LastAxis.LAST;

  /** The share of the moving averages that a batch keeps; 0.99 by default. */
  public BatchNormalization momentum(double momentum) {
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          "batch_normalization expects a momentum from 0 to 1 but receives " + momentum + ".");
    }
    return with(copy -> copy.momentum = momentum);
  }

  /**
   * Added to the variance, so that a constant channel does not divide by zero; 0.001 by default.
   */
  public BatchNormalization epsilon(double epsilon) {
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException(
          "batch_normalization expects an epsilon above 0 but receives " + epsilon + ".");
    }
    return with(copy -> copy.epsilon = epsilon);
  }

  /** Whether to multiply by gamma; true by default. */
  public BatchNormalization scale(boolean scale) {
    return with(copy -> copy.scale = scale);
  }

  /** Whether to add beta; true by default. */
  public BatchNormalization center(boolean center) {
    return with(copy -> copy.center = center);
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
    axis.check(kind(), inputShape);
    return inputShape.clone();
  }

  @Override
  protected List<Parameter> parametersFor(int... inputShape) {
    int channels = outputShape(inputShape)[inputShape.length - 1];
    List<Parameter> parameters = new ArrayList<>();
    if (scale) {
      parameters.add(Parameter.trained("gamma", Initializers.ones(), channels));
    }
    if (center) {
      parameters.add(Parameter.trained("beta", Initializers.zeros(), channels));
    }
    parameters.add(Parameter.kept("moving_mean", Initializers.zeros(), channels));
    parameters.add(Parameter.kept("moving_variance", Initializers.ones(), channels));
    return parameters;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.batchNormalization(
        x,
        scale ? Optional.of(weights.apply("gamma")) : Optional.empty(),
        center ? Optional.of(weights.apply("beta")) : Optional.empty(),
        weights.apply("moving_mean"),
        weights.apply("moving_variance"),
        momentum,
        epsilon,
        isFrozen());
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "BatchNormalization")
            .with("axis", -1)
            .with("momentum", momentum)
            .with("epsilon", epsilon)
            .with("center", center)
            .with("scale", scale));
  }

  static BatchNormalization from(Settings settings) {
    settings
        .ignore("beta_initializer", "gamma_initializer", "renorm_momentum")
        .ignore("moving_mean_initializer", "moving_variance_initializer");
    LastAxis axis = LastAxis.from(settings);
    return new BatchNormalization()
        .with(copy -> copy.axis = axis)
        .momentum(settings.number("momentum", 0.99))
        .epsilon(settings.number("epsilon", 1e-3))
        .center(settings.flag("center", true))
        .scale(settings.flag("scale", true));
  }
}
