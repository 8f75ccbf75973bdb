package org.lossbook.layer.preprocessing;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.ImageChange;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;

/**
 * Base class of layers that change images at random during training, each image of a batch on its
 * own, and pass them on as they are during prediction. They take [height, width, channels] and keep
 * the shape unless they say otherwise; they pass no gradient on, so they stand before all layers
 * with weights.
 *
 * @param <L> the layer itself
 */
public abstract class RandomImages<L extends RandomImages<L>> extends BaseLayer<L> {
  private static final double WHITE = 255;

  private final String className;
  private double low = 0;
  private double high = WHITE;

  /**
   * @param className as Keras has it
   */
  RandomImages(String className) {
    this.className = className;
  }

  /** Keras's class. */
  final String className() {
    return className;
  }

  /** The factory's name. */
  final String who() {
    return Character.toLowerCase(className.charAt(0)) + className.substring(1);
  }

  /**
   * The same for images whose pixels go from {@code low} to {@code high}; from 0 to 255 by default.
   *
   * @throws IllegalArgumentException where they are not finite or equal
   */
  public L valueRange(double low, double high) {
    if (!Double.isFinite(low) || !Double.isFinite(high) || low == high) {
      throw Messages.wrong(
          "%s expects a valueRange of two numbers, the darkest and the brightest, but receives %s and %s: valueRange(0, 1) is one.",
          who(), low, high);
    }
    return with(copy -> setRange(copy, Math.min(low, high), Math.max(low, high)));
  }

  private static void setRange(RandomImages<?> layer, double low, double high) {
    layer.low = low;
    layer.high = high;
  }

  final double low() {
    return low;
  }

  final double high() {
    return high;
  }

  /** The value range as a file says it. */
  final List<Object> range() {
    return List.of(low, high);
  }

  /** Sets the range that a file says. */
  final L read(Settings settings) {
    settings.ignore("seed", "bounding_box_format").requireOneOf("data_format", "channels_last");
    if (settings.has("value_range")) {
      double[] range = settings.numbers("value_range");
      return range.length == 2
          ? valueRange(range[0], range[1])
          : settings.wrong("value_range", "two numbers", settings.value("value_range"));
    }
    return with(copy -> {});
  }

  @Override
  public final String kind() {
    String words = className.replaceAll("([a-z])([A-Z])", "$1_$2");
    return words.toLowerCase(Locale.ROOT);
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    LayerChecks.requireImage(who(), inputShape);
    return inputShape.clone();
  }

  /** Refuses images that do not have so many channels. */
  final void requireColor(int[] inputShape) {
    int channels = inputShape[inputShape.length - 1];
    if (channels != 3) {
      throw Messages.wrong(
          "%s expects images of 3 channels, red, green and blue, but receives %s: leave it out for grey images.",
          who(), LayerChecks.batched(inputShape));
    }
  }

  /** Whether it changes images during prediction, too. */
  boolean worksInInference() {
    return false;
  }

  /** Its work on images of that shape. */
  abstract ImageChange change(boolean training, int height, int width, int channels);

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    if (!graph.training() && !worksInInference()) {
      return x;
    }
    int[] shape = x.shape();
    ImageChange change = change(graph.training(), shape[0], shape[1], shape[2]);
    return graph.changedImages(x, change, who(), outputOf(shape));
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return Bounds.NONE;
  }
}
