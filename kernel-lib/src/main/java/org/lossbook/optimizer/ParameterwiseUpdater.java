package org.lossbook.optimizer;

/**
 * Base class of updaters whose rule needs to see a whole parameter, its norm for example, before it
 * moves the first of its numbers. They look at all chunks first, once or more often.
 */
abstract class ParameterwiseUpdater extends BaseUpdater {
  private final ParameterLayout layout;
  private final float[] prepared; // a chunk's weights
  private final float[] clipped; // and gradients

  ParameterwiseUpdater(BaseOptimizer<?> settings, ParameterLayout layout) {
    super(settings, layout.size());
    this.layout = layout;
    prepared = new float[Math.min(Optimizer.CHUNK, layout.size())];
    clipped = new float[prepared.length];
  }

  final ParameterLayout layout() {
    return layout;
  }

  @Override
  public int surveys() {
    return 1;
  }

  @Override
  public final void survey(int pass, float[] weights, float[] gradients, int offset, int count) {
    System.arraycopy(weights, 0, prepared, 0, count);
    System.arraycopy(gradients, 0, clipped, 0, count);
    prepare(prepared, clipped, offset, count);
    look(pass, prepared, clipped, offset, count);
  }

  /** Looks at the part of a chunk in each of the surveys, after clipping and weight decay. */
  abstract void look(int pass, float[] weights, float[] gradients, int offset, int count);

  @Override
  final void move(float[] weights, float[] gradients, int offset, int count) {
    int at = 0;
    for (int p = layout.at(offset); at < count; p++) {
      int to = Math.min(count, layout.end(p) - offset);
      move(p, weights, gradients, offset, at, to);
      at = to;
    }
  }

  /** Updates the numbers {@code from..to-1} of a chunk, which are of one parameter. */
  abstract void move(
      int parameter, float[] weights, float[] gradients, int offset, int from, int to);

  /** The sum of the squares of a part of a chunk. */
  static double squares(float[] numbers, int from, int to) {
    return ClippedNorms.squares(numbers, from, to);
  }
}
