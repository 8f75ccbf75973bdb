package org.lossbook.model;

import java.util.List;
import org.lossbook.config.Require;
import org.lossbook.layer.Layer;
import org.lossbook.network.Network;
import org.lossbook.network.NetworkBuilder;

/**
 * A sequential model, layers one after the other, as an immutable specification; {@link #compile
 * compile} turns it into a model with weights.
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
   * The network of these layers, the first of them an input.
   *
   * @throws IllegalArgumentException if a layer does not accept the output of the one before it;
   *     the message names the layer and the fix
   */
  public static Sequential sequential(Layer... layers) {
    return new Sequential(NetworkBuilder.sequential(Require.list(layers)));
  }

  /** The same from a list, such as one filled in a loop. */
  public static Sequential sequential(List<? extends Layer> layers) {
    return new Sequential(NetworkBuilder.sequential(layers));
  }

  @Override
  public String kind() {
    return "sequential";
  }
}
