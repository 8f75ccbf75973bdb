package org.lossbook.layer.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Activations;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.Regularized;
import org.lossbook.layer.weights.Initializers;

/**
 * A dense (fully connected) layer, y = φ(x · kernel + bias): every output sees every input. {@code
 * [n] -> [units]}
 *
 * <p>With more axes it works over the last one, with the same weights at each position: {@code [t,
 * n] -> [t, units]}. To see all of an image at once it needs {@code flatten()} before it.
 *
 * <p>Parameters: kernel {@code [n, units]}, initially Glorot uniform; bias {@code [units]}, zeros.
 * {@code dense(64)} on 576 inputs has 36,928.
 */
public final class Dense extends Regularized<Dense> {
  private final int units;
  private boolean useBias = true;

  public Dense(int units) {
    this.units = LayerChecks.requirePositive("dense", "units", units);
  }

  /** Whether to add a bias; true by default. */
  public Dense useBias(boolean useBias) {
    return with(copy -> copy.useBias = useBias);
  }

  @Override
  public String kind() {
    return "dense";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    if (inputShape.length == 0) {
      throw new IllegalArgumentException(
          "dense expects rows [batch, inputs] but receives [batch]: add reshape(1) before it.");
    }
    int[] shape = inputShape.clone();
    shape[shape.length - 1] = units;
    return shape;
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected List<Parameter> parametersFor(int... inputShape) {
    outputShape(inputShape);
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(
        Parameter.trained("kernel", Initializers.glorotUniform(), Shapes.last(inputShape), units));
    if (useBias) {
      parameters.add(Parameter.trained("bias", Initializers.zeros(), units));
    }
    return parameters;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    Optional<Parameters.Slot> bias =
        useBias ? Optional.of(weights.apply("bias")) : Optional.empty();
    return graph.activation(graph.dense(x, weights.apply("kernel"), bias), activation());
  }

  @Override
  public String toString() {
    return "dense(" + units + ")";
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        regularizersIn(
            Config.of("keras.layers", "Dense")
                .with("units", units)
                .with("activation", Activations.saved(activation()))
                .with("use_bias", useBias),
            2));
  }

  static Dense from(Settings settings) {
    Dense layer = new Dense(settings.integer("units"));
    return layer
        .with(layer.regularizersFrom(settings, 2))
        .useBias(settings.flag("use_bias", true))
        .with(Activations.from(settings, 1));
  }
}
