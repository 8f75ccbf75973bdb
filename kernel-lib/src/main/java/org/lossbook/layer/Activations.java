package org.lossbook.layer;

import java.util.Map;
import java.util.TreeMap;
import org.lossbook.engine.Activation;

/** Keras's names of the functions a layer may end in. */
final class Activations {
  private static final Map<String, Activation> BY_NAME =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("linear", Activation.LINEAR),
              Map.entry("relu", Activation.RELU),
              Map.entry("sigmoid", Activation.SIGMOID),
              Map.entry("tanh", Activation.TANH),
              Map.entry("leaky_relu", Activation.leakyRelu(0.2)),
              Map.entry("elu", Activation.elu(1)),
              Map.entry("gelu", Activation.GELU),
              Map.entry("swish", Activation.SWISH),
              Map.entry("silu", Activation.SWISH),
              Map.entry("softplus", Activation.SOFTPLUS),
              Map.entry("softmax", Activation.SOFTMAX)));

  private Activations() {}

  static Activation named(String name) {
    Activation activation = BY_NAME.get(name);
    if (activation == null) {
      throw new IllegalArgumentException(
          "activation expects one of "
              + BY_NAME.keySet()
              + " but receives \""
              + name
              + "\": use one of these names.");
    }
    return activation;
  }
}
