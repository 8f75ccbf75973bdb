package org.lossbook.model;

import java.util.List;
import org.lossbook.config.Require;
import org.lossbook.layer.Layer;
import org.lossbook.network.Network;
import org.lossbook.network.NetworkBuilder;

/**
 * Layers one after the other, as an immutable specification; {@link #compile compile} makes a model
 * with weights of it.
 *
 * <pre>{@code
 * sequential(input(784), dense(32).relu(), dense(10).softmax())
 *     .compile(adam(), sparseCategoricalCrossentropy(), accuracy())
 * }</pre>
 */
public final class Sequential extends Blueprint<Sequential> {
  Sequential(Network network) {
    super(network);
  }

  /**
   * These layers, the first of them an input.
   *
   * @throws IllegalArgumentException where a layer cannot take what the one before it gives: names
   *     the layer and the fix
   */
  public static Sequential sequential(Layer... layers) {
    return new Sequential(NetworkBuilder.sequential(Require.list(layers)));
  }

  /** The same of a list, such as a loop has made. */
  public static Sequential sequential(List<? extends Layer> layers) {
    return new Sequential(NetworkBuilder.sequential(layers));
  }

  @Override
  public String kind() {
    return "sequential";
  }
}
