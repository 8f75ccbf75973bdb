package org.lossbook.optimizer;

import java.util.LinkedHashMap;
import java.util.Map;

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
 *
 * @param learningRate the size of a step, 0.001
 * @param beta1 the share of m that a step keeps, 0.9
 * @param beta2 the share of v that a step keeps, 0.999
 * @param epsilon keeps the division finite, 1e-7
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon)
    implements Optimizer {

  /**
   * With these settings.
   *
   * @throws IllegalArgumentException where a setting is out of its range
   */
  public Adam {
    Settings.learningRate("adam", learningRate);
    Settings.decay("adam", "beta1", beta1);
    Settings.decay("adam", "beta2", beta2);
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException(
          "adam expects an epsilon above 0 but receives %s: 1e-7 is the usual one."
              .formatted(epsilon));
    }
  }

  /** Keras's defaults. */
  public static Adam adam() {
    return new Adam(1e-3, 0.9, 0.999, 1e-7);
  }

  /** The same with another learning rate. */
  public Adam learningRate(double value) {
    return new Adam(value, beta1, beta2, epsilon);
  }

  /** The same with another share of the mean gradient kept. */
  public Adam beta1(double value) {
    return new Adam(learningRate, value, beta2, epsilon);
  }

  /** The same with another share of the mean squared gradient kept. */
  public Adam beta2(double value) {
    return new Adam(learningRate, beta1, value, epsilon);
  }

  /** The same with another ε. */
  public Adam epsilon(double value) {
    return new Adam(learningRate, beta1, beta2, value);
  }

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public Updater start(int parameters) {
    return new Rule(this, parameters);
  }

  private static final class Rule implements Updater {
    private final Adam settings;
    private final ChunkedVector means;
    private final ChunkedVector squares;
    private int step;
    private float alpha;

    Rule(Adam settings, int parameters) {
      this.settings = settings;
      means = new ChunkedVector(parameters);
      squares = new ChunkedVector(parameters);
    }

    @Override
    public void beginStep() {
      step++;
      // In floats like Keras: 1 - 0.999f is not quite 0.001, and the first steps show it.
      float kept1 = (float) Math.pow((float) settings.beta1, step);
      float kept2 = (float) Math.pow((float) settings.beta2, step);
      alpha = (float) settings.learningRate * (float) Math.sqrt(1 - kept2) / (1 - kept1);
    }

    @Override
    public void update(float[] weights, float[] gradients, int offset, int count) {
      apply(
          weights,
          gradients,
          means.from(offset),
          squares.from(offset),
          count,
          alpha,
          (float) (1 - settings.beta1),
          (float) (1 - settings.beta2),
          (float) settings.epsilon);
    }

    private static void apply(
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

    @Override
    public Map<String, float[]> state() {
      var state = new LinkedHashMap<String, float[]>();
      state.put("momentums", means.whole());
      state.put("velocities", squares.whole());
      return state;
    }
  }
}
