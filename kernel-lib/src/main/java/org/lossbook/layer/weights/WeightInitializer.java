package org.lossbook.layer.weights;

import java.util.SplittableRandom;
import org.lossbook.config.Config;
import org.lossbook.engine.Initializer;

/**
 * Weight initializer: draws the first values of a parameter, such as {@code heNormal()}.
 *
 * <pre>{@code
 * dense(64).relu().kernelInitializer(heNormal())
 * dense(1).biasInitializer(constant(-2))
 * }</pre>
 */
public final class WeightInitializer implements Initializer {
  private final String written;
  private final Object saved;
  private final Initializer draw;

  /**
   * @param written as in a cell: {@code heNormal()}
   * @param saved as a file has it
   */
  WeightInitializer(String written, Object saved, Initializer draw) {
    this.written = written;
    this.saved = saved;
    this.draw = draw;
  }

  /**
   * The same with a seed of its own, which gives the same values for equal shapes, whatever the
   * model's seed.
   */
  public WeightInitializer seed(int seed) {
    return new WeightInitializer(
        written + ".seed(" + seed + ")",
        saved instanceof Config config ? config.with("seed", seed) : saved,
        (values, shape, random) -> draw.fill(values, shape, new SplittableRandom(seed)));
  }

  @Override
  public void fill(float[] values, int[] shape, SplittableRandom random) {
    draw.fill(values, shape, random);
  }

  /** As a file has it: Keras's class and its settings. */
  Object saved() {
    return saved;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WeightInitializer that && saved.equals(that.saved);
  }

  @Override
  public int hashCode() {
    return saved.hashCode();
  }

  /** As written in a cell: {@code heNormal()}. */
  @Override
  public String toString() {
    return written;
  }
}
