package org.lossbook.optimizer;

import java.util.Map;

/**
 * A step against the gradient of each batch; with momentum, a ball that rolls on.
 *
 * <p>w ← w − lr · g; with momentum μ: m ← μ · m − lr · g, w ← w + m; with Nesterov's momentum w ← w
 * + μ · m − lr · g, a look ahead along the way the ball rolls.
 *
 * <pre>{@code
 * sgd()                                         // learning rate 0.01
 * sgd().learningRate(0.1).momentum(0.9).nesterov()
 * }</pre>
 *
 * <p>Sutskever et al., <a href="https://proceedings.mlr.press/v28/sutskever13.html">On the
 * importance of initialization and momentum in deep learning</a>, 2013; the form is Keras's, where
 * the learning rate is inside m.
 *
 * @param learningRate the length of a step for a gradient of one, 0.01
 * @param momentum the share of the last step that goes on, 0
 * @param lookingAhead Nesterov's momentum: whether the gradient counts as taken ahead, where
 *     momentum will have led
 */
public record Sgd(double learningRate, double momentum, boolean lookingAhead) implements Optimizer {

  /**
   * With these settings.
   *
   * @throws IllegalArgumentException where a setting is out of its range
   */
  public Sgd {
    Settings.learningRate("sgd", learningRate);
    Settings.decay("sgd", "momentum", momentum);
  }

  /** Keras's defaults. */
  public static Sgd sgd() {
    return new Sgd(0.01, 0, false);
  }

  /** The same with another learning rate. */
  public Sgd learningRate(double value) {
    return new Sgd(value, momentum, lookingAhead);
  }

  /** The same with momentum; 0.9 is the usual one. */
  public Sgd momentum(double value) {
    return new Sgd(learningRate, value, lookingAhead);
  }

  /** The same with Nesterov's momentum; says something only together with {@link #momentum}. */
  public Sgd nesterov() {
    return new Sgd(learningRate, momentum, true);
  }

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public Updater start(int parameters) {
    return momentum == 0
        ? new Plain((float) learningRate)
        : new Rolling(
            (float) learningRate, (float) momentum, lookingAhead, new ChunkedVector(parameters));
  }

  private record Plain(float learningRate) implements Updater {
    @Override
    public void beginStep() {}

    @Override
    public void update(float[] weights, float[] gradients, int offset, int count) {
      for (int i = 0; i < count; i++) {
        weights[i] -= learningRate * ((gradients[i] + TINY_GRADIENT) - TINY_GRADIENT);
      }
    }

    @Override
    public Map<String, float[]> state() {
      return Map.of();
    }
  }

  private record Rolling(
      float learningRate, float momentum, boolean lookingAhead, ChunkedVector momentums)
      implements Updater {
    @Override
    public void beginStep() {}

    @Override
    public void update(float[] weights, float[] gradients, int offset, int count) {
      float[] m = momentums.from(offset);
      if (lookingAhead) {
        ahead(weights, gradients, m, count, learningRate, momentum);
      } else {
        roll(weights, gradients, m, count, learningRate, momentum);
      }
    }

    private static void roll(float[] w, float[] g, float[] m, int n, float rate, float momentum) {
      for (int i = 0; i < n; i++) {
        float push = rate * ((g[i] + TINY_GRADIENT) - TINY_GRADIENT);
        float next = ((momentum * m[i] - push) + TINY_MEAN) - TINY_MEAN;
        m[i] = next;
        w[i] += next;
      }
    }

    private static void ahead(float[] w, float[] g, float[] m, int n, float rate, float momentum) {
      for (int i = 0; i < n; i++) {
        float push = rate * ((g[i] + TINY_GRADIENT) - TINY_GRADIENT);
        float next = ((momentum * m[i] - push) + TINY_MEAN) - TINY_MEAN;
        m[i] = next;
        w[i] += momentum * next - push;
      }
    }

    @Override
    public Map<String, float[]> state() {
      return Map.of("momentums", momentums.whole());
    }
  }
}
