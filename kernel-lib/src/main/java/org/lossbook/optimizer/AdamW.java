package org.lossbook.optimizer;

import org.lossbook.config.Settings;

/**
 * AdamW: {@link Adam} with decoupled weight decay, which shrinks every weight a little in each
 * step, \(w \leftarrow w - \eta\,\lambda\,w\), before Adam's own update. A penalty in the loss,
 * {@code l2(…)}, would be divided by the gradient's size with the rest of the gradient; weight
 * decay is not.
 *
 * <pre>{@code
 * adamw()                       // as adam(), λ 0.004
 * adamw().weightDecay(0.01)
 * descend(x -> x.square(), 3, adamw().learningRate(0.1)).steps(2).last()   // 2.798
 * }</pre>
 *
 * <p>Loshchilov and Hutter, <a href="https://arxiv.org/abs/1711.05101">Decoupled Weight Decay
 * Regularization</a>, 2017.
 *
 * @question How can weights shrink without disturbing Adam?
 * @use For networks that overfit, above all transformers.
 * @avoid When no weight should shrink: {@link Adam} does the rest alike.
 */
public final class AdamW extends AdamFamily<AdamW> {
  private AdamW() {
    super("AdamW", 0.004);
  }

  /** Keras's defaults. */
  public static AdamW adamw() {
    return new AdamW();
  }

  static AdamW from(Settings settings) {
    return adamw().read(settings);
  }
}
