package org.lossbook.layer.reshaping;

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
 * Zero padding: adds zeros around each sequence, image or volume, so that a convolution after it
 * sees its border too. {@code zeroPadding2d(1): [5, 5, c] -> [7, 7, c]}
 *
 * @question What if the border had neighbours too?
 * @use Before a convolution that should see the border.
 * @avoid When the convolution can do it: {@code padding("same")}.
 */
public final class ZeroPadding extends BaseLayer<ZeroPadding> {
  private final int axes;
  private final Margins margins;

  private ZeroPadding(int axes, Margins margins) {
    this.axes = axes;
    this.margins = margins;
  }

  /**
   * For sequences, images or volumes.
   *
   * @param axes 1, 2 or 3
   * @param margins one number for all sides, one for each axis, or two for each; 1 by default
   */
  public static ZeroPadding of(int axes, int... margins) {
    String who = "zeroPadding" + SpatialAxes.require("zeroPadding", axes) + "d";
    return new ZeroPadding(axes, Margins.of(who, axes, 1, margins));
  }

  @Override
  public String kind() {
    return "zero_padding" + axes + "d";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    SpatialInput.require(kind(), axes, inputShape);
    int[] shape = inputShape.clone();
    for (int i = 0; i < axes; i++) {
      long extent = (long) shape[i] + margins.before()[i] + margins.after()[i];
      shape[i] = (int) Math.min(extent, Integer.MAX_VALUE);
    }
    LayerChecks.requireHoldable(kind(), shape);
    return shape;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.pad(x, margins.beforeAll(), margins.afterAll());
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return inputs.get(0).scaledOrZero(1);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "ZeroPadding" + axes + "D").with("padding", margins.saved()));
  }

  static Function<Settings, ZeroPadding> from(int axes) {
    return settings -> {
      settings.requireOneOf("data_format", "channels_last");
      return new ZeroPadding(
          axes, Margins.from(settings, "padding", "zeroPadding" + axes + "d", axes, 1));
    };
  }
}
