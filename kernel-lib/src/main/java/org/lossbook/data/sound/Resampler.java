package org.lossbook.data.sound;

/**
 * Another sampling rate by a low-pass filter, a sinc under Kaiser's window with β = 5: SciPy's
 * {@code resample_poly}.
 */
final class Resampler {
  private static final double BETA = 5;
  private static final int LOBES = 10; // of the sinc on either side

  private Resampler() {}

  /** The samples at {@code up / down} times their rate; the two have no common divisor. */
  static float[] resampled(float[] samples, int up, int down) {
    int half = Math.multiplyExact(LOBES, Math.max(up, down));
    double[] filter = filter(half, Math.max(up, down), up);
    int length = (int) (((long) samples.length * up + down - 1) / down);
    float[] made = new float[length];
    for (int m = 0; m < length; m++) {
      long at = (long) m * down + half; // of the sample n, the filter is asked at - n · up
      long first = Math.max(0, (at - 2L * half + up - 1) / up);
      long last = Math.min(samples.length - 1L, at / up);
      double sum = 0;
      for (long n = first; n <= last; n++) {
        sum += samples[(int) n] * filter[(int) (at - n * up)];
      }
      made[m] = (float) sum;
    }
    return made;
  }

  private static double[] filter(int half, int rate, int gain) {
    double[] filter = new double[2 * half + 1];
    double sum = 0;
    for (int i = 0; i < filter.length; i++) {
      double x = (i - half) / (double) rate;
      double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      double off = (i - half) / (double) half;
      filter[i] = sinc * bessel(BETA * Math.sqrt(1 - off * off));
      sum += filter[i];
    }
    for (int i = 0; i < filter.length; i++) {
      filter[i] *= gain / sum;
    }
    return filter;
  }

  /** The modified Bessel function of the first kind and order zero, by its series. */
  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= x * x / (4.0 * k * k);
      sum += term;
    }
    return sum;
  }
}
