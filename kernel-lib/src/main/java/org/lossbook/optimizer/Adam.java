package org.lossbook.optimizer;

import org.lossbook.config.Settings;

/**
 * Adam (adaptive moment estimation): divides the running mean of each weight's gradient by the root
 * of the running mean of its square, so that every step is about as large as the learning rate,
 * whatever the size of the gradient.
 *
 * <p>\(m \leftarrow \beta_1 m + (1 - \beta_1) g\), \(v \leftarrow \beta_2 v + (1 - \beta_2) g^2\),
 * \(w \leftarrow w - \alpha\, m / (\sqrt v + \varepsilon)\) with \(\alpha = \eta \sqrt{1 -
 * \beta_2^t} / (1 - \beta_1^t)\) in step t.
 *
 * <pre>{@code
 * adam()                       // learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 1e-7
 * adam().learningRate(1e-4)
 * adam().formula()             // shown as mathematics
 * descend(x -> x.square(), 3, adam().learningRate(0.1)).steps(2).last()   // 2.8
 * }</pre>
 *
 * <p>Kingma and Ba, <a href="https://arxiv.org/abs/1412.6980">Adam: A Method for Stochastic
 * Optimization</a>, 2014. As in Keras, ε is the ε̂ of the form before section 2.1: it is added
 * after the bias correction, which is part of α, and not to √v̂ as in algorithm 1.
 *
 * @question How can each weight have a step of its own size?
 * @use For most networks: a good first choice with its defaults.
 * @avoid When weights should decay: use {@link AdamW}.
 */
public final class Adam extends AdamFamily<Adam> {
  private Adam() {
    super("Adam", 0);
  }

  /** Keras's defaults. */
  public static Adam adam() {
    return new Adam();
  }

  static Adam from(Settings settings) {
    return adam().read(settings);
  }
}
