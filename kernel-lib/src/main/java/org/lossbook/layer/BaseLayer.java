package org.lossbook.layer;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Refined;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;

/**
 * What all layers share: a name, whether training moves them, and refinement by copies.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class BaseLayer<L extends BaseLayer<L>> extends Refined<L> implements Layer {
  private String name = "";
  private boolean frozen;

  @Override
  public Optional<String> name() {
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  @Override
  public L named(String name) {
    String checked = LayerChecks.name(kind(), name);
    return with(copy -> setName(copy, checked));
  }

  @Override
  public final int[] outputShape(List<int[]> inputShapes) {
    return outputOf(LayerChecks.each(this, inputShapes, int[].class, "shapes"));
  }

  @Override
  public final int[] outputShape(int... inputShape) {
    return outputShape(Collections.singletonList(inputShape));
  }

  @Override
  public final List<Parameter> parameters(List<int[]> inputShapes) {
    List<int[]> shapes = LayerChecks.each(this, inputShapes, int[].class, "shapes");
    return shapes.size() == 1 ? parametersFor(shapes.get(0)) : List.of();
  }

  @Override
  public final List<Parameter> parameters(int... inputShape) {
    return parameters(Collections.singletonList(inputShape));
  }

  @Override
  public final Tensor build(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    LayerChecks.buildable(this, graph, weights);
    List<Tensor> values = LayerChecks.each(this, inputs, Tensor.class, "values");
    outputOf(values.stream().map(Tensor::shape).toList());
    return buildOn(graph, values, weights);
  }

  @Override
  public final Tensor build(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return build(graph, Collections.singletonList(x), weights);
  }

  @Override
  public final Bounds bounds(List<Bounds> inputs, List<int[]> inputShapes) {
    List<Bounds> known = LayerChecks.each(this, inputs, Bounds.class, "bounds");
    outputShape(inputShapes);
    if (known.size() != inputShapes.size()) {
      throw new IllegalArgumentException(
          "%s expects bounds for each value before it but receives %d for %d: give as many."
              .formatted(kind(), known.size(), inputShapes.size()));
    }
    return boundsOf(known, inputShapes);
  }

  /** {@link #bounds(List, List)}, where none is missing. */
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return Bounds.NONE;
  }

  /** {@link #outputShape(List)}, where none is missing. */
  protected int[] outputOf(List<int[]> inputShapes) {
    return outputOf(LayerChecks.only(this, inputShapes));
  }

  /** {@link #outputShape(int...)}, where it is not missing. */
  protected abstract int[] outputOf(int... inputShape);

  /** {@link #parameters(int...)}, where the shape is not missing. */
  protected List<Parameter> parametersFor(int... inputShape) {
    return List.of();
  }

  /** {@link #build(Graph, List, Function)}, where nothing is missing. */
  protected Tensor buildOn(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    return buildOn(graph, LayerChecks.only(this, inputs), weights);
  }

  /** {@link #build(Graph, Tensor, Function)}, where nothing is missing. */
  protected abstract Tensor buildOn(
      Graph graph, Tensor x, Function<String, Parameters.Slot> weights);

  private static void setName(BaseLayer<?> layer, String name) {
    layer.name = name;
  }

  @Override
  public boolean isFrozen() {
    return frozen;
  }

  /**
   * The same layer with weights that training leaves as they are; a batch normalization then also
   * uses the averages it has and does not move them.
   */
  @Override
  public L frozen() {
    return trainable(false);
  }

  /** Whether training moves its weights; it does unless this says no. */
  public L trainable(boolean trainable) {
    return with(copy -> setFrozen(copy, !trainable));
  }

  private static void setFrozen(BaseLayer<?> layer, boolean frozen) {
    layer.frozen = frozen;
  }

  /** The layer as a reader would write it. */
  @Override
  public String toString() {
    return kind() + name().map(n -> " \"" + n + "\"").orElse("");
  }
}
