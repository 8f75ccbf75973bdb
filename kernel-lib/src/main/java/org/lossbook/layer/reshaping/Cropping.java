package org.lossbook.layer.reshaping;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
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
 * Cropping: removes the border of each sequence, image or volume. {@code cropping2d(1): [5, 5, c]
 * -> [3, 3, c]}
 *
 * @question What remains without the border?
 * @use To take off a border that padding added.
 * @avoid When what matters may be at the border.
 */
public final class Cropping extends BaseLayer<Cropping> {
  private final int axes;
  private final Margins margins;

  private Cropping(int axes, Margins margins) {
    this.axes = axes;
    this.margins = margins;
  }

  /**
   * For sequences, images or volumes.
   *
   * @param axes 1, 2 or 3
   * @param margins one number for all sides, one for each axis, or two for each; 1, of images 0, by
   *     default
   */
  public static Cropping of(int axes, int... margins) {
    String who = "cropping" + SpatialAxes.require("cropping", axes) + "d";
    return new Cropping(axes, Margins.of(who, axes, defaultMargin(axes), margins));
  }

  @Override
  public String kind() {
    return "cropping" + axes + "d";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    SpatialInput.require(kind(), axes, inputShape);
    int[] shape = inputShape.clone();
    for (int i = 0; i < axes; i++) {
      long extent = (long) shape[i] - margins.before()[i] - margins.after()[i];
      if (extent < 1) {
        throw Messages.wrong(
            "%s expects %s larger than what it crops, %d + %d, but receives %s: crop less.",
            kind(),
            SpatialInput.plural(axes),
            margins.before()[i],
            margins.after()[i],
            LayerChecks.batched(inputShape));
      }
      shape[i] = (int) extent;
    }
    return shape;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    int[] to = outputShape(x.shape());
    for (int i = 0; i < axes; i++) {
      to[i] += margins.before()[i];
    }
    return graph.slice(x, margins.beforeAll(), to);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return inputs.get(0);
  }

  /** Keras's: of images nothing, of sequences and volumes one on each side. */
  private static int defaultMargin(int axes) {
    return axes == 2 ? 0 : 1;
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "Cropping" + axes + "D").with("cropping", margins.saved()));
  }

  static Function<Settings, Cropping> from(int axes) {
    return settings -> {
      settings.requireOneOf("data_format", "channels_last");
      return new Cropping(
          axes,
          Margins.from(settings, "cropping", "cropping" + axes + "d", axes, defaultMargin(axes)));
    };
  }
}
