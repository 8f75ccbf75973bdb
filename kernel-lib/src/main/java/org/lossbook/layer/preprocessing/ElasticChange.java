package org.lossbook.layer.preprocessing;

import java.util.random.RandomGenerator;
import org.lossbook.engine.ImageChange;

/** Bends an image by a smooth random field: noise, blurred by a normal distribution. */
final class ElasticChange implements ImageChange {
  private static final double STRENGTH = 0.1; // of the longer side, at scale 1
  private static final double SMOOTHNESS = 0.05; // of the shorter side
  private static final double REACH = 3; // of the blur, in standard deviations

  private final Warp warp;
  private final int height;
  private final int width;
  private final Factor factor;
  private final Factor scale;
  private final double low;
  private final double high;
  private final float[] noise;
  private final float[] half;
  private final float[] across;
  private final float[] down;
  private final double[] weights;

  ElasticChange(
      Warp warp, int height, int width, Factor factor, Factor scale, double low, double high) {
    this.warp = warp;
    this.height = height;
    this.width = width;
    this.factor = factor;
    this.scale = scale;
    this.low = low;
    this.high = high;
    noise = new float[height * width];
    half = new float[noise.length];
    across = new float[noise.length];
    down = new float[noise.length];
    weights = new double[1 + (int) (REACH * SMOOTHNESS * Math.min(height, width))];
  }

  @Override
  public void apply(float[] image, float[] into, RandomGenerator random) {
    boolean bends = factor.happens(random);
    double strength = scale.draw(random);
    double sigma = Math.min(height, width) * SMOOTHNESS * strength;
    if (!bends || sigma == 0) {
      System.arraycopy(image, 0, into, 0, image.length);
      return;
    }
    double alpha = Math.max(height, width) * STRENGTH * strength;
    field(across, alpha, sigma, random);
    field(down, alpha, sigma, random);
    warp.apply(image, into, across, down);
    Colors.clip(into, low, high);
  }

  private void field(float[] into, double alpha, double sigma, RandomGenerator random) {
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (alpha * sigma * random.nextGaussian());
    }
    int reach = Math.min(weights.length - 1, (int) (REACH * sigma));
    double sum = 0;
    for (int i = 0; i <= reach; i++) {
      weights[i] = Math.exp(-0.5 * i * i / (sigma * sigma));
      sum += i == 0 ? weights[i] : 2 * weights[i];
    }
    for (int i = 0; i <= reach; i++) {
      weights[i] /= sum;
    }
    smooth(noise, half, reach, 1, width);
    smooth(half, into, reach, width, height);
  }

  /** Blurs along one axis, with zeros outside. */
  private void smooth(float[] from, float[] into, int reach, int step, int extent) {
    for (int i = 0; i < from.length; i++) {
      int place = i / step % extent;
      double sum = 0;
      for (int k = Math.max(-reach, -place); k <= Math.min(reach, extent - 1 - place); k++) {
        sum += weights[Math.abs(k)] * from[i + k * step];
      }
      into[i] = (float) sum;
    }
  }
}
