package org.lossbook.layer.normalization;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.NormalizedBy;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Axes;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.weights.Initializers;

/**
 * RMS normalization: divides the numbers along the last axis of each sample by their root mean
 * square, then scales each: scale · x / √(mean x² + ε). Like layer normalization without the mean,
 * and as good in most networks (Zhang and Sennrich, 2019).
 *
 * <p>One parameter with the extents of the normalized axes: scale, initially ones.
 *
 * <pre>{@code
 * rmsNormalization()      // (1, 7) gives (0.2, 1.4): divided by 5, the root of (1 + 49) / 2
 * }</pre>
 *
 * @question Is it enough to divide by the size?
 * @use In transformers, where it is cheaper than layer normalization.
 * @avoid When the mean carries an offset that should go.
 */
public final class RmsNormalization extends BaseLayer<RmsNormalization> {
  private Axes axes = Axes.LAST;
  private double epsilon = 1e-6;

  /**
   * The axes whose numbers are normalized together, numbered as in Keras: −1, the last, by default;
   * as there it can be several only if they are the last ones.
   */
  public RmsNormalization axis(int... axes) {
    Axes given = Axes.of(kind(), axes);
    return with(copy -> copy.axes = given);
  }

  /** Added to the mean square, so that zeros are not divided by zero; 0.000001 by default. */
  public RmsNormalization epsilon(double epsilon) {
    double given = ScaledNormalization.requireEpsilon(kind(), epsilon, "1e-6");
    return with(copy -> copy.epsilon = given);
  }

  @Override
  public String kind() {
    return "rms_normalization";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    int[] places = axes.in(kind(), inputShape);
    if (places[0] != inputShape.length - places.length) {
      throw Messages.wrong(
          "rms_normalization expects the last axes of %s, as Keras does, but receives %s: put permute(…) before it, so that they are last.",
          LayerChecks.batched(inputShape), axes);
    }
    return inputShape.clone();
  }

  @Override
  protected List<Parameter> parametersFor(int... inputShape) {
    outputOf(inputShape);
    return List.of(Parameter.trained("scale", Initializers.ones(), axes.extents(inputShape)));
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.normalization(
        x,
        NormalizedBy.MEAN_SQUARE,
        Optional.of(weights.apply("scale")),
        Optional.empty(),
        epsilon,
        axes.in(kind(), x.shape()));
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "RMSNormalization")
            .with("axis", axes.saved())
            .with("epsilon", epsilon));
  }

  static RmsNormalization from(Settings settings) {
    Axes axes = Axes.from(settings, "axis", Axes.LAST);
    return new RmsNormalization()
        .with(copy -> copy.axes = axes)
        .epsilon(settings.number("epsilon", 1e-6));
  }
}
