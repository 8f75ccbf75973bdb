package org.lossbook.layer.pooling;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.formula.Expr;
import org.lossbook.layer.LayerValue;
import org.lossbook.layer.function.ElementFormula;

/**
 * Global average pooling: the mean of each channel over the whole sequence. {@code [l, c] -> [c]}
 *
 * <p>Steps that are masked do not count; where none counts the mean is 0, and NaN in Keras.
 *
 * @question What is the mean of each channel over all steps?
 * @use To end a network on sequences of any length.
 * @avoid When the order of the steps matters.
 */
public final class GlobalAveragePooling1d extends GlobalPooling<GlobalAveragePooling1d> {
  /** 1 / x, and finite where x is 0. */
  private static final ElementFormula INVERSE =
      ElementFormula.of("inverse", x -> Expr.of(1).over(x.max(1e-9)));

  public GlobalAveragePooling1d() {
    super(PoolingKind.AVERAGE, 1);
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
    if (mask.isEmpty()) {
      return buildOn(graph, x, weights);
    }
    Tensor counting = LayerValue.asFactor(graph, mask.get(), x); // [l] -> [l, 1]
    Tensor share = graph.mean(counting, 0);
    Tensor mean = graph.mean(graph.product(x, counting), 0); // [l, c] -> [1, c]
    return graph.reshape(
        graph.product(mean, graph.pointwise(share, INVERSE)), outputShape(x.shape()));
  }

  static GlobalAveragePooling1d from(Settings settings) {
    return new GlobalAveragePooling1d().withSettings(settings);
  }
}
