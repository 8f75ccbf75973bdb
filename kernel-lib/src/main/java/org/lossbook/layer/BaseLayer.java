package org.lossbook.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.lossbook.base.Messages;
import org.lossbook.config.Refined;
import org.lossbook.config.Require;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Initializer;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.layer.weights.WeightRules;

/**
 * The base class of layers: a name, whether weights are trainable, checks for null, and refinement
 * by copies.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class BaseLayer<L extends BaseLayer<L>> extends Refined<L> implements Layer {
  private String name = "";
  private boolean frozen;
  private Map<String, WeightRules> rules = Map.of();

  @Override
  public Optional<String> name() {
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  @Override
  public L named(String name) {
    String checked = LayerChecks.requireName(kind(), name);
    return with(copy -> setName(copy, checked));
  }

  @Override
  public final int[] outputShape(List<int[]> inputShapes) {
    return UnknownSizes.output(
        shapes -> ended(outputOf(shapes)), LayerChecks.requireShapes(this, inputShapes));
  }

  @Override
  public final int[] outputShape(int... inputShape) {
    return outputShape(Collections.singletonList(inputShape));
  }

  @Override
  public final List<Parameter> parameters(List<int[]> inputShapes) {
    List<int[]> shapes = LayerChecks.requireShapes(this, inputShapes);
    return UnknownSizes.parameters(this, this::parametersOf, shapes).stream()
        .map(this::drawn)
        .toList();
  }

  /** A parameter whose first values the initializer draws that is set for it, if one is. */
  protected Parameter drawn(Parameter parameter) {
    return rules(parameter.name()).initializer().map(parameter::drawnBy).orElse(parameter);
  }

  /**
   * Override this in a layer with weights that takes several inputs: called by {@link
   * #parameters(List)} after its arguments are checked.
   */
  protected List<Parameter> parametersOf(List<int[]> inputShapes) {
    return inputShapes.size() == 1 ? parametersFor(inputShapes.get(0)) : List.of();
  }

  @Override
  public final List<Parameter> parameters(int... inputShape) {
    return parameters(Collections.singletonList(inputShape));
  }

  @Override
  public final Tensor build(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    LayerChecks.requireBuildable(this, graph, weights);
    List<Tensor> values = LayerChecks.requireAll(this, inputs, Tensor.class, "values");
    outputOf(values.stream().map(Tensor::shape).toList());
    Tensor built = buildMasked(graph, values, weights);
    List<Boolean> masks = values.stream().map(x -> LayerValue.mask(x).isPresent()).toList();
    boolean isMasked = hasMask(masks, values.stream().map(Tensor::shape).toList());
    if (!isMasked) {
      return LayerValue.masked(built, Optional.empty());
    }
    Tensor mask = LayerValue.mask(built).orElseGet(() -> maskOf(graph, values));
    return LayerValue.masked(built, Optional.of(mask));
  }

  @Override
  public final boolean hasMask(List<Boolean> inputs, List<int[]> inputShapes) {
    return givesMask(LayerChecks.requireMasks(this, inputs, inputShapes), inputShapes);
  }

  /**
   * Override this where the mask of the output does not follow from {@link #passesMask}: called by
   * {@link #hasMask} after its arguments are checked.
   */
  protected boolean givesMask(List<Boolean> inputs, List<int[]> inputShapes) {
    return passesMask() && inputs.contains(true);
  }

  /**
   * Whether its output has the mask of its inputs, as Keras's {@code supports_masking} says:
   * override this where each step of the output comes from the same step of the input. Of several
   * inputs a step counts where it counts in all that have a mask.
   */
  protected boolean passesMask() {
    return false;
  }

  /**
   * Override this, with {@link #givesMask} or {@link #passesMask}, in a layer whose mask is another
   * than that of its inputs; one that knows it once it has built gives {@link LayerValue#masked}
   * from {@link #buildMasked} instead.
   *
   * @param inputs the values it is applied to, whose masks {@link LayerValue#mask} tells
   */
  protected Tensor maskOf(Graph graph, List<Tensor> inputs) {
    return inputs.stream()
        .flatMap(x -> LayerValue.mask(x).stream())
        .reduce(graph::product)
        .orElseThrow();
  }

  /**
   * Override this, and {@link #usesMasks}, in a layer that takes masks into account; in a layer of
   * further outputs give {@link LayerValue#of}, and override {@link #outputsOf}.
   *
   * @param inputs the values it is applied to, whose masks {@link LayerValue#mask} tells
   */
  protected Tensor buildMasked(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    return buildOn(graph, inputs.stream().map(LayerValue::tensor).toList(), weights);
  }

  @Override
  public final List<int[]> outputShapes(List<int[]> inputShapes) {
    List<int[]> shapes = LayerChecks.requireAll(this, inputShapes, int[].class, "shapes");
    List<int[]> all = new ArrayList<>(List.of(outputShape(shapes)));
    int further = outputsOf(UnknownSizes.probe(shapes)).size();
    for (int i = 0; i < further; i++) {
      int index = i;
      all.add(UnknownSizes.output(tried -> outputsOf(tried).get(index), shapes));
    }
    return all;
  }

  /** Override this in a layer of further outputs: their shapes, without that of the first. */
  protected List<int[]> outputsOf(List<int[]> inputShapes) {
    return List.of();
  }

  @Override
  public final Tensor build(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return build(graph, Collections.singletonList(x), weights);
  }

  @Override
  public final Bounds bounds(List<Bounds> inputs, List<int[]> inputShapes) {
    List<Bounds> known = LayerChecks.requireAll(this, inputs, Bounds.class, "bounds");
    outputShape(inputShapes);
    if (known.size() != inputShapes.size()) {
      throw Messages.wrong(
          "%s expects bounds for each value before it but receives %d for %d: give as many.",
          kind(), known.size(), inputShapes.size());
    }
    return boundsOf(known, UnknownSizes.probe(inputShapes));
  }

  /** The shape after the function at its end, which may change it. */
  protected int[] ended(int... shape) {
    return shape;
  }

  /**
   * Override this where outputs are bounded: called by {@link #bounds(List, List)} after its
   * arguments are checked.
   */
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return Bounds.NONE;
  }

  /**
   * Override this in a layer of several inputs: called by {@link #outputShape(List)} after its
   * arguments are checked.
   */
  protected int[] outputOf(List<int[]> inputShapes) {
    return outputOf(LayerChecks.requireOne(this, inputShapes));
  }

  /**
   * Override this: the output shape, called by {@link #outputShape(int...)} after its arguments are
   * checked.
   */
  protected abstract int[] outputOf(int... inputShape);

  /**
   * Override this in a layer with weights: called by {@link #parameters(int...)} after its
   * arguments are checked.
   */
  protected List<Parameter> parametersFor(int... inputShape) {
    return List.of();
  }

  /**
   * Override this in a layer of several inputs: called by {@link #build(Graph, List, Function)}
   * after its arguments are checked.
   */
  protected Tensor buildOn(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    return buildOn(graph, LayerChecks.requireOne(this, inputs), weights);
  }

  /**
   * Override this: the operations, called by {@link #build(Graph, Tensor, Function)} after its
   * arguments are checked.
   */
  protected abstract Tensor buildOn(
      Graph graph, Tensor x, Function<String, Parameters.Slot> weights);

  @Override
  public Regularizer penalty(String parameter) {
    return rules(parameter).penalty();
  }

  @Override
  public Optional<Constraint> constraint(String parameter) {
    return rules(parameter).constraint();
  }

  /** What is set for the parameter of that name. */
  protected final WeightRules rules(String parameter) {
    Require.given(parameter, kind(), "a parameter's name", "parameters(…) lists them");
    return rules.getOrDefault(parameter, WeightRules.NONE);
  }

  /** A copy with that initializer for parameters: for calls such as {@code kernelInitializer}. */
  protected final L initialized(List<String> parameters, String call, Initializer initializer) {
    Initializer given = given("an initializer", call, initializer, "heNormal()");
    return with(parameters, rules -> rules.with(given));
  }

  /** A copy with that regularizer for parameters: for calls such as {@code kernelRegularizer}. */
  protected final L penalized(List<String> parameters, String call, Regularizer penalty) {
    Regularizer given = given("a penalty", call, penalty, "l2(1e-4)");
    return with(parameters, rules -> rules.with(given));
  }

  /** A copy with that constraint for parameters: for calls such as {@code kernelConstraint}. */
  protected final L constrained(List<String> parameters, String call, Constraint constraint) {
    Constraint given = given("a constraint", call, constraint, "maxNorm(3)");
    return with(parameters, rules -> rules.with(given));
  }

  private L with(List<String> parameters, UnaryOperator<WeightRules> change) {
    return with(
        copy -> parameters.forEach(each -> copy.setRules(each, change.apply(copy.rules(each)))));
  }

  private <T> T given(String what, String call, T value, String example) {
    if (value == null) {
      throw Messages.wrong(
          "%s expects %s for %s but receives none: write %s(%s).",
          kind(), what, call, call, example);
    }
    return value;
  }

  /** A copy with these rules for a parameter, such as those that a file has. */
  protected final L with(String parameter, WeightRules given) {
    return with(copy -> copy.setRules(parameter, given));
  }

  /** Sets the rules for a parameter of a copy. */
  protected final void setRules(String parameter, WeightRules given) {
    Map<String, WeightRules> all = new HashMap<>(rules);
    all.put(parameter, given);
    rules = Map.copyOf(all);
  }

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
  @Override
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
