package org.lossbook.layer.attention;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.LayerValue;
import org.lossbook.layer.Node;

/**
 * The base class of attention: a query, a value, and a key, by default the value, each a sequence.
 * The output has a step for each of the query's, and its mask.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class AttentionLayer<L extends AttentionLayer<L>> extends BaseLayer<L> {
  private double dropout;
  private boolean causal;
  private boolean returnsScores;

  AttentionLayer() {}

  /** The share of the weights of attention that training sets to 0; 0 by default. */
  public L dropout(double rate) {
    double given = LayerChecks.requireRate(kind(), rate);
    return with(copy -> copy.setDropout(given));
  }

  /**
   * Lets each step of the query see those up to its own place alone, as in a model that goes on
   * writing.
   */
  public L causal() {
    return with(copy -> attention(copy).causal = true);
  }

  /**
   * Also gives the weights of attention, {@code [steps of the query, steps of the value]}, with an
   * axis of heads before them where it has heads: {@code output(1)} of its value.
   */
  public L returnScores() {
    return with(copy -> attention(copy).returnsScores = true);
  }

  private static AttentionLayer<?> attention(AttentionLayer<?> layer) {
    return layer;
  }

  final double dropout() {
    return dropout;
  }

  /** Sets the rate of a copy, which was checked. */
  final void setDropout(double rate) {
    dropout = rate;
  }

  final boolean isCausal() {
    return causal;
  }

  final boolean returnsScores() {
    return returnsScores;
  }

  /** Whether the last of the values it is applied to is a mask. */
  boolean takesMask() {
    return false;
  }

  @Override
  public int timesInChain() {
    return 2;
  }

  /** Applies it to a query and a value, and a key if it is another; a value alone asks itself. */
  @Override
  public Node of(Node... inputs) {
    return inputs != null && inputs.length == 1 && !takesMask()
        ? super.of(inputs[0], inputs[0])
        : super.of(inputs);
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return outputOf(List.of(inputShape));
  }

  @Override
  protected boolean givesMask(List<Boolean> inputs, List<int[]> inputShapes) {
    return inputs.get(0);
  }

  @Override
  protected Tensor maskOf(Graph graph, List<Tensor> inputs) {
    return LayerValue.mask(inputs.get(0)).orElseThrow();
  }

  @Override
  public boolean usesMasks() {
    return true;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return buildMasked(graph, List.of(x), weights);
  }

  /** What a file sets in its calls. */
  final Map<String, Object> callSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    AttentionCall.CAUSAL.addTo(settings, causal);
    AttentionCall.SCORES.addTo(settings, returnsScores);
    return settings;
  }

  @Override
  public Optional<Layer> calledWith(String argument, Object value) {
    return AttentionCall.of(argument, value, this, this::causal, this::returnScores);
  }
}
