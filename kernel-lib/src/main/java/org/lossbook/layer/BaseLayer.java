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
 * The base class of layers: a name, whether weights are trainable, checks for null, and refinement
 * by copies.
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

  /** {@link #bounds(List, List)}, without nulls. */
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return Bounds.NONE;
  }

  /** {@link #outputShape(List)}, without nulls. */
  protected int[] outputOf(List<int[]> inputShapes) {
    return outputOf(LayerChecks.only(this, inputShapes));
  }

  /** {@link #outputShape(int...)}, without nulls. */
  protected abstract int[] outputOf(int... inputShape);

  /** {@link #parameters(int...)}, without nulls. */
  protected List<Parameter> parametersFor(int... inputShape) {
    return List.of();
  }

  /** {@link #build(Graph, List, Function)}, without nulls. */
  protected Tensor buildOn(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    return buildOn(graph, LayerChecks.only(this, inputs), weights);
  }

  /** {@link #build(Graph, Tensor, Function)}, without nulls. */
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
   * The same layer with weights that training does not change; a frozen batch normalization also
   * normalizes with its moving statistics and does not update them.
   */
  @Override
  public L frozen() {
    return trainable(false);
  }

  /** Whether training changes its weights; true by default. */
  public L trainable(boolean trainable) {
    return with(copy -> setFrozen(copy, !trainable));
  }

  private static void setFrozen(BaseLayer<?> layer, boolean frozen) {
    layer.frozen = frozen;
  }

  /** The layer as written in a cell. */
  @Override
  public String toString() {
    return kind() + name().map(n -> " \"" + n + "\"").orElse("");
  }
}
