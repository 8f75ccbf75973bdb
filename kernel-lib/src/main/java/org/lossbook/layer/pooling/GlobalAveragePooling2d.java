package org.lossbook.layer.pooling;

import java.util.List;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window;

/**
 * Global average pooling: the mean of each channel over the whole image. {@code [h, w, c] -> [c]}
 */
public final class GlobalAveragePooling2d extends GlobalPooling2d<GlobalAveragePooling2d> {
  @Override
  public String kind() {
    return "global_average_pooling2d";
  }

  @Override
  Tensor pool(Graph graph, Tensor x, Window whole) {
    return graph.averagePooling(x, whole);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return inputs.get(0);
  }

  @Override
  String kerasClass() {
    return "GlobalAveragePooling2D";
  }

  static GlobalAveragePooling2d from(Settings settings) {
    return new GlobalAveragePooling2d().withSettings(settings);
  }
}
