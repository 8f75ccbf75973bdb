package org.lossbook.model;

import java.util.Map;
import org.lossbook.base.Figures;
import org.lossbook.notebook.Renderable;

/**
 * The loss of one batch, which can be backpropagated: what {@link Model#loss model.loss(x, y)}
 * returns in a manual training loop.
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

  /** The loss of the batch, regularization penalties included. */
  public double value() {
    return value;
  }

  /** The batch size. */
  public int samples() {
    return samples;
  }

  /**
   * Backpropagates this loss: adds the gradients of all parameters to those already accumulated.
   * Call {@link Model#zeroGrad()} first, unless gradients are to accumulate over several batches.
   *
   * @throws IllegalStateException if it is not the loss of the latest {@code model.loss} call, if
   *     it was backpropagated already, or if the weights have changed since
   * @throws ArithmeticException if it is NaN or infinite; the message says what became non-finite
   *     first
   */
  public void backward() {
    model.backward(this);
  }

  @Override
  public Map<String, String> mimeBundle() {
    return Map.of("text/plain", toString());
  }

  /** The value, {@code 2.3077}. */
  @Override
  public String toString() {
    return Figures.text(value);
  }
}
