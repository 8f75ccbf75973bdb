package org.lossbook.layer.preprocessing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.InnerLayer;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerValue;

/**
 * Pipeline: several layers without weights as one, each on what the one before gives: {@code
 * pipeline(randomFlip(), randomRotation(0.1), rescaling(2))}. Random ones draw in training alone.
 *
 * <p>Shape: that of the last layer. Keras's {@code Pipeline}.
 *
 * @question How do several changes become one layer?
 * @use To apply the same preprocessing everywhere.
 * @avoid For layers with weights: use {@code sequential}.
 */
public final class Pipeline extends BaseLayer<Pipeline> {
  private final List<Layer> layers;

  /**
   * @param layers one or more, in their order
   */
  public Pipeline(Layer... layers) {
    Require.given(layers, "pipeline", "layers", "write pipeline(randomFlip(), rescaling(2))");
    if (layers.length == 0 || Arrays.asList(layers).contains(null)) {
      throw Messages.wrong(
          "pipeline expects one layer or more but receives %s: write pipeline(randomFlip(), rescaling(2)).",
          layers.length == 0 ? "none" : "null");
    }
    this.layers = List.of(layers);
  }

  @Override
  public String kind() {
    return "pipeline";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    int[] shape = inputShape;
    for (Layer layer : layers) {
      if (!layer.parameters(List.of(shape)).isEmpty()) {
        throw Messages.wrong(
            "pipeline expects layers without weights but receives %s, which has some: put it into the model itself.",
            layer);
      }
      shape = layer.outputShape(List.of(shape));
    }
    return shape;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    Tensor value = x;
    for (Layer layer : layers) {
      value = LayerValue.tensor(layer.build(graph, List.of(value), weights));
    }
    return value;
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    List<Bounds> bounds = inputs;
    List<int[]> shapes = inputShapes;
    for (Layer layer : layers) {
      bounds = List.of(layer.bounds(bounds, shapes));
      shapes = List.of(layer.outputShape(shapes));
    }
    return bounds.get(0);
  }

  @Override
  public String toString() {
    return layers.stream()
        .map(Object::toString)
        .collect(Collectors.joining(", ", "pipeline(", ")"));
  }

  @Override
  public Optional<Config> config() {
    List<Object> all = new ArrayList<>();
    for (Layer layer : layers) {
      Optional<Config> inner = InnerLayer.config(layer);
      if (inner.isEmpty()) {
        return Optional.empty();
      }
      all.add(inner.get());
    }
    return Optional.of(Config.of("keras.layers", "Pipeline").with("layers", all));
  }

  static Pipeline from(Settings settings, Registry<Layer> registry) {
    Object given = settings.value("layers").orElse("none");
    List<Layer> layers = new ArrayList<>();
    for (Object each : given instanceof List<?> list ? list : List.of(given)) {
      layers.add(
          each instanceof Config config
              ? registry.read(config)
              : settings.wrong("layers", "layers", each));
    }
    return new Pipeline(layers.toArray(Layer[]::new));
  }
}
