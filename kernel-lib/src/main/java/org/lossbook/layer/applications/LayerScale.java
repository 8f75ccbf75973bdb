package org.lossbook.layer.applications;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;

/**
 * Layer scale: multiplies each channel (the last axis) by a trained weight, gamma · x, small at
 * first, so that a deep network of residual blocks begins near the identity (Touvron et al. 2021,
 * <i>Going deeper with image transformers</i>). ConvNeXt ends each block with it.
 *
 * <p>Parameter: gamma {@code [channels]}.
 *
 * @question How can a residual block begin near the identity?
 * @use In deep networks of residual blocks, such as ConvNeXt.
 * @avoid In shallow networks, which train without it.
 */
public final class LayerScale extends BaseLayer<LayerScale> {
  private final double initial;
  private final int channels;

  /**
   * @param initial the initial value of all weights, 1e-6 in ConvNeXt
   * @param channels how many there are
   */
  public LayerScale(double initial, int channels) {
    if (!Double.isFinite(initial)) {
      throw new IllegalArgumentException(
          "layerScale expects a finite initial value but receives "
              + initial
              + ": ConvNeXt begins with 1e-6.");
    }
    this.initial = initial;
    this.channels = LayerChecks.requirePositive("layerScale", "channels", channels);
  }

  @Override
  public String kind() {
    return "layer_scale";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    if (inputShape.length == 0 || Shapes.last(inputShape) != channels) {
      throw Messages.wrong(
          "layerScale expects [batch, …, %d] but receives %s: give it as many channels, layerScale(%s, %d).",
          channels, LayerChecks.batched(inputShape), initial, Shapes.last(inputShape));
    }
    return inputShape.clone();
  }

  @Override
  protected List<Parameter> parametersFor(int... inputShape) {
    return List.of(
        Parameter.trained(
            "gamma", (values, shape, random) -> Arrays.fill(values, (float) initial), channels));
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.scale(x, weights.apply("gamma"));
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.src.applications.convnext", "LayerScale")
            .with("init_values", initial)
            .with("projection_dim", channels));
  }

  static LayerScale from(Settings settings) {
    return new LayerScale(settings.number("init_values"), settings.integer("projection_dim"));
  }
}
