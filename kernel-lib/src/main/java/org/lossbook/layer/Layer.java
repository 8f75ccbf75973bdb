package org.lossbook.layer;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Saveable;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.merging.Merge;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.layer.worked.LayerSteps;

/**
 * A layer of a network, as an immutable specification. Shapes are those of one sample, without the
 * batch.
 *
 * <p>Most layers take one input; those that merge several, such as {@link Merge}, override {@link
 * #outputShape(List)} and {@link #build(Graph, List, Function)}.
 */
public interface Layer extends Saveable {
  /**
   * Keras's class in snake_case: {@code conv2d}. Automatic names, messages and golden files use it.
   */
  String kind();

  /** The name given by {@link #named}, if any. */
  Optional<String> name();

  /** The same layer with this name. */
  Layer named(String name);

  /**
   * The output shape for inputs of that shape.
   *
   * @throws IllegalArgumentException where it cannot take them: names who, expected, received and
   *     the fix
   */
  int[] outputShape(int... inputShape);

  /** The parameters it needs for inputs of that shape. */
  default List<Parameter> parameters(int... inputShape) {
    return List.of();
  }

  /**
   * Adds this layer's operations to the graph.
   *
   * @param weights the slot of each parameter, by its name within the layer
   */
  Tensor build(Graph graph, Tensor x, Function<String, Parameters.Slot> weights);

  /** The regularizer of its parameter of that name. */
  default Regularizer penalty(String parameter) {
    return Regularizer.NONE;
  }

  /** The regularizer of its outputs, averaged over the samples. */
  default Regularizer activityPenalty() {
    return Regularizer.NONE;
  }

  /** The constraint of its parameter of that name, applied after each step. */
  default Optional<Constraint> constraint(String parameter) {
    return Optional.empty();
  }

  /**
   * How many power iterations measure the spectral norm that its parameter of that name is divided
   * by before each training step; none for most.
   */
  default OptionalInt powerIterations(String parameter) {
    return OptionalInt.empty();
  }

  /**
   * The output shape for inputs of these shapes, for a layer that takes several; by default a layer
   * takes one.
   */
  default int[] outputShape(List<int[]> inputShapes) {
    return outputShape(LayerChecks.requireOne(this, inputShapes));
  }

  /**
   * The shapes of all its outputs, for a layer that has further ones, such as a state; by default
   * it has one output.
   */
  default List<int[]> outputShapes(List<int[]> inputShapes) {
    return List.of(outputShape(inputShapes));
  }

  /**
   * Whether its output has a mask, which says of each step whether it counts or is padding.
   *
   * @param inputs whether each input has one
   * @param inputShapes the shapes of the inputs
   */
  default boolean hasMask(List<Boolean> inputs, List<int[]> inputShapes) {
    return false;
  }

  /** Whether it takes the mask of its inputs into account, so that nothing is lost with it. */
  default boolean usesMasks() {
    return false;
  }

  /**
   * The parameters it needs for inputs of these shapes; by default a layer of several inputs has
   * none.
   */
  default List<Parameter> parameters(List<int[]> inputShapes) {
    return inputShapes.size() == 1 ? parameters(inputShapes.get(0)) : List.of();
  }

  /**
   * Adds the operations of a layer that takes several inputs to the graph; by default a layer takes
   * one.
   */
  default Tensor build(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    return build(graph, LayerChecks.requireOne(this, inputs), weights);
  }

  /**
   * Applies the layer to these values, for networks that branch and merge (the functional API). A
   * layer that is applied several times shares its weights.
   *
   * <pre>{@code
   * var x = input(784);
   * var h = dense(64).relu().of(x);
   * var y = dense(10).softmax().of(h);
   * model(x, y).compile(adam(), sparseCategoricalCrossentropy())
   * }</pre>
   *
   * @throws IllegalArgumentException where it cannot take them: names who, expected, received and
   *     the fix
   */
  default Node of(Node... inputs) {
    return LayerCall.of(this, inputs);
  }

  /** The same layer with weights that training does not change. */
  Layer frozen();

  /** The same layer with weights that training changes, or does not. */
  Layer trainable(boolean trainable);

  /** Whether training leaves its weights unchanged. */
  boolean isFrozen();

  /**
   * The bounds of its outputs that hold for any weights, in training too; none by default. They
   * tell which losses the end of a model does not fit.
   *
   * @param inputs the bounds of each input
   * @param inputShapes the shapes of the inputs
   */
  default Bounds bounds(List<Bounds> inputs, List<int[]> inputShapes) {
    return Bounds.NONE;
  }

  /** Whether it outputs its inputs unchanged and in order, in another shape at most. */
  default boolean onlyReshapes() {
    return false;
  }

  /**
   * How many numbers of a sample a plan keeps for it beside its outputs; 0, the default, where they
   * are about as many as those.
   *
   * @param training whether there is a backward pass
   */
  default long keptNumbers(List<int[]> inputShapes, boolean training) {
    return 0;
  }

  /** Whether it begins a batch with the states that the last batch ended with. */
  default boolean isStateful() {
    return false;
  }

  /**
   * How often it takes the one value of a chain of layers: attention takes it twice, as what asks
   * and as what is asked. By default once.
   */
  default int timesInChain() {
    return 1;
  }

  /**
   * Where a file of Keras's has its parameter of that name: the layer within it, such as {@code
   * cell}; empty, which is the default, for the layer itself.
   */
  default String groupOf(String parameter) {
    return "";
  }

  /** How a file of Keras's writes its calls; by default several values are one list. */
  default CallArguments callArguments() {
    return CallArguments.LIST;
  }

  /**
   * The layer for a call with this argument in a file of Keras's, which is not a value; empty,
   * which is the default, if it has no such argument.
   */
  default Optional<Layer> calledWith(String argument, Object value) {
    return Optional.empty();
  }

  /**
   * Worked steps on your numbers. Layers with weights, pooling, normalizations, attention and
   * activation functions have them; the others refuse by default.
   *
   * @param x one sample
   * @throws IllegalArgumentException for a layer without worked steps
   */
  default LayerSteps explain(Object x) {
    throw Messages.wrong(
        "%s.explain expects a layer with worked steps but %s has none: card(…) says what the layer does, and sequential(input(…), …).build().predict(x) what it gives.",
        kind(), kind());
  }

  /** The activation function at its end; linear where there is none. */
  default Activation activation() {
    return Activation.LINEAR;
  }

  /** The same layer without an activation function. */
  default Layer linear() {
    return this;
  }
}
