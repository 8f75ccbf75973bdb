package org.lossbook.layer.attention;

import java.util.Optional;
import java.util.function.Function;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.LayerValue;

/** Projects sequences for all heads at once: {@code [steps, n] -> [steps, heads · size]}. */
record Projector(Graph graph, Function<String, Parameters.Slot> weights, boolean useBias) {
  Tensor project(Tensor given, Projection projection) {
    Tensor x = LayerValue.tensor(given);
    int features = Shapes.last(x.shape());
    Tensor rows = x.shape().length == 2 ? x : graph.reshape(x, x.size() / features, features);
    return graph.dense(
        rows,
        weights.apply(projection.kernel()),
        useBias ? Optional.of(weights.apply(projection.bias())) : Optional.empty());
  }

  Tensor gate(Tensor query) {
    return graph.activation(project(query, Projection.GATE), Activation.SIGMOID);
  }
}
