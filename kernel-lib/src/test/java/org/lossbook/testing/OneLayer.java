package org.lossbook.testing;

import java.util.Arrays;
import java.util.List;
import org.lossbook.engine.Engine;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.onednn.OneDnnEngine;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerValue;

/** A network of one layer, with its weights and its gradients within reach. */
public final class OneLayer implements AutoCloseable {
  private final Layer layer;
  private final int[] shape;
  private final Parameters parameters;
  private final Plan plan;
  private final int outputSize;
  private final int inputSize;

  /**
   * @param shape of the input, batch first
   */
  public OneLayer(Layer layer, boolean training, int... shape) {
    this.layer = layer;
    this.shape = shape.clone();
    int[] sample = Arrays.copyOfRange(shape, 1, shape.length);
    Engine engine = OneDnnEngine.instance();
    parameters = engine.parameters(layer.parameters(sample));
    for (Parameters.Slot slot : parameters.slots()) {
      float[] values = new float[slot.size()];
      slot.parameter()
          .initializer()
          .fill(values, slot.parameter().shape(), new java.util.SplittableRandom(1));
      parameters.write(vector(slot), slot.offset(), values, values.length);
    }
    Graph graph = engine.graph(parameters, shape[0], training);
    Tensor x = graph.inputWithGradient(sample);
    Tensor y = LayerValue.tensor(layer.build(graph, x, parameters::slot));
    if (!Arrays.equals(y.shape(), layer.outputShape(sample))) {
      throw new AssertionError(
          layer
              + " says its output is "
              + Arrays.toString(layer.outputShape(sample))
              + " and builds "
              + Arrays.toString(y.shape()));
    }
    plan = graph.plan(List.of(x), List.of(y));
    inputSize = shape[0] * x.size();
    outputSize = shape[0] * y.size();
  }

  /** The parameters' names. */
  public List<String> names() {
    return parameters.slots().stream().map(slot -> slot.parameter().name()).toList();
  }

  public void set(String name, float[] values) {
    Parameters.Slot slot = parameters.slot(name);
    if (slot.size() != values.length) {
      throw new AssertionError(name + " has " + slot.size() + " numbers, not " + values.length);
    }
    parameters.write(vector(slot), slot.offset(), values, values.length);
  }

  public float[] get(String name) {
    return read(vector(parameters.slot(name)), name);
  }

  public float[] gradient(String name) {
    return read(Parameters.Vector.GRADIENT, name);
  }

  public float[] forward(float[] x) {
    plan.input(0, x);
    plan.forward();
    float[] y = new float[outputSize];
    plan.output(0, y);
    return y;
  }

  /** Runs backward and gives the input's gradient. */
  public float[] backward(float[] dy) {
    plan.outputGradient(0, dy);
    plan.backward();
    float[] dx = new float[inputSize];
    plan.inputGradient(0, dx);
    return dx;
  }

  /** The input's gradient in prediction, where no weight has one. */
  public float[] inputGradient(float[] x, float[] dy) {
    Engine engine = OneDnnEngine.instance();
    List<Parameter> untrained =
        parameters.slots().stream()
            .map(slot -> slot.parameter().frozen().at(parameters.home(slot)))
            .toList();
    try (Parameters same = engine.parameters(untrained)) {
      Graph graph = engine.graph(same, shape[0], Mode.INPUT_GRADIENT);
      Tensor from = graph.inputWithGradient(Arrays.copyOfRange(shape, 1, shape.length));
      try (Plan back =
          graph.plan(
              List.of(from), List.of(LayerValue.tensor(layer.build(graph, from, same::slot))))) {
        back.input(0, x);
        back.forward();
        back.outputGradient(0, dy);
        back.backward();
        float[] dx = new float[inputSize];
        back.inputGradient(0, dx);
        return dx;
      }
    }
  }

  public Plan plan() {
    return plan;
  }

  @Override
  public void close() {
    plan.close();
    parameters.close();
  }

  private float[] read(Parameters.Vector vector, String name) {
    Parameters.Slot slot = parameters.slot(name);
    float[] values = new float[slot.size()];
    parameters.read(vector, slot.offset(), values, values.length);
    return values;
  }

  private static Parameters.Vector vector(Parameters.Slot slot) {
    return slot.parameter().trainable() ? Parameters.Vector.TRAINABLE : Parameters.Vector.KEPT;
  }
}
