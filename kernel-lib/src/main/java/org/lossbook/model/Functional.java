package org.lossbook.model;

import java.util.Collections;
import java.util.List;
import org.lossbook.layer.Node;
import org.lossbook.network.Network;
import org.lossbook.network.NetworkBuilder;

/**
 * A functional model, as an immutable specification: a network with branches, merges, several
 * inputs and outputs, and shared layers.
 *
 * <pre>{@code
 * var x = input(784);
 * var h = dense(64).relu().of(x);
 * var skip = add().of(h, dense(64).relu().of(h));
 * model(x, dense(10).softmax().of(skip))
 *     .compile(adam(), sparseCategoricalCrossentropy(), accuracy())
 * }</pre>
 *
 * <p>With several inputs a sample has one value for each, {@code model.fit(List.of(images, facts),
 * y, …)}; with several outputs each has a target, {@code List.of(price, sold)}, a loss and a name,
 * which is that of its layer: {@code dense(1).named("price")}.
 */
public final class Functional extends Blueprint<Functional> {
  Functional(Network network) {
    super(network);
  }

  /**
   * The network from one input to one output.
   *
   * @throws IllegalArgumentException if the output also depends on another input
   */
  public static Functional model(Node input, Node output) {
    return model(Collections.singletonList(input), Collections.singletonList(output));
  }

  /** The network from several inputs to one output. */
  public static Functional model(List<? extends Node> inputs, Node output) {
    return model(inputs, Collections.singletonList(output));
  }

  /** The network from one input to several outputs. */
  public static Functional model(Node input, List<? extends Node> outputs) {
    return model(Collections.singletonList(input), outputs);
  }

  /** The network from several inputs to several outputs. */
  public static Functional model(List<? extends Node> inputs, List<? extends Node> outputs) {
    return new Functional(NetworkBuilder.between(inputs, outputs));
  }

  @Override
  public String kind() {
    return "functional";
  }
}
