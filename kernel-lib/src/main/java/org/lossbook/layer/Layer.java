package org.lossbook.layer;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Saveable;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;

/**
 * One step of a network, as an immutable specification. Shapes are without the batch.
 *
 * <p>Most layers take one value; those that join several, such as {@link Merge}, say so by their
 * own {@link #outputShape(List)} and {@link #build(Graph, List, Function)}.
 */
public interface Layer extends Saveable {
  /** Keras's name of the kind, from which automatic names are made: {@code conv2d}. */
  String kind();

  /** The name the reader gave it. */
  Optional<String> name();

  /** The same layer under a name of the reader's. */
  Layer named(String name);

  /**
   * The shape it gives for inputs of that shape.
   *
   * @throws IllegalArgumentException where it cannot take them: who, expected, received, fix
   */
  int[] outputShape(int... inputShape);

  /** The parameters it needs for inputs of that shape. */
  default List<Parameter> parameters(int... inputShape) {
    return List.of();
  }

  /**
   * Says itself in the graph's vocabulary.
   *
   * @param weights gives the place of a parameter by its name within the layer
   */
  Tensor build(Graph graph, Tensor x, Function<String, Parameters.Slot> weights);

  /** What its parameter of that name costs by its size, whatever the loss. */
  default Penalty penalty(String parameter) {
    return Penalty.NONE;
  }

  /** What its outputs cost by their size, divided by the number of samples. */
  default Penalty activityPenalty() {
    return Penalty.NONE;
  }

  /** What its parameter of that name is held to after each step. */
  default Optional<Constraint> constraint(String parameter) {
    return Optional.empty();
  }

  /** The same for a layer that takes several values. */
  default int[] outputShape(List<int[]> inputShapes) {
    return outputShape(LayerChecks.only(this, inputShapes));
  }

  /** The same for a layer that takes several values; none unless it says so. */
  default List<Parameter> parameters(List<int[]> inputShapes) {
    return inputShapes.size() == 1 ? parameters(inputShapes.get(0)) : List.of();
  }

  /** The same for a layer that takes several values. */
  default Tensor build(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    return build(graph, LayerChecks.only(this, inputs), weights);
  }

  /**
   * What it gives for these values: the way to networks that are no straight line. The same layer
   * may be asked again, and shares its weights then.
   *
   * <pre>{@code
   * var x = input(784);
   * var h = dense(64).relu().of(x);
   * var y = dense(10).softmax().of(h);
   * model(x, y).compile(adam(), sparseCategoricalCrossentropy())
   * }</pre>
   *
   * @throws IllegalArgumentException where it cannot take them: who, expected, received, fix
   */
  default Node of(Node... inputs) {
    return LayerCall.of(this, inputs);
  }

  /** The same layer with weights that training leaves as they are. */
  Layer frozen();

  /** Whether training leaves its weights as they are. */
  boolean isFrozen();

  /**
   * What is known of the numbers it gives, whatever its weights and in training too; nothing unless
   * it says so. By this a loss is refused that cannot be trained with a model's end.
   *
   * @param inputs what is known of the numbers it takes, a value each
   * @param inputShapes the shapes of these values
   */
  default Bounds bounds(List<Bounds> inputs, List<int[]> inputShapes) {
    return Bounds.NONE;
  }

  /** Whether it gives the very numbers that it takes, in their order, in another shape at most. */
  default boolean onlyReshapes() {
    return false;
  }

  /** The function at its end; linear where there is none. */
  default Activation activation() {
    return Activation.LINEAR;
  }

  /** The same layer without the function at its end. */
  default Layer linear() {
    return this;
  }
}
