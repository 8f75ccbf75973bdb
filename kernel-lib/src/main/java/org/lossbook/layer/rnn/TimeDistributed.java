package org.lossbook.layer.rnn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.InnerLayer;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.LayerValue;
import org.lossbook.layer.Wrapper;
import org.lossbook.layer.core.Dense;

/**
 * Applies a layer to each step of a sequence, with the same weights: {@code
 * timeDistributed(conv2d(8, 3))} takes a film. {@code [steps, …] -> [steps, …]}
 *
 * <p>A {@code dense} layer, an activation or a normalization works at each position by itself; it
 * needs no wrapper. Parameters: those of the layer.
 *
 * @question How is the same layer applied to every step?
 * @use For films and other sequences of images.
 * @avoid For {@code dense}, which works on every step anyway.
 */
public final class TimeDistributed extends Wrapper<TimeDistributed> {
  /**
   * @param layer for one step, such as {@code conv2d(8, 3)}
   */
  public TimeDistributed(Layer layer) {
    super(layer, "write timeDistributed(dense(8))");
  }

  @Override
  public String kind() {
    return "time_distributed";
  }

  private int[] step(int... shape) {
    if (shape.length < 2) {
      throw Messages.wrong(
          "time_distributed expects sequences [batch, steps, …] but receives %s: apply %s without it.",
          LayerChecks.batched(shape), layer);
    }
    return Arrays.copyOfRange(shape, 1, shape.length);
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return Sequences.joined(
        inputShape.length == 0 ? 0 : inputShape[0], layer.outputShape(List.of(step(inputShape))));
  }

  @Override
  protected List<Parameter> parametersFor(int... inputShape) {
    return layer.parameters(List.of(step(inputShape))).stream()
        .map(each -> layer.isFrozen() ? each.frozen() : each)
        .toList();
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  public long keptNumbers(List<int[]> inputShapes, boolean training) {
    outputShape(inputShapes); // checks them
    int[] shape = inputShapes.get(0);
    return Memory.product(shape[0], layer.keptNumbers(List.of(step(shape)), training));
  }

  @Override
  public boolean isStateful() {
    return layer.isStateful();
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    if (layer instanceof Dense) {
      return layer.build(graph, x, weights); // it works at each position already
    }
    List<Tensor> steps = new ArrayList<>();
    for (Tensor step : Sequences.steps(graph, x)) {
      steps.add(LayerValue.tensor(layer.build(graph, List.of(step), weights)));
    }
    return Sequences.stacked(graph, steps);
  }

  @Override
  public String groupOf(String parameter) {
    String inner = layer.groupOf(parameter);
    return inner.isEmpty() ? "layer" : "layer/" + inner;
  }

  @Override
  public Optional<Config> config() {
    return InnerLayer.config(layer)
        .map(inner -> Config.of("keras.layers", "TimeDistributed").with("layer", inner));
  }

  static TimeDistributed from(Settings settings, Registry<Layer> layers) {
    return new TimeDistributed(InnerLayer.read(settings, "layer", layers));
  }
}
