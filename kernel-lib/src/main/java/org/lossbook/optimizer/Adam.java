package org.lossbook.optimizer;

/**
 * Steps of about the learning rate's size for every weight, whatever the size of its gradient: the
 * running mean of the gradient divided by the root of the running mean of its square.
 *
 * <p>m ← m + (1 − β₁)(g − m), v ← v + (1 − β₂)(g² − v), w ← w − α · m / (√v + ε) with α = lr · √(1
 * − β₂ᵗ) / (1 − β₁ᵗ) in step t.
 *
 * <pre>{@code
 * adam()                       // learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 1e-7
 * adam().learningRate(1e-4)
 * }</pre>
 *
 * <p>Kingma and Ba, <a href="https://arxiv.org/abs/1412.6980">Adam: A Method for Stochastic
 * Optimization</a>, 2014. As in Keras, ε is the ε̂ of the form before section 2.1: it is added
 * after the correction of the bias has gone into α, not to √v̂ as in algorithm 1.
 */
public final class Adam extends Specification<Adam> {
  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private double epsilon = 1e-7;

  private Adam() {
    super(1e-3);
  }

  /** Keras's defaults. */
  public static Adam adam() {
    return new Adam();
  }

  /** The same with another share of the mean gradient kept from step to step; 0.9 at first. */
  public Adam beta1(double value) {
    Settings.decay(name(), "beta1", value);
    return with(copy -> copy.beta1 = value);
  }

  /** The same with another share of the mean squared gradient kept; 0.999 at first. */
  public Adam beta2(double value) {
    Settings.decay(name(), "beta2", value);
    return with(copy -> copy.beta2 = value);
  }

  /** The same with another ε, which keeps the division finite; 1e-7 at first. */
  public Adam epsilon(double value) {
    Settings.epsilon(name(), value);
    return with(copy -> copy.epsilon = value);
  }

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public Updater start(int parameters) {
    return new AdamRule(this, parameters);
  }

  private static final class AdamRule extends Rule {
    private final Adam settings;
    private final ChunkedVector momentum = vector("momentum");
    private final ChunkedVector velocity = vector("velocity");
    private float alpha;

    AdamRule(Adam settings, int parameters) {
      super(settings, parameters);
      this.settings = settings;
    }

    @Override
    void begin(long step, float rate) {
      double left1 = 1 - Math.pow(settings.beta1, step);
      double left2 = 1 - Math.pow(settings.beta2, step);
      alpha = (float) (rate * Math.sqrt(left2) / left1);
    }

    @Override
    void move(float[] weights, float[] gradients, int offset, int count) {
      move(
          weights,
          gradients,
          momentum.from(offset),
          velocity.from(offset),
          count,
          alpha,
          (float) (1 - settings.beta1),
          (float) (1 - settings.beta2),
          (float) settings.epsilon);
    }

    private static void move(
        float[] w, float[] g, float[] m, float[] v, int n, float alpha, float a, float b, float e) {
      for (int i = 0; i < n; i++) {
        float gradient = (g[i] + TINY_GRADIENT) - TINY_GRADIENT;
        float mean = ((m[i] + a * (gradient - m[i])) + TINY_MEAN) - TINY_MEAN;
        float square = ((v[i] + b * (gradient * gradient - v[i])) + TINY_SQUARE) - TINY_SQUARE;
        m[i] = mean;
        v[i] = square;
        w[i] -= alpha * mean / ((float) Math.sqrt(square) + e);
      }
    }
  }
}
