package org.lossbook.engine;

import java.util.SplittableRandom;

/** Fills a parameter's first values; {@code shape} is the user's (Keras's) layout. */
@FunctionalInterface
public interface Initializer {
  void fill(float[] values, int[] shape, SplittableRandom random);
}
