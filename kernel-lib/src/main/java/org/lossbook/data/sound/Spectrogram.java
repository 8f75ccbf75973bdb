package org.lossbook.data.sound;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.data.Values;
import org.lossbook.engine.Memory;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;
import org.lossbook.plot.SpectrogramFigure;

/**
 * How loud each frequency of a sound is over time: the sound is cut into frames of n samples, each
 * is multiplied by a window w, and the power of frequency k in it is \(P_k = \left|\sum_{t=0}^{n-1}
 * w_t x_t e^{-2\pi i k t / n}\right|^2\), k from 0 to n/2, which is \(k \cdot rate / n\) hertz.
 *
 * <p>{@link #mel} sums the powers in triangular bands that are as wide as the ear is coarse,
 * equally spaced on the mel scale \(1127 \ln(1 + f/700)\). {@link #decibels} are what a network
 * learns from: \(10 \log_{10} \max(P, 10^{-10})\), at most 80 below the loudest.
 *
 * <p>With {@code frame(2048).step(512).centered().mel(128)} the decibels are those of Keras's
 * {@code MelSpectrogram}, there with time in columns.
 *
 * <pre>{@code
 * var word = sound(vector(0, 1, 0, -1, 0, 1, 0, -1), 8_000);
 * word.spectrogram().frame(8).rectangular().power()       // [[0, 0, 16, 0, 0]]
 * word.spectrogram().frame(8).frequencies()               // [0, 1000, 2000, 3000, 4000]
 * word.spectrogram().frame(4).step(2).hamming().plot()
 * makeVowels(5).sound(0).spectrogram().mel(40).decibels()
 * }</pre>
 */
public final class Spectrogram implements Renderable {
  private static final double LEAST_POWER = 1e-10;
  private static final double RANGE = 80;
  private static final double USUAL_SECONDS = 0.032;
  private static final int MOST_BANDS = 4096;
  private static final double LOWEST = 20; // what the ear hears

  private final Sound sound;
  private final int length;
  private final int step;
  private final WindowFunction window;
  private final boolean isCentered;
  private final int bands; // 0 for frequencies in hertz
  private final double low;
  private final double high;

  private Spectrogram(
      Sound sound,
      int length,
      int step,
      WindowFunction window,
      boolean isCentered,
      int bands,
      double low,
      double high) {
    this.sound = sound;
    this.length = length;
    this.step = step;
    this.window = window;
    this.isCentered = isCentered;
    this.bands = bands;
    this.low = low;
    this.high = high;
  }

  /** Frames of about 32 ms, the largest power of two that fits, half a frame apart. */
  static Spectrogram of(Sound sound) {
    int usual = Integer.highestOneBit((int) Math.max(2, USUAL_SECONDS * sound.rate()));
    int length = Math.min(usual, Math.max(1, Integer.highestOneBit(sound.size())));
    double most = sound.rate() / 2.0;
    return new Spectrogram(
        sound, length, Math.max(1, length / 2), WindowFunction.HANN, false, 0, 0, most);
  }

  /**
   * The number of samples in a frame, a power of two, half of which is the step to the next one. A
   * long frame tells frequencies apart, a short one times.
   */
  public Spectrogram frame(int samples) {
    if (Integer.bitCount(samples) != 1 || samples < 1 || samples > Math.max(2, 2 * sound.size())) {
      throw Messages.wrong(
          "frame expects a power of two up to %,d, about the sound's %,d samples, but receives %,d: %d fits.",
          Integer.highestOneBit(Math.max(2, 2 * sound.size())),
          sound.size(),
          samples,
          Math.max(1, Integer.highestOneBit(sound.size())));
    }
    return with(samples, Math.max(1, samples / 2), window, isCentered);
  }

  /** How many samples lie between the beginnings of two frames. */
  public Spectrogram step(int samples) {
    if (samples < 1) {
      throw Messages.wrong(
          "step expects 1 sample or more but receives %d: half a frame is usual.", samples);
    }
    return with(length, samples, window, isCentered);
  }

  /** Hann's window, \(0.5 - 0.5 \cos(2\pi t/n)\): the default. */
  public Spectrogram hann() {
    return with(length, step, WindowFunction.HANN, isCentered);
  }

  /** Hamming's window, \(0.54 - 0.46 \cos(2\pi t/n)\). */
  public Spectrogram hamming() {
    return with(length, step, WindowFunction.HAMMING, isCentered);
  }

  /** No window: the jump between a frame's ends is heard at all frequencies. */
  public Spectrogram rectangular() {
    return with(length, step, WindowFunction.RECTANGULAR, isCentered);
  }

  /**
   * Frames around the samples 0, step, 2·step, …: half a frame of mirrored sound is put on either
   * side, as Keras does.
   */
  public Spectrogram centered() {
    return with(length, step, window, true);
  }

  private Spectrogram with(int samples, int hop, WindowFunction function, boolean centered) {
    return new Spectrogram(sound, samples, hop, function, centered, bands, low, high);
  }

  /** So many bands on the mel scale, from 20 Hz to half the sampling rate. */
  public Spectrogram mel(int count) {
    return mel(count, Math.min(LOWEST, sound.rate() / 4.0), sound.rate() / 2.0);
  }

  /** So many bands on the mel scale, between these frequencies in hertz. */
  public Spectrogram mel(int count, double lowest, double highest) {
    if (count < 1 || count > MOST_BANDS) {
      throw Messages.wrong(
          "mel expects 1 to %d bands but receives %d: 40 are usual for speech.", MOST_BANDS, count);
    }
    if (!(lowest >= 0 && lowest < highest && highest <= sound.rate() / 2.0)) {
      throw Messages.wrong(
          "mel expects frequencies between 0 and %s Hz, half the sampling rate, but receives %s and %s: the lower comes first.",
          sound.rate() / 2.0, lowest, highest);
    }
    return new Spectrogram(sound, length, step, window, isCentered, count, lowest, highest);
  }

  /** The frequency of each column, in hertz; of a band its middle. */
  public double[] frequencies() {
    return bands > 0 ? MelBands.middles(bands, low, high) : bins();
  }

  private double[] bins() {
    return IntStream.rangeClosed(0, length / 2)
        .mapToDouble(k -> k * (double) sound.rate() / length)
        .toArray();
  }

  /** The middle of each frame, in seconds. */
  public double[] times() {
    double first = isCentered ? 0 : length / 2.0;
    return IntStream.range(0, count())
        .mapToDouble(i -> (first + i * (double) step) / sound.rate())
        .toArray();
  }

  private int count() {
    int padded = sound.size() + (isCentered ? 2 * (length / 2) : 0);
    if (padded < length || isCentered && length / 2 >= sound.size()) {
      throw Messages.wrong(
          "spectrogram expects a sound %s its frames of %,d samples but receives one of %,d: take a shorter frame, frame(%d).",
          isCentered ? "longer than half" : "as long as",
          length,
          sound.size(),
          Math.max(1, Integer.highestOneBit(sound.size())));
    }
    return 1 + (padded - length) / step;
  }

  /** The power of each frequency or band in each frame, {@code [frames, frequencies]}. */
  public Values power() {
    int frames = count();
    double[] frequencies = bins();
    int columns = bands > 0 ? bands : frequencies.length;
    Memory.heap(
        () -> Messages.of("spectrogram of %,d frames", frames),
        Memory.product(3L * Double.BYTES, frames, columns),
        "take a larger step");
    double[] weights = window.of(length);
    double[][] mel = bands > 0 ? MelBands.weights(bands, frequencies, low, high) : new double[0][];
    var fourier = new Fourier(length);
    double[] frame = new double[length];
    double[] power = new double[frequencies.length];
    double[] all = new double[frames * columns];
    for (int i = 0; i < frames; i++) {
      for (int t = 0; t < length; t++) {
        frame[t] = weights[t] * sample(i * step + t);
      }
      fourier.power(frame, power);
      for (int c = 0; c < columns; c++) {
        all[i * columns + c] = bands > 0 ? dot(mel[c], power) : power[c];
      }
    }
    return Values.of(all, frames, columns);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  /** A sample of the sound, which is mirrored about its first and its last one if centred. */
  private double sample(int index) {
    int last = sound.size() - 1;
    int at = Math.abs(isCentered ? index - length / 2 : index);
    return sound.shared()[at > last ? 2 * last - at : at];
  }

  /** The square root of the power: how far a frequency swings. */
  public Values magnitudes() {
    Values power = power();
    return Values.of(Arrays.stream(power.toDoubles()).map(Math::sqrt).toArray(), power.shape());
  }

  /** The power in decibels, \(10 \log_{10} P\), at most 80 below the loudest. */
  public Values decibels() {
    Values power = power();
    double[] decibels =
        Arrays.stream(power.toDoubles())
            .map(p -> 10 * Math.log10(Math.max(p, LEAST_POWER)))
            .toArray();
    double floor = Arrays.stream(decibels).max().orElse(0) - RANGE;
    return Values.of(Arrays.stream(decibels).map(d -> Math.max(d, floor)).toArray(), power.shape());
  }

  /** The decibels as rows, for a figure. */
  double[][] picture() {
    Values decibels = decibels();
    double[] all = decibels.toDoubles();
    int columns = decibels.rowSize();
    return IntStream.range(0, decibels.rows())
        .mapToObj(i -> Arrays.copyOfRange(all, i * columns, (i + 1) * columns))
        .toArray(double[][]::new);
  }

  SpectrogramFigure.Bands bands() {
    double[] middles = frequencies();
    double[] times = times();
    return new SpectrogramFigure.Bands(
        times[0] - length / 2.0 / sound.rate(),
        times[times.length - 1] + length / 2.0 / sound.rate(),
        middles,
        bands > 0 ? "mel bands, in Hz" : "frequency in Hz");
  }

  /** The spectrogram over time; darker is louder. */
  public Figure plot() {
    return SpectrogramFigure.of(sound.name(), new float[0], sound.seconds(), picture(), bands());
  }

  @Override
  public Map<String, String> mimeBundle() {
    return plot().mimeBundle();
  }

  /** {@code word.wav: 52 frames of 257 frequencies}. */
  @Override
  public String toString() {
    return Messages.of(
        "%s: %d frames of %d %s",
        sound.name(),
        count(),
        bands > 0 ? bands : length / 2 + 1,
        bands > 0 ? "mel bands" : "frequencies");
  }
}
