package org.lossbook.engine;

import java.util.SplittableRandom;

/** An initializer: draws a parameter's initial values; {@code shape} is in Keras's layout. */
@FunctionalInterface
public interface Initializer {
  void fill(float[] values, int[] shape, SplittableRandom random);
}
