package org.lossbook.data.sound;

/**
 * What a frame is multiplied by before its frequencies are taken, so that its ends do not jump: the
 * periodic windows of SciPy's {@code get_window}.
 */
enum WindowFunction {
  /** \(0.5 - 0.5 \cos(2\pi i/n)\). */
  HANN(0.5),
  /** \(0.54 - 0.46 \cos(2\pi i/n)\). */
  HAMMING(0.54),
  /** 1 everywhere: no window. */
  RECTANGULAR(1);

  private final double middle;

  WindowFunction(double middle) {
    this.middle = middle;
  }

  double[] of(int length) {
    double[] window = new double[length];
    for (int i = 0; i < length; i++) {
      window[i] = middle - (1 - middle) * Math.cos(2 * Math.PI * i / length);
    }
    return window;
  }
}
