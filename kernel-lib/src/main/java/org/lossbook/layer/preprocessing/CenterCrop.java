package org.lossbook.layer.preprocessing;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Interpolation;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.SpatialInput;

/**
 * Center crop: cuts the middle out of images. {@code centerCrop(24, 24): [28, 28, c] -> [24, 24,
 * c]}, without two rows and columns on each side
 *
 * <p>An image that is lower or narrower than that is enlarged instead: the largest part of it with
 * these proportions, bilinear.
 *
 * @question What is in the middle of the image?
 * @use For images whose subject is in the middle, at prediction.
 * @avoid When what matters may be at the border.
 */
public final class CenterCrop extends BaseLayer<CenterCrop> {
  private final int height;
  private final int width;

  /** The height and width of the images that it gives. */
  public CenterCrop(int height, int width) {
    this.height = LayerChecks.requirePositive("center_crop", "a height", height);
    this.width = LayerChecks.requirePositive("center_crop", "a width", width);
  }

  @Override
  public String kind() {
    return "center_crop";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    SpatialInput.require(kind(), 2, inputShape);
    int[] shape = {height, width, inputShape[2]};
    LayerChecks.requireHoldable(kind(), shape);
    return shape;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    int[] shape = x.shape();
    int above = shape[0] - height;
    int before = shape[1] - width;
    return above >= 0 && before >= 0
        ? new Box(above / 2, before / 2, height, width).cutOut(graph, x)
        : graph.resample(
            Box.within(shape, height, width).cutOut(graph, x),
            Interpolation.BILINEAR,
            false,
            height,
            width);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return inputs.get(0);
  }

  @Override
  public String toString() {
    return "center_crop(" + height + ", " + width + ")";
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "CenterCrop")
            .with("height", height)
            .with("width", width)
            .with("data_format", "channels_last"));
  }

  static CenterCrop from(Settings settings) {
    settings.requireOneOf("data_format", "channels_last");
    return new CenterCrop(settings.integer("height"), settings.integer("width"));
  }
}
