package org.lossbook.layer;

import java.util.function.Function;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window;

/** The mean of each channel over the whole image. {@code [h, w, c] -> [c]} */
public final class GlobalAveragePooling2d extends Specification<GlobalAveragePooling2d> {
  @Override
  public String kind() {
    return "global_average_pooling2d";
  }

  @Override
  public int[] outputShape(int... inputShape) {
    Checks.image(kind(), inputShape);
    return new int[] {inputShape[2]};
  }

  @Override
  public Tensor build(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    int[] shape = x.shape();
    Window whole = Sliding.of(kind(), shape[0], shape[1], shape[0], shape[1]);
    return graph.reshape(graph.averagePooling(x, whole), shape[2]);
  }
}
