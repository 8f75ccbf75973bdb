package org.lossbook.layer.preprocessing;

import java.util.Arrays;
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

/**
 * Rescaling: x · scale + offset, with one scale and offset for all numbers or one for each channel,
 * the last axis. It has no weights and does the same in training and prediction.
 *
 * <pre>{@code
 * rescaling(1.0 / 255)          // pixels from 0 to 255 come to lie from 0 to 1
 * rescaling(1 / 127.5, -1)      // from −1 to 1: 0, 127.5 and 255 become −1, 0 and 1
 * }</pre>
 *
 * @question How are pixels brought to the range from 0 to 1?
 * @use For images, as the first layer.
 * @avoid For features with different units: use {@link Normalization}.
 */
public final class Rescaling extends BaseLayer<Rescaling> {
  private static final String EXAMPLE = "rescaling(1.0 / 255)";

  private final Constants scale;
  private final Constants offset;

  private Rescaling(Constants scale, Constants offset) {
    this.scale = scale;
    this.offset = offset;
  }

  /** One scale and offset for all numbers. */
  public Rescaling(double scale, double offset) {
    this(new double[] {scale}, new double[] {offset});
  }

  /** A scale and an offset for each channel; a single one stands for all. */
  public Rescaling(double[] scales, double[] offsets) {
    this(Constants.of("rescaling", "scale", scales), Constants.of("rescaling", "offset", offsets));
  }

  @Override
  public String kind() {
    return "rescaling";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    check("scale", scale, inputShape);
    check("offset", offset, inputShape);
    return inputShape.clone();
  }

  private static void check(String what, Constants given, int... inputShape) {
    if (!given.fit(inputShape)) {
      throw Messages.wrong(
          "rescaling expects one %s or one for each channel of %s but receives %s: %s has one for all.",
          what, LayerChecks.batched(inputShape), given, EXAMPLE);
    }
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    int[] shape = x.shape();
    return graph.affine(x, new float[1], scale.over(shape), offset.over(shape));
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    Bounds given = inputs.get(0);
    if (!given.areFinite()) {
      return Bounds.NONE;
    }
    return Bounds.sum(
        List.of(Bounds.product(List.of(given.withoutSumToOne(), range(scale))), range(offset)));
  }

  private static Bounds range(Constants given) {
    return Bounds.between(
        Arrays.stream(given.numbers()).min().orElseThrow(),
        Arrays.stream(given.numbers()).max().orElseThrow());
  }

  @Override
  public String toString() {
    return "rescaling(" + scale + ", " + offset + ")";
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "Rescaling")
            .with("scale", scale.saved())
            .with("offset", offset.saved()));
  }

  static Rescaling from(Settings settings) {
    Constants scale =
        Constants.from(settings, "scale")
            .orElseGet(() -> settings.wrong("scale", "numbers", "None"));
    Constants offset =
        Constants.from(settings, "offset").orElseGet(() -> Constants.of("rescaling", "offset", 0));
    return new Rescaling(scale, offset);
  }
}
