package org.lossbook.layer.normalization;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Axes;
import org.lossbook.layer.LayerChecks;

/**
 * Group normalization: splits the channels of a sample into groups of neighbours and gives each
 * group, over all its pixels, mean 0 and variance 1; then scales and shifts each channel: gamma ·
 * (x − mean) / √(variance + ε) + beta. Unlike batch normalization it does the same in training and
 * prediction and with any batch size (Wu and He, 2018). One channel a group, {@code groups(-1)}, is
 * instance normalization.
 *
 * <p>Parameters, each {@code [channels]}: gamma, initially ones; beta, zeros.
 *
 * <pre>{@code
 * groupNormalization(4)     // [8, 8, 16]: four channels a group; gamma and beta are [16]
 * groupNormalization(-1)    // [8, 8, 16]: each channel of each image alone
 * }</pre>
 *
 * @question How can channels keep their scale, whatever the batch?
 * @use For images with small batches.
 * @avoid With large batches: {@link BatchNormalization} also regularizes.
 */
public final class GroupNormalization extends ScaledNormalization<GroupNormalization> {
  private static final int EACH_CHANNEL = -1;

  private final int groups;
  private Axes axis = Axes.LAST;

  /**
   * @param groups how many groups the channels are split into, 32 in Keras; −1 for as many as there
   *     are channels
   */
  public GroupNormalization(int groups) {
    if (groups < 1 && groups != EACH_CHANNEL) {
      throw Messages.wrong(
          "group_normalization expects 1 group or more, or -1 for one a channel, but receives %d: 32 is the default.",
          groups);
    }
    this.groups = groups;
  }

  /**
   * The axis of the channels, numbered as in Keras: 1 is a sample's first, −1 its last, the
   * default.
   */
  public GroupNormalization axis(int axis) {
    Axes given = Axes.of(kind(), axis);
    return with(copy -> copy.axis = given);
  }

  @Override
  public String kind() {
    return "group_normalization";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    int channels = channels(inputShape);
    if (channels % groupsOf(channels) != 0) {
      int fits =
          IntStream.rangeClosed(1, Math.min(groups, channels))
              .filter(g -> channels % g == 0)
              .max()
              .orElse(1);
      throw Messages.wrong(
          "group_normalization expects channels in %d equal groups but receives %d, %s: groupNormalization(%d) fits.",
          groups, channels, LayerChecks.batched(inputShape), fits);
    }
    return inputShape.clone();
  }

  private int channels(int... inputShape) {
    return inputShape[axis.in(kind(), inputShape)[0]];
  }

  private int groupsOf(int channels) {
    return groups == EACH_CHANNEL ? channels : groups;
  }

  @Override
  protected List<Parameter> parametersFor(int... inputShape) {
    outputOf(inputShape);
    return gammaAndBeta(channels(inputShape));
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.groupNormalization(
        x,
        axis.in(kind(), x.shape())[0],
        groupsOf(channels(x.shape())),
        gamma(weights),
        beta(weights),
        epsilon());
  }

  /** Of n numbers with mean 0 and variance 1 none is above √(n − 1). */
  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    int[] shape = inputShapes.get(0);
    double most = Math.sqrt((double) Shapes.size(shape) / groupsOf(channels(shape)) - 1);
    return isPlain() ? Bounds.between(-most, most) : Bounds.NONE;
  }

  @Override
  public String toString() {
    return "group_normalization(" + groups + ")";
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        scalingIn(
            Config.of("keras.layers", "GroupNormalization")
                .with("groups", groups)
                .with("axis", axis.saved()),
            1));
  }

  static GroupNormalization from(Settings settings) {
    var layer = new GroupNormalization(settings.integer("groups", 32));
    Axes axis = Axes.one(settings, "axis");
    return layer.with(layer.scalingFrom(settings, 1)).with(copy -> copy.axis = axis);
  }
}
