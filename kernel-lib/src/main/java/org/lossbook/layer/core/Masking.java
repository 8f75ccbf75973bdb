package org.lossbook.layer.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerValue;

/**
 * Masks the steps of a sequence that are padding: a step counts if any of its numbers differs from
 * the value. Recurrent layers, attention, pooling over steps and the loss skip the others, as long
 * as the layers between pass the mask on. The numbers of a masked step become 0. {@code [t, n] ->
 * [t, n]}
 *
 * @question Which steps are only padding?
 * @use Before recurrent layers, for sequences of different lengths.
 * @avoid After an embedding: {@code maskZero()} does it there.
 */
public final class Masking extends BaseLayer<Masking> {
  private final double value;

  /**
   * @param value what the numbers of a padded step are
   */
  public Masking(double value) {
    if (!Double.isFinite(value)) {
      throw Messages.wrong(
          "masking expects the number that fills padded steps but receives %s: write masking(0), or the number that your data has there.",
          value);
    }
    this.value = value;
  }

  @Override
  public String kind() {
    return "masking";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    if (inputShape.length == 0) {
      throw new IllegalArgumentException(
          "masking expects steps [batch, steps, numbers] but receives [batch]: add reshape(1) before it.");
    }
    return inputShape.clone();
  }

  @Override
  protected boolean givesMask(List<Boolean> inputs, List<int[]> inputShapes) {
    return true;
  }

  @Override
  protected Tensor buildMasked(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    Tensor x = LayerValue.tensor(inputs.get(0));
    Tensor mask = graph.differs(x, (float) value);
    Tensor kept = graph.product(x, LayerValue.asFactor(graph, mask, x));
    return LayerValue.masked(kept, Optional.of(mask));
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return buildMasked(graph, List.of(x), weights);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    Bounds given = inputs.get(0); // a masked step is 0
    return Bounds.between(Math.min(given.low(), 0), Math.max(given.high(), 0));
  }

  @Override
  public String toString() {
    return "masking(" + value + ")";
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "Masking").with("mask_value", value));
  }

  static Masking from(Settings settings) {
    return new Masking(settings.number("mask_value", 0));
  }
}
