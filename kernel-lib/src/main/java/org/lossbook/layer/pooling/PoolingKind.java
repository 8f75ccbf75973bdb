package org.lossbook.layer.pooling;

import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window;

/** What is taken of the numbers under a window: their maximum or their mean. */
enum PoolingKind {
  MAX("max", "Max") {
    @Override
    Tensor of(Graph graph, Tensor x, Window window) {
      return graph.maxPooling(x, window);
    }

    @Override
    Tensor adaptive(Graph graph, Tensor x, int... size) {
      return graph.adaptiveMaxPooling(x, size);
    }

    @Override
    Bounds bounds(Bounds input) {
      return input.withoutSumToOne();
    }
  },

  AVERAGE("average", "Average") {
    @Override
    Tensor of(Graph graph, Tensor x, Window window) {
      return graph.averagePooling(x, window);
    }

    @Override
    Tensor adaptive(Graph graph, Tensor x, int... size) {
      return graph.adaptiveAveragePooling(x, size);
    }

    @Override
    Bounds bounds(Bounds input) {
      return input;
    }
  };

  private final String layer;
  private final String kerasClass;

  PoolingKind(String layer, String kerasClass) {
    this.layer = layer;
    this.kerasClass = kerasClass;
  }

  /** Its word in the names of layers. */
  String layer() {
    return layer;
  }

  /** Its word in the names of Keras's classes. */
  String kerasClass() {
    return kerasClass;
  }

  abstract Tensor of(Graph graph, Tensor x, Window window);

  /** Over as many windows of about the same size as the output has positions. */
  abstract Tensor adaptive(Graph graph, Tensor x, int... size);

  abstract Bounds bounds(Bounds input);
}
