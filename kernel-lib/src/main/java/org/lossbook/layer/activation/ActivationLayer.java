package org.lossbook.layer.activation;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Activations;
import org.lossbook.layer.LastAxis;
import org.lossbook.layer.LayerWithActivation;

/**
 * An activation layer: applies an activation function to each number of its input, {@code
 * activation("relu")}. The shape stays the same.
 */
public final class ActivationLayer extends LayerWithActivation<ActivationLayer> {
  private LastAxis axis = LastAxis.LAST;

  public ActivationLayer(String name) {
    this(Activations.named(name));
  }

  ActivationLayer(Activation activation) {
    super(activation);
  }

  @Override
  public String kind() {
    return "activation";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    axis.check(activation().kerasName(), inputShape);
    return inputShape.clone();
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.activation(x, activation());
  }

  @Override
  protected Bounds beforeFunction(List<Bounds> inputs) {
    return inputs.get(0);
  }

  @Override
  public Optional<Config> config() {
    Object saved = Activations.saved(activation());
    return Optional.of(
        saved instanceof Config layer && !layer.isOurs()
            ? layer
            : Config.of("keras.layers", "Activation").with("activation", saved));
  }

  static ActivationLayer from(Settings settings) {
    return of(Activations.from(settings));
  }

  /** Reads one of the classes that Keras has for a single function, such as {@code LeakyReLU}. */
  static ActivationLayer ofClass(Settings settings) {
    return of(Activations.ofClass(settings));
  }

  private static ActivationLayer of(Activations.ActivationOnAxis read) {
    return new ActivationLayer(read.activation()).with(copy -> copy.axis = read.axis());
  }
}
