package org.lossbook.layer.pooling;

import java.util.List;
import java.util.function.Function;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;

/**
 * 2D max pooling: the maximum of each window, channel by channel. {@code [h, w, c] -> [h', w', c]};
 * {@code maxPooling2d(2)} takes 26×26 to 13×13.
 */
public final class MaxPooling2d extends Pooling2d<MaxPooling2d> {
  public MaxPooling2d(int height, int width) {
    super(height, width);
  }

  @Override
  public String kind() {
    return "max_pooling2d";
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.maxPooling(x, window());
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return inputs.get(0).withoutSumToOne();
  }

  @Override
  String kerasClass() {
    return "MaxPooling2D";
  }

  static MaxPooling2d from(Settings settings) {
    return new MaxPooling2d(1, 1).withSettings(settings);
  }
}
