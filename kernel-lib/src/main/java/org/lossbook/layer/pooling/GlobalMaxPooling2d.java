package org.lossbook.layer.pooling;

import java.util.List;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window;

/**
 * Global max pooling: the maximum of each channel over the whole image. {@code [h, w, c] -> [c]}
 */
public final class GlobalMaxPooling2d extends GlobalPooling2d<GlobalMaxPooling2d> {
  @Override
  public String kind() {
    return "global_max_pooling2d";
  }

  @Override
  Tensor pool(Graph graph, Tensor x, Window whole) {
    return graph.maxPooling(x, whole);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return inputs.get(0).withoutSumToOne();
  }

  @Override
  String kerasClass() {
    return "GlobalMaxPooling2D";
  }

  static GlobalMaxPooling2d from(Settings settings) {
    return new GlobalMaxPooling2d().withSettings(settings);
  }
}
