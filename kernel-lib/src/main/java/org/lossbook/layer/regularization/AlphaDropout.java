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
 * Alpha dropout: during training sets each number to the lowest value of a SELU with probability
 * {@code rate}, then scales and shifts all of them so that a mean of 0 and a variance of 1 remain,
 * as a self-normalizing network needs (Klambauer et al. 2017, <i>Self-normalizing neural
 * networks</i>); during prediction it does nothing. The shape stays the same.
 *
 * @question How can numbers be dropped without losing SELU's scale?
 * @use In networks of SELU layers.
 * @avoid With other activations: use {@link Dropout}.
 */
public final class AlphaDropout extends BaseLayer<AlphaDropout> {
  private final double rate;
  private NoiseShape noiseShape = NoiseShape.WHOLE;

  public AlphaDropout(double rate) {
    this.rate = LayerChecks.requireRate("alphaDropout", rate);
  }

  /**
   * Drops numbers together along the axes that have an extent of 1 here: {@code noiseShape(1, 64)}
   * drops whole columns of samples {@code [t, 64]}. −1 stands for the input's extent.
   */
  public AlphaDropout noiseShape(int... extents) {
    NoiseShape given = NoiseShape.of("alphaDropout", extents);
    return with(copy -> copy.noiseShape = given);
  }

  @Override
  public String kind() {
    return "alpha_dropout";
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
    return graph.alphaDropout(x, rate, noiseShape.in(kind(), x.shape()));
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return rate == 0 ? inputs.get(0) : Bounds.NONE;
  }

  @Override
  public Optional<Config> config() {
    Config config = Config.of("keras.layers", "AlphaDropout").with("rate", rate);
    return Optional.of(
        noiseShape == NoiseShape.WHOLE ? config : config.with("noise_shape", noiseShape.saved()));
  }

  static AlphaDropout from(Settings settings) {
    settings.ignore("seed");
    NoiseShape shape = NoiseShape.from(settings);
    return new AlphaDropout(settings.number("rate")).with(copy -> copy.noiseShape = shape);
  }
}
