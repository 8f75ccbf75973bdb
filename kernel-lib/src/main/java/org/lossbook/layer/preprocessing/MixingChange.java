package org.lossbook.layer.preprocessing;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.lossbook.engine.ImageChange;

/** A change that mixes each image of a batch with another, or with itself, each once. */
abstract class MixingChange implements ImageChange {
  private final float[] other;
  private int[] order = {};
  private FloatBuffer images;
  private int next;

  /**
   * @param size the numbers of an image
   */
  MixingChange(int size) {
    other = new float[size];
  }

  @Override
  public void begin(FloatBuffer images, int count, RandomGenerator random) {
    this.images = images;
    next = 0;
    order = order.length == count ? order : new int[count];
    for (int i = 0; i < count; i++) { // Fisher and Yates's shuffle, inside out
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    drawForAll(random);
  }

  /** Draws what all images of a batch have in common. */
  void drawForAll(RandomGenerator random) {}

  @Override
  public void apply(float[] image, float[] into, RandomGenerator random) {
    images.get(order[next] * other.length, other);
    next++;
    mix(image, other, into, random);
  }

  /** Writes an image mixed with the other. */
  abstract void mix(float[] image, float[] other, float[] into, RandomGenerator random);
}
