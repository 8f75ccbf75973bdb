package org.lossbook.data.sound;

/**
 * The fast Fourier transform of a frame whose length is a power of two (Cooley and Tukey, 1965).
 */
final class Fourier {
  private final int length;
  private final double[] cos;
  private final double[] sin;
  private final double[] real;
  private final double[] imaginary;

  Fourier(int length) {
    this.length = length;
    cos = new double[Math.max(1, length / 2)];
    sin = new double[cos.length];
    for (int k = 0; k < cos.length; k++) {
      cos[k] = Math.cos(2 * Math.PI * k / length);
      sin[k] = -Math.sin(2 * Math.PI * k / length);
    }
    real = new double[length];
    imaginary = new double[length];
  }

  /** Writes \(|X_k|^2\) for the frequencies 0 to {@code length / 2}. */
  void power(double[] frame, double[] into) {
    for (int i = 0; i < length; i++) {
      int bits = length == 1 ? 0 : Integer.reverse(i) >>> Integer.numberOfLeadingZeros(length - 1);
      real[bits] = frame[i];
      imaginary[bits] = 0;
    }
    for (int half = 1; half < length; half *= 2) {
      merge(half);
    }
    for (int k = 0; k <= length / 2; k++) {
      into[k] = real[k] * real[k] + imaginary[k] * imaginary[k];
    }
  }

  /** Makes of the transforms of {@code half} numbers each those of twice as many. */
  private void merge(int half) {
    int turn = length / (2 * half);
    for (int from = 0; from < length; from += 2 * half) {
      for (int k = 0; k < half; k++) {
        int one = from + k;
        int other = one + half;
        double a = cos[k * turn] * real[other] - sin[k * turn] * imaginary[other];
        double b = sin[k * turn] * real[other] + cos[k * turn] * imaginary[other];
        real[other] = real[one] - a;
        imaginary[other] = imaginary[one] - b;
        real[one] += a;
        imaginary[one] += b;
      }
    }
  }
}
