package org.lossbook.data.sound;

import java.util.stream.IntStream;

/**
 * Triangles on the mel scale, \(m(f) = 1127 \ln(1 + f/700)\), each from the middle of its lower
 * neighbour to that of its upper one, with 1 at its own: those of Keras's MelSpectrogram, which are
 * HTK's.
 */
final class MelBands {
  private MelBands() {}

  static double mel(double hertz) {
    return 1127 * Math.log(1 + hertz / 700);
  }

  static double hertz(double mel) {
    return 700 * (Math.exp(mel / 1127) - 1);
  }

  /** The middle of each band, in hertz. */
  static double[] middles(int bands, double low, double high) {
    return IntStream.rangeClosed(1, bands)
        .mapToDouble(b -> hertz(edge(b, bands, low, high)))
        .toArray();
  }

  /** Where band {@code b} has its middle, on the mel scale; 0 is the lower end. */
  private static double edge(int b, int bands, double low, double high) {
    return mel(low) + (mel(high) - mel(low)) * b / (bands + 1);
  }

  /** How much of each frequency a band hears, {@code [bands][frequencies]}; of 0 Hz nothing. */
  static double[][] weights(int bands, double[] frequencies, double low, double high) {
    double[][] weights = new double[bands][frequencies.length];
    for (int b = 0; b < bands; b++) {
      double from = edge(b, bands, low, high);
      double middle = edge(b + 1, bands, low, high);
      double to = edge(b + 2, bands, low, high);
      for (int k = 1; k < frequencies.length; k++) {
        double at = mel(frequencies[k]);
        weights[b][k] =
            Math.max(0, Math.min((at - from) / (middle - from), (to - at) / (to - middle)));
      }
    }
    return weights;
  }
}
