package org.lossbook.layer.activation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Axes;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerValue;
import org.lossbook.layer.function.SoftmaxExploration;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedRows;
import org.lossbook.plot.explorer.SoftmaxExplorer;

/**
 * Softmax over one axis or several: eˣ / Σ eˣ, so that the numbers along them sum to one. The shape
 * stays the same. Over the steps of a sequence, those that are masked get no share.
 *
 * <pre>{@code
 * softmax()            // over the last axis, as dense(10).softmax()
 * softmax(1, 2)        // over the pixels of an image, for each channel by itself
 * }</pre>
 *
 * @question How do scores become probabilities that sum to one?
 * @use At the end of a classifier, or along chosen axes.
 * @avoid Before a loss from logits: it would be applied twice.
 */
public final class Softmax extends BaseLayer<Softmax> {
  /** By how much a masked number is lowered, so that its share is 0. */
  private static final float LOWERED = 1e9f;

  private final Axes axes;
  private boolean isLeftOut;

  /**
   * @param axes numbered as in Keras: 1 is a sample's first, −1 its last, the default
   */
  public Softmax(int... axes) {
    this(axes != null && axes.length == 0 ? Axes.LAST : Axes.of("softmax", axes));
  }

  private Softmax(Axes axes) {
    this.axes = axes;
  }

  /**
   * Worked steps on your numbers, over the last axis: the powers, their sum, the shares.
   *
   * <pre>{@code
   * softmax().explain(vector(0, 0)).result().get(0)   // 0.5
   * }</pre>
   */
  @Override
  public LayerSteps explain(Object x) {
    if (!axes.equals(Axes.LAST)) {
      throw Messages.wrong(
          "softmax.explain expects the last axis but receives %s: write softmax().explain(x).",
          axes);
    }
    return WorkedRows.softmax("softmax: eˣ/Σ eˣ", Values.of("softmax.explain", x));
  }

  /** Three scores to play with, and the temperature that divides them. */
  public SoftmaxExplorer explore() {
    return explore(2, 1, -1);
  }

  /**
   * These scores to play with, a bar for each probability, and the temperature that divides them.
   *
   * @throws IllegalArgumentException unless they are 2 to 12 finite numbers
   */
  public SoftmaxExplorer explore(double... scores) {
    return SoftmaxExploration.of(scores);
  }

  @Override
  public String kind() {
    return "softmax";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    axes.in(kind(), inputShape);
    return inputShape.clone();
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    int[] shape = x.shape();
    int[] along = axes.in(kind(), shape);
    if (isLeftOut) {
      return x;
    }
    if (isLast(along, shape)) {
      return graph.activation(x, Activation.SOFTMAX);
    }
    int[] order =
        IntStream.concat(
                IntStream.range(0, shape.length)
                    .filter(axis -> Arrays.stream(along).noneMatch(other -> other == axis)),
                Arrays.stream(along))
            .toArray();
    int[] back = new int[order.length];
    for (int axis = 0; axis < order.length; axis++) {
      back[order[axis]] = axis;
    }
    Tensor together = graph.permute(x, order);
    int width = Arrays.stream(along).map(axis -> shape[axis]).reduce(1, (a, b) -> a * b);
    Tensor rows = graph.reshape(together, x.size() / width, width);
    Tensor shares = graph.activation(rows, Activation.SOFTMAX);
    return graph.permute(graph.reshape(shares, together.shape()), back);
  }

  @Override
  public boolean usesMasks() {
    return true;
  }

  /** Over steps those that are masked get no share. */
  @Override
  protected Tensor buildMasked(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    Tensor x = LayerValue.tensor(inputs.get(0));
    Optional<Tensor> mask = LayerValue.mask(inputs.get(0));
    int steps = mask.map(each -> each.shape().length).orElse(0);
    if (isLeftOut || Arrays.stream(axes.in(kind(), x.shape())).noneMatch(axis -> axis < steps)) {
      return buildOn(graph, x, weights);
    }
    Tensor lowered =
        graph.affine(mask.get(), new float[] {1}, new float[] {LOWERED}, new float[] {0});
    return buildOn(
        graph, graph.sum(List.of(x, LayerValue.asFactor(graph, lowered, x)), 1, 1), weights);
  }

  private static boolean isLast(int[] along, int... shape) {
    return along.length == 1 && along[0] == shape.length - 1;
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    int[] shape = inputShapes.get(0);
    int[] along = axes.in(kind(), shape);
    int width = Arrays.stream(along).map(axis -> shape[axis]).reduce(1, (a, b) -> a * b);
    Bounds shares = Activation.SOFTMAX.bounds(inputs.get(0), width);
    return isLeftOut ? inputs.get(0) : isLast(along, shape) ? shares : shares.withoutSumToOne();
  }

  /** Softmax where it is over the last axis, which losses may leave out in training. */
  @Override
  public Activation activation() {
    return axes.saved().equals(-1) && !isLeftOut ? Activation.SOFTMAX : Activation.LINEAR;
  }

  @Override
  public Softmax linear() {
    return with(copy -> copy.isLeftOut = true);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "Softmax").with("axis", axes.saved()));
  }

  static Softmax from(Settings settings) {
    Object axis = settings.value("axis").orElse(-1);
    return new Softmax(
        axis instanceof List<?>
            ? settings.integers("axis")
            : new int[] {settings.integer("axis", -1)});
  }
}
