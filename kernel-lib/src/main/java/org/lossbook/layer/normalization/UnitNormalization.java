package org.lossbook.layer.normalization;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.NormalizedBy;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Axes;
import org.lossbook.layer.BaseLayer;

/**
 * Unit normalization: divides the numbers along the last axis of each sample by their Euclidean
 * norm, x / √(Σ x²), so that each row has length 1 and a dot product of two is the cosine of their
 * angle. A row of zeros stays one, and passes no gradient on. It has no parameters.
 *
 * <pre>{@code
 * unitNormalization()     // (3, 4) gives (0.6, 0.8)
 * }</pre>
 *
 * @question What if only the direction counted?
 * @use Before dot products of embeddings.
 * @avoid When the length carries information.
 */
public final class UnitNormalization extends BaseLayer<UnitNormalization> {
  private static final double SMALLEST_NORM = 1e-12;

  private Axes axes = Axes.LAST;

  /**
   * The axes whose numbers are normalized together, numbered as in Keras: 1 is a sample's first, −1
   * its last, the default.
   */
  public UnitNormalization axis(int... axes) {
    Axes given = Axes.of(kind(), axes);
    return with(copy -> copy.axes = given);
  }

  @Override
  public String kind() {
    return "unit_normalization";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    axes.in(kind(), inputShape);
    return inputShape.clone();
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.normalization(
        x,
        NormalizedBy.LENGTH,
        Optional.empty(),
        Optional.empty(),
        SMALLEST_NORM,
        axes.in(kind(), x.shape()));
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return Bounds.between(inputs.get(0).areNeverNegative() ? 0 : -1, 1);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "UnitNormalization").with("axis", axes.saved()));
  }

  static UnitNormalization from(Settings settings) {
    Axes axes = Axes.from(settings, "axis", Axes.LAST);
    return new UnitNormalization().with(copy -> copy.axes = axes);
  }
}
