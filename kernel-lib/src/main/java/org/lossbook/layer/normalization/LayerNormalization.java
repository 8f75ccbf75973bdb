package org.lossbook.layer.normalization;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.NormalizedBy;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Axes;
import org.lossbook.layer.worked.LayerSteps;

/**
 * Layer normalization: gives the numbers along the last axis of each sample mean 0 and variance 1,
 * then scales and shifts each: gamma · (x − mean) / √(variance + ε) + beta. Unlike batch
 * normalization it does the same in training and prediction, whatever the batch (Ba, Kiros and
 * Hinton, 2016).
 *
 * <p>Parameters, each with the extents of the normalized axes: gamma, initially ones; beta, zeros.
 *
 * <pre>{@code
 * layerNormalization()               // [7, 32]: each of 7 rows alone; gamma and beta are [32]
 * layerNormalization().axis(1, 2)    // [7, 32]: all 224 numbers together; they are [7, 32]
 * }</pre>
 *
 * @question How can each sample keep its scale by itself?
 * @use For sequences and transformers.
 * @avoid For images: {@link BatchNormalization} is usually better.
 */
public final class LayerNormalization extends ScaledNormalization<LayerNormalization> {
  private Axes axes = Axes.LAST;
  private boolean rmsScaling;

  /**
   * The axes whose numbers are normalized together, numbered as in Keras: 1 is a sample's first, −1
   * its last, the default.
   */
  public LayerNormalization axis(int... axes) {
    Axes given = Axes.of(kind(), axes);
    return with(copy -> copy.axes = given);
  }

  /**
   * Worked steps on your numbers, with the first gamma and beta, usually 1 and 0: mean, variance,
   * and each number less the mean, divided by the deviation.
   *
   * <pre>{@code
   * layerNormalization().explain(vector(1, 3)).result().get(1)   // 0.9995003746877732
   * }</pre>
   *
   * @param x one sample, or rows, normalized along the last axis
   */
  @Override
  public LayerSteps explain(Object x) {
    return explained(x, Optional.empty(), Optional.empty());
  }

  @Override
  LayerSteps explained(Object x, Optional<Object> gamma, Optional<Object> beta) {
    if (!axes.equals(Axes.LAST) || rmsScaling) {
      throw new IllegalArgumentException(
          "layer_normalization.explain expects the last axis and no rmsScaling but receives others: write layerNormalization().explain(x).");
    }
    Values rows = Values.of("layerNormalization.explain", x);
    int width = rows.rank() == 0 ? 1 : rows.shape()[rows.rank() - 1];
    return worked(rows, gamma, beta, width)
        .ofRows("layer normalization: (x − mean)/√(variance + ε)");
  }

  @Override
  public String kind() {
    return "layer_normalization";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    axes.in(kind(), inputShape);
    return inputShape.clone();
  }

  @Override
  protected List<Parameter> parametersFor(int... inputShape) {
    outputOf(inputShape);
    return gammaAndBeta(axes.extents(inputShape));
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.normalization(
        x,
        rmsScaling ? NormalizedBy.DEVIATION_ALONE : NormalizedBy.DEVIATION,
        gamma(weights),
        beta(weights),
        epsilon(),
        axes.in(kind(), x.shape()));
  }

  /** Of n numbers with mean 0 and variance 1 none is above √(n − 1). */
  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    if (rmsScaling || !isPlain()) {
      return Bounds.NONE;
    }
    double most = Math.sqrt(Shapes.size(axes.extents(inputShapes.get(0))) - 1);
    return Bounds.between(-most, most);
  }

  @Override
  public Optional<Config> config() {
    Config config = Config.of("keras.layers", "LayerNormalization").with("axis", axes.saved());
    return Optional.of(scalingIn(config.with("rms_scaling", rmsScaling), axes.count()));
  }

  static LayerNormalization from(Settings settings) {
    Axes axes = Axes.from(settings, "axis", Axes.LAST);
    boolean rmsScaling = settings.flag("rms_scaling", false);
    LayerNormalization layer = new LayerNormalization();
    LayerNormalization read =
        layer
            .with(layer.scalingFrom(settings, axes.count()))
            .with(copy -> copy.axes = axes)
            .with(copy -> copy.rmsScaling = rmsScaling);
    return rmsScaling ? read.scale(true).center(false) : read;
  }
}
