package org.lossbook.model;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.lossbook.layer.Layer;
import org.lossbook.loss.Loss;
import org.lossbook.metric.Metric;
import org.lossbook.notebook.Renderable;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.plot.Figure;

/**
 * Layers one after the other, as an immutable specification; {@link #compile compile} makes a model
 * with weights of it.
 *
 * <pre>{@code
 * sequential(input(784), dense(32).relu(), dense(10).softmax())
 *     .compile(adam(), sparseCategoricalCrossentropy(), accuracy())
 * }</pre>
 */
public final class Sequential implements Renderable {
  private final Network network;
  private final boolean mismatchAllowed;
  private final OptionalLong seed;

  private Sequential(Network network, boolean mismatchAllowed, OptionalLong seed) {
    this.network = network;
    this.mismatchAllowed = mismatchAllowed;
    this.seed = seed;
  }

  /**
   * These layers, the first of them an input.
   *
   * @throws IllegalArgumentException where a layer cannot take what the one before it gives: names
   *     the layer and the fix
   */
  public static Sequential sequential(Layer... layers) {
    return new Sequential(Network.of(List.of(layers)), false, OptionalLong.empty());
  }

  /**
   * Lets {@link #compile compile} take a loss that does not fit the model's end, such as softmax
   * before a loss from logits, so that a lesson can show what happens.
   */
  public Sequential allowMismatch() {
    return new Sequential(network, true, seed);
  }

  /**
   * Draws the first weights from this seed. Without it they differ from model to model, unless the
   * first fit has a seed.
   */
  public Sequential seed(long seed) {
    return new Sequential(network, mismatchAllowed, OptionalLong.of(seed));
  }

  /**
   * A model with first weights, ready to be trained.
   *
   * @param metrics figures to be measured beside the loss
   * @throws IllegalArgumentException where the loss does not fit the model's end: says which call
   *     to drop
   */
  public Model compile(Optimizer optimizer, Loss loss, Metric... metrics) {
    Core.check(network, loss, List.of(metrics), mismatchAllowed);
    var core = Core.of(network, optimizer, loss, List.of(metrics));
    return new Model(core, seed);
  }

  /** The layers as a table: shapes and parameters. */
  public Summary summary() {
    return Summary.of(network);
  }

  /** The layers as a picture. */
  public Figure plot() {
    return network.picture();
  }

  @Override
  public Map<String, String> mimeBundle() {
    return summary().mimeBundle();
  }

  /** The table as text. */
  @Override
  public String toString() {
    return summary().toString();
  }
}
