package org.lossbook.layer.regularization;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;

/**
 * Dropout: during training sets each number to zero with probability {@code rate} and multiplies
 * the others by 1 / (1 − rate), so that the expected sum stays the same; during prediction it does
 * nothing (Srivastava et al., 2014). The shape stays the same.
 *
 * @question Does the network manage when any number may be missing?
 * @use In dense layers that overfit.
 * @avoid Between convolutions: neighbours give away what is missing.
 */
public final class Dropout extends BaseLayer<Dropout> {
  private final double rate;
  private NoiseShape noiseShape = NoiseShape.WHOLE;

  public Dropout(double rate) {
    this.rate = LayerChecks.requireRate("dropout", rate);
  }

  /**
   * Drops numbers together along the axes that have an extent of 1 here: {@code noiseShape(1, 64)}
   * drops whole columns of samples {@code [t, 64]}. −1 stands for the input's extent.
   */
  public Dropout noiseShape(int... extents) {
    NoiseShape given = NoiseShape.of("dropout", extents);
    return with(copy -> copy.noiseShape = given);
  }

  @Override
  public String kind() {
    return "dropout";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    noiseShape.in(kind(), inputShape);
    return inputShape.clone();
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.dropout(x, rate, noiseShape.in(kind(), x.shape()));
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return LayerChecks.dropped(inputs.get(0), rate);
  }

  @Override
  public Optional<Config> config() {
    Config config = Config.of("keras.layers", "Dropout").with("rate", rate);
    return Optional.of(
        noiseShape == NoiseShape.WHOLE ? config : config.with("noise_shape", noiseShape.saved()));
  }

  static Dropout from(Settings settings) {
    settings.ignore("seed");
    NoiseShape shape = NoiseShape.from(settings);
    return new Dropout(settings.number("rate")).with(copy -> copy.noiseShape = shape);
  }
}
