package org.lossbook.model;

import java.util.Map;
import org.lossbook.base.Figures;
import org.lossbook.notebook.Renderable;

/**
 * The loss of one batch, a number that knows the way back to the weights: what {@link Model#loss
 * model.loss(x, y)} gives in a loop that is written by hand.
 *
 * <pre>{@code
 * model.zeroGrad();
 * var loss = model.loss(batch.x(), batch.y());
 * loss.value();               // 2.3077
 * loss.backward();            // model.gradient("dense/kernel") is there now
 * model.step();
 * }</pre>
 */
public final class LossValue implements Renderable {
  private final Model model;
  private final double value;
  private final int samples;

  LossValue(Model model, double value, int samples) {
    this.model = model;
    this.value = value;
    this.samples = samples;
  }

  /** The number: the loss of the batch, with what the weights cost. */
  public double value() {
    return value;
  }

  /** The samples in the batch. */
  public int samples() {
    return samples;
  }

  /**
   * From this loss to the gradients of all parameters, which are added to those that are there:
   * {@link Model#zeroGrad()} comes before, unless they are to add up over several batches.
   *
   * @throws IllegalStateException where it is not the loss of the last call of {@code model.loss},
   *     where it has gone backward already, or where the weights have moved since
   * @throws ArithmeticException where it is no number: says what went first
   */
  public void backward() {
    model.backward(this);
  }

  @Override
  public Map<String, String> mimeBundle() {
    return Map.of("text/plain", toString());
  }

  /** The number, {@code 2.3077}. */
  @Override
  public String toString() {
    return Figures.text(value);
  }
}
