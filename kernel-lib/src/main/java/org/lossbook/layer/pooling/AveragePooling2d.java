package org.lossbook.layer.pooling;

import java.util.List;
import java.util.function.Function;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;

/**
 * 2D average pooling: the mean of each window, channel by channel; padding does not count. {@code
 * [h, w, c] -> [h', w', c]}; {@code averagePooling2d(2)} takes 26×26 to 13×13.
 */
public final class AveragePooling2d extends Pooling2d<AveragePooling2d> {
  public AveragePooling2d(int height, int width) {
    super(height, width);
  }

  @Override
  public String kind() {
    return "average_pooling2d";
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.averagePooling(x, window());
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return inputs.get(0);
  }

  @Override
  String kerasClass() {
    return "AveragePooling2D";
  }

  static AveragePooling2d from(Settings settings) {
    return new AveragePooling2d(1, 1).withSettings(settings);
  }
}
