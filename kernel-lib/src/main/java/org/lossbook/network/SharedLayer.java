package org.lossbook.network;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Layer;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Regularizer;

/**
 * A model as a layer of other networks: all of them have the same weights, so that training one
 * changes the others. Whether its layers are trained is looked up when a network with it is
 * compiled.
 */
public abstract class SharedLayer implements Layer {
  /** Only a model is one. */
  protected SharedLayer() {}

  /**
   * The network as it is now, with the model's weights.
   *
   * @hidden
   */
  @Internal
  protected abstract NetworkLayer<?> current();

  @Override
  public abstract SharedLayer trainable(boolean trainable);

  /**
   * Whether training changes one of its layers, from the next {@code compile} on.
   *
   * @param layer its name; of a layer within another network {@code sequential/dense_1}
   */
  public abstract SharedLayer trainable(String layer, boolean trainable);

  @Override
  public String kind() {
    return current().kind();
  }

  @Override
  public Optional<String> name() {
    return current().name();
  }

  /** This model under another name, for when it is a layer of a network; the weights are shared. */
  @Override
  public Layer named(String name) {
    return new Renamed(this, current().named(name).name().orElseThrow());
  }

  @Override
  public int[] outputShape(int... inputShape) {
    return current().outputShape(inputShape);
  }

  @Override
  public int[] outputShape(List<int[]> inputShapes) {
    return current().outputShape(inputShapes);
  }

  @Override
  public List<Parameter> parameters(List<int[]> inputShapes) {
    return current().parameters(inputShapes);
  }

  @Override
  public Tensor build(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return current().build(graph, x, weights);
  }

  @Override
  public Tensor build(Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    return current().build(graph, inputs, weights);
  }

  @Override
  public Regularizer penalty(String parameter) {
    return current().penalty(parameter);
  }

  @Override
  public Optional<Constraint> constraint(String parameter) {
    return current().constraint(parameter);
  }

  @Override
  public OptionalInt powerIterations(String parameter) {
    return current().powerIterations(parameter);
  }

  /**
   * This model as a layer whose weights the other network does not change; they are shared, and
   * {@code fit} of this model still changes them.
   */
  @Override
  public Layer frozen() {
    return current().frozen();
  }

  @Override
  public boolean isFrozen() {
    return current().isFrozen();
  }

  @Override
  public Bounds bounds(List<Bounds> inputs, List<int[]> inputShapes) {
    return current().bounds(inputs, inputShapes);
  }

  @Override
  public boolean hasMask(List<Boolean> inputs, List<int[]> inputShapes) {
    return current().hasMask(inputs, inputShapes);
  }

  @Override
  public long keptNumbers(List<int[]> inputShapes, boolean training) {
    return current().keptNumbers(inputShapes, training);
  }

  @Override
  public boolean usesMasks() {
    return current().usesMasks();
  }

  @Override
  public Activation activation() {
    return current().activation();
  }

  @Override
  public Layer linear() {
    return current().linear();
  }

  @Override
  public Optional<Config> config() {
    return current().config();
  }

  /** A shared layer under another name. */
  private static final class Renamed extends SharedLayer {
    private final SharedLayer layer;
    private final String name;

    Renamed(SharedLayer layer, String name) {
      this.layer = layer;
      this.name = name;
    }

    @Override
    protected NetworkLayer<?> current() {
      return layer.current().named(name);
    }

    @Override
    public SharedLayer trainable(boolean trainable) {
      layer.trainable(trainable);
      return this;
    }

    @Override
    public SharedLayer trainable(String name, boolean trainable) {
      layer.trainable(name, trainable);
      return this;
    }

    @Override
    public String toString() {
      return layer + " \"" + name + "\"";
    }
  }
}
