package org.lossbook.engine;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;

/**
 * A change of one image by random numbers, such as a turn by a random angle; of one plan, so that
 * it may keep arrays for its work.
 */
@FunctionalInterface
public interface ImageChange {
  /**
   * Prepares the changes of a batch, where they have something in common; {@link #apply} then sees
   * its images in their order. Allocates nothing after the first batch.
   *
   * @param images all images, one after the other
   * @param count how many they are
   * @param random numbers of this batch
   */
  default void begin(FloatBuffer images, int count, RandomGenerator random) {}

  /**
   * Writes the changed image; allocates nothing.
   *
   * @param image height × width × channels, which it may overwrite
   * @param into as many numbers as the changed image has, all to be written
   * @param random numbers of this image alone
   */
  void apply(float[] image, float[] into, RandomGenerator random);
}
