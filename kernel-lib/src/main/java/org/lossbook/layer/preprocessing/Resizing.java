package org.lossbook.layer.preprocessing;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
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
 * Resizing: brings images to one size, interpolating between pixels. {@code resizing(32, 32): [h,
 * w, c] -> [32, 32, c]}
 *
 * <p>Images of other proportions are distorted, unless {@link #cropToAspectRatio} cuts off what is
 * too much or {@link #padToAspectRatio} adds a border first.
 *
 * <pre>{@code
 * resizing(2, 2)                            // each pixel of [4, 4, 1] is the mean of the middle four
 * resizing(32, 32).cropToAspectRatio()      // the middle 48 × 48 of [48, 64, 3], made smaller
 * }</pre>
 *
 * @question How do images of any size become one size?
 * @use Before a network that expects one size.
 * @avoid When proportions matter: crop to the aspect ratio.
 */
public final class Resizing extends BaseLayer<Resizing> {
  private final int height;
  private final int width;
  private Interpolation interpolation = Interpolation.BILINEAR;
  private boolean crops;
  private boolean pads;
  private double fillValue;
  private boolean antialias;

  /** The height and width of the images that it gives. */
  public Resizing(int height, int width) {
    this.height = LayerChecks.requirePositive("resizing", "a height", height);
    this.width = LayerChecks.requirePositive("resizing", "a width", width);
  }

  /**
   * How it interpolates, by Keras's names: {@code bilinear} (the default), {@code nearest}, {@code
   * bicubic}, {@code lanczos3} or {@code lanczos5}.
   */
  public Resizing interpolation(String name) {
    Interpolation named = Interpolation.named(kind(), name);
    return with(copy -> copy.interpolation = named);
  }

  /** Cuts the largest part with the new proportions out of the middle, so that nothing distorts. */
  public Resizing cropToAspectRatio() {
    return with(copy -> copy.crops = true).checked();
  }

  /** Adds a border that gives the image the new proportions, so that nothing distorts. */
  public Resizing padToAspectRatio() {
    return with(copy -> copy.pads = true).checked();
  }

  private Resizing checked() {
    if (crops && pads) {
      throw new IllegalArgumentException(
          "resizing expects to crop or to pad to the new proportions but receives both: leave cropToAspectRatio() or padToAspectRatio() out.");
    }
    return this;
  }

  /** The value of the border that {@link #padToAspectRatio} adds; 0 by default. */
  public Resizing fillValue(double fillValue) {
    if (!Double.isFinite(fillValue)) {
      throw Messages.wrong(
          "resizing expects a finite value for its border but receives %s: 0 is the default.",
          fillValue);
    }
    return with(copy -> copy.fillValue = fillValue);
  }

  /**
   * Where images get smaller, each pixel is a weighted mean of all that it covers, so that fine
   * patterns do not flicker; not with {@code nearest}.
   */
  public Resizing antialias() {
    return with(copy -> copy.antialias = true);
  }

  @Override
  public String kind() {
    return "resizing";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    SpatialInput.require(kind(), 2, inputShape);
    int[] shape = {height, width, inputShape[2]};
    LayerChecks.requireHoldable(kind(), shape);
    if (pads) {
      LayerChecks.requireHoldable(kind(), Box.around(inputShape, height, width).shape(inputShape));
    }
    return shape;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    int[] shape = x.shape();
    Tensor image =
        crops
            ? Box.within(shape, height, width).cutOut(graph, x)
            : pads ? Box.around(shape, height, width).addTo(graph, x, fillValue) : x;
    return graph.resample(
        image, interpolation, antialias && interpolation != Interpolation.NEAREST, height, width);
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    if (interpolation.overshoots()) {
      return Bounds.NONE;
    }
    Bounds border = Bounds.between(fillValue, fillValue);
    return pads ? Bounds.among(List.of(inputs.get(0), border)) : inputs.get(0);
  }

  @Override
  public String toString() {
    return "resizing(" + height + ", " + width + ")";
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "Resizing")
            .with("height", height)
            .with("width", width)
            .with("interpolation", interpolation.kerasName())
            .with("crop_to_aspect_ratio", crops)
            .with("pad_to_aspect_ratio", pads)
            .with("fill_mode", "constant")
            .with("fill_value", fillValue)
            .with("antialias", antialias)
            .with("data_format", "channels_last"));
  }

  static Resizing from(Settings settings) {
    settings.requireOneOf("data_format", "channels_last").requireOneOf("fill_mode", "constant");
    boolean crops = settings.flag("crop_to_aspect_ratio", false);
    boolean pads = settings.flag("pad_to_aspect_ratio", false);
    boolean antialias = settings.flag("antialias", false);
    return new Resizing(settings.integer("height"), settings.integer("width"))
        .interpolation(settings.text("interpolation", "bilinear"))
        .fillValue(settings.number("fill_value", 0))
        .with(
            copy -> {
              copy.crops = crops;
              copy.pads = pads;
              copy.antialias = antialias;
            })
        .checked();
  }
}
