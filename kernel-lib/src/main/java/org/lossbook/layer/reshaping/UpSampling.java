package org.lossbook.layer.reshaping;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
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
 * Upsampling: enlarges each sequence, image or volume by whole factors, repeating the numbers or,
 * of images, interpolating between them. {@code upSampling2d(2): [5, 5, c] -> [10, 10, c]}
 *
 * @question How does something become larger without weights?
 * @use In generators and autoencoders, before a convolution.
 * @avoid When enlarging should be learned: use a transposed convolution.
 */
public final class UpSampling extends BaseLayer<UpSampling> {
  private final int axes;
  private final int[] size;
  private Interpolation interpolation = Interpolation.NEAREST;

  private UpSampling(int axes, int... size) {
    this.axes = axes;
    this.size = size;
  }

  /**
   * For sequences, images or volumes.
   *
   * @param axes 1, 2 or 3
   * @param size the factor, or one for each axis; 2 by default
   */
  public static UpSampling of(int axes, int... size) {
    String who = "upSampling" + SpatialAxes.require("upSampling", axes) + "d";
    Require.given(size, who, "a factor", "write " + who + "(2)");
    if (size.length > 1 && size.length != axes) {
      throw Messages.wrong(
          "%s expects a factor%s but receives %d: %s(2) doubles all.",
          who, axes == 1 ? "" : ", or one for each of " + axes + " axes", size.length, who);
    }
    int[] factors = new int[axes];
    Arrays.fill(factors, size.length == 0 ? 2 : size[0]);
    System.arraycopy(size, 0, factors, 0, size.length);
    for (int factor : factors) {
      LayerChecks.requirePositive(who, "factors", factor);
    }
    return new UpSampling(axes, factors);
  }

  /**
   * How images are interpolated, by Keras's names: {@code nearest} (the default), {@code bilinear},
   * {@code bicubic}, {@code lanczos3} or {@code lanczos5}.
   */
  public UpSampling interpolation(String name) {
    if (axes != 2) {
      throw Messages.wrong(
          "%s expects to repeat numbers but receives an interpolation: only upSampling2d has one.",
          "upSampling" + axes + "d");
    }
    Interpolation named = Interpolation.named("upSampling2d", name);
    return with(copy -> copy.interpolation = named);
  }

  @Override
  public String kind() {
    return "up_sampling" + axes + "d";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    SpatialInput.require(kind(), axes, inputShape);
    int[] shape = inputShape.clone();
    for (int i = 0; i < axes; i++) {
      shape[i] = (int) Math.min((long) shape[i] * size[i], Integer.MAX_VALUE);
    }
    LayerChecks.requireHoldable(kind(), shape);
    return shape;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    int[] extents = Arrays.copyOf(outputShape(x.shape()), axes);
    return graph.resample(x, interpolation, false, extents);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return interpolation.overshoots() ? Bounds.NONE : inputs.get(0);
  }

  @Override
  public Optional<Config> config() {
    Config config = Config.of("keras.layers", "UpSampling" + axes + "D");
    if (axes == 1) {
      return Optional.of(config.with("size", size[0]));
    }
    Config sized = config.with("size", size);
    return Optional.of(axes == 2 ? sized.with("interpolation", interpolation.kerasName()) : sized);
  }

  static Function<Settings, UpSampling> from(int axes) {
    return settings -> {
      settings.requireOneOf("data_format", "channels_last");
      boolean isList = settings.value("size").orElse(2) instanceof List<?>;
      int[] size = isList ? settings.integers("size") : new int[] {settings.integer("size", 2)};
      UpSampling layer = of(axes, size);
      return axes == 2 ? layer.interpolation(settings.text("interpolation", "nearest")) : layer;
    };
  }
}
