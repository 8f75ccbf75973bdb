package org.lossbook.model;

import java.util.Collections;
import java.util.List;
import org.lossbook.layer.Node;
import org.lossbook.network.Network;
import org.lossbook.network.NetworkBuilder;

/**
 * A network from some values to others, as an immutable specification: with branches, joints,
 * several inputs and outputs, layers used more than once.
 *
 * <pre>{@code
 * var x = input(784);
 * var h = dense(64).relu().of(x);
 * var skip = add().of(h, dense(64).relu().of(h));
 * model(x, dense(10).softmax().of(skip))
 *     .compile(adam(), sparseCategoricalCrossentropy(), accuracy())
 * }</pre>
 *
 * <p>Of several inputs a sample is one of each, {@code model.fit(List.of(images, facts), y, …)}; of
 * several outputs each has a target, {@code List.of(price, sold)}, a loss and a name, that of the
 * layer that gives it: {@code dense(1).named("price")}.
 */
public final class Functional extends Blueprint<Functional> {
  Functional(Network network) {
    super(network);
  }

  /**
   * The network from one value to another.
   *
   * @throws IllegalArgumentException where the output depends on another input too
   */
  public static Functional model(Node input, Node output) {
    return model(Collections.singletonList(input), Collections.singletonList(output));
  }

  /** The network from several values to one. */
  public static Functional model(List<? extends Node> inputs, Node output) {
    return model(inputs, Collections.singletonList(output));
  }

  /** The network from one value to several. */
  public static Functional model(Node input, List<? extends Node> outputs) {
    return model(Collections.singletonList(input), outputs);
  }

  /** The network from several values to several others. */
  public static Functional model(List<? extends Node> inputs, List<? extends Node> outputs) {
    return new Functional(NetworkBuilder.between(inputs, outputs));
  }

  @Override
  public String kind() {
    return "functional";
  }
}
