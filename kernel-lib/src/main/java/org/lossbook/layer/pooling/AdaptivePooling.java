package org.lossbook.layer.pooling;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.SpatialInput;

/**
 * Adaptive pooling, the base of the mean and the maximum: windows chosen so that the output has a
 * given size, whatever the input's. Of n positions output i of m takes those from ⌊i · n / m⌋ to
 * before ⌈(i + 1) · n / m⌉.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class AdaptivePooling<L extends AdaptivePooling<L>> extends BaseLayer<L> {
  private final PoolingKind pooling;
  private final int[] outputSize;

  AdaptivePooling(PoolingKind pooling, int... outputSize) {
    this.pooling = pooling;
    this.outputSize = outputSize;
    for (int extent : outputSize) {
      LayerChecks.requirePositive(kind(), "an output size", extent);
    }
  }

  @Override
  public final String kind() {
    return "adaptive_" + pooling.layer() + "_pooling" + outputSize.length + "d";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    SpatialInput.require(kind(), outputSize.length, inputShape);
    int[] shape = Arrays.copyOf(outputSize, inputShape.length);
    shape[outputSize.length] = inputShape[outputSize.length];
    LayerChecks.requireHoldable(kind(), shape);
    return shape;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return pooling.adaptive(graph, x, outputSize);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return pooling.bounds(inputs.get(0));
  }

  @Override
  public Optional<Config> config() {
    String className = "Adaptive" + pooling.kerasClass() + "Pooling" + outputSize.length + "D";
    return Optional.of(
        Config.of("keras.layers", className)
            .with("output_size", outputSize.clone())
            .with("data_format", "channels_last"));
  }

  /** The output size that a file names. */
  static int[] sizeIn(Settings settings, int axes) {
    return settings.requireOneOf("data_format", "channels_last").integers("output_size", axes);
  }
}
