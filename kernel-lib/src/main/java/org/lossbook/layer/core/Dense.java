package org.lossbook.layer.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Activations;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.Regularized;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.worked.GivenWeights;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedDense;

/**
 * A dense (fully connected) layer, y = φ(x · kernel + bias): every output sees every input. {@code
 * [n] -> [units]}
 *
 * <p>With more axes it works over the last one, with the same weights at each position: {@code [t,
 * n] -> [t, units]}. To see all of an image at once it needs {@code flatten()} before it.
 *
 * <p>Parameters: kernel {@code [n, units]}, initially Glorot uniform; bias {@code [units]}, zeros.
 * {@code dense(64)} on 576 inputs has 36,928.
 *
 * @question What is the best weighted sum of all inputs?
 * @use For tables, and at the end of most networks.
 * @avoid For images: {@code conv2d} needs far fewer weights.
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

  /**
   * Worked steps on your numbers, with first weights; {@link #explain(Object, Object)} takes yours.
   *
   * @param x one sample, or rows
   */
  @Override
  public LayerSteps explain(Object x) {
    return explained(x, Optional.empty(), Optional.empty());
  }

  /**
   * Worked steps on your numbers: a line for each output.
   *
   * <pre>{@code
   * dense(1).explain(vector(1, 2), vector(0.5, -1)).result().get(0)   // -1.5
   * }</pre>
   *
   * @param kernel its weights, {@code [inputs, units]}; the bias is 0
   * @throws IllegalArgumentException where the shapes do not fit
   */
  public LayerSteps explain(Object x, Object kernel) {
    return explained(x, GivenWeights.kernel(kind(), kernel), Optional.empty());
  }

  /** The same with a bias for each output. */
  public LayerSteps explain(Object x, Object kernel, Object bias) {
    return explained(x, GivenWeights.kernel(kind(), kernel), GivenWeights.bias(kind(), bias));
  }

  private LayerSteps explained(Object x, Optional<Object> kernel, Optional<Object> bias) {
    Values inputs = Values.of("dense.explain", x);
    int[] shape = inputs.rank() == 0 ? new int[] {1} : inputs.shape();
    Parameter weights = drawn(parametersFor(Shapes.last(shape)).get(0));
    return WorkedDense.of(
        this + ": y = φ(x · kernel + bias)",
        inputs,
        GivenWeights.of(kind(), weights, kernel),
        GivenWeights.biases(kind(), units, bias),
        activation());
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
