package org.lossbook.layer;

import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;

/**
 * The input of a network: declares the shape of one sample, without the batch, channels last.
 * {@code input(28, 28, 1)} takes greyscale images of 28 by 28 pixels. It is the first layer of a
 * {@code sequential}, or a value to apply other layers to, {@code dense(64).of(x)}.
 *
 * <p>A length or size may be left to the data: {@code input(anyLength(), 32)} takes sequences of
 * vectors of 32 numbers, {@code input(anySize(), anySize(), 3)} colour images. All samples of one
 * batch have the same shape; a model prepares a plan for each shape that it meets.
 *
 * @question What does one sample look like?
 * @use As the first layer of every network.
 * @avoid Anywhere but at the start.
 */
public final class Input extends BaseLayer<Input> implements Node {
  private final int[] shape;
  private boolean isText;

  public Input(int... shape) {
    this.shape = LayerChecks.requireShape("input", shape, "input(28, 28, 1)");
    for (int extent : shape) {
      if (extent != Shapes.ANY) {
        LayerChecks.requirePositive("input", "extents", extent);
      }
    }
    LayerChecks.requireHoldable("input", Shapes.fixed(1, shape));
  }

  /** The input of a network whose samples are so many texts each. */
  public static Input ofTexts(int texts) {
    LayerChecks.requirePositive("textInput", "texts", texts);
    return new Input(texts).with(copy -> copy.isText = true);
  }

  /** Whether its samples are texts. */
  public boolean isOfTexts() {
    return isText;
  }

  @Override
  public String kind() {
    return "input";
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  @Override
  public Node output(int index) {
    if (index != 0) {
      throw Messages.wrong(
          "input expects the index 0, as it is one value, but receives %d: leave output(%d) out.",
          index, index);
    }
    return this;
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    if (!Shapes.fits(shape, inputShape)) {
      throw new IllegalArgumentException(
          "input expects "
              + LayerChecks.batched(shape)
              + " but receives "
              + LayerChecks.batched(inputShape)
              + ": give it the data's shape, or reshape the data.");
    }
    return inputShape.clone();
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return x;
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "InputLayer")
            .with("batch_shape", Shapes.saved(shape))
            .with("dtype", isText ? "string" : "float32"));
  }
}
