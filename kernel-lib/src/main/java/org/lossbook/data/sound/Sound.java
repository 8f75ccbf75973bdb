package org.lossbook.data.sound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.FilePath;
import org.lossbook.data.Values;
import org.lossbook.data.view.Descriptions;
import org.lossbook.notebook.Markup;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Figure;
import org.lossbook.plot.SpectrogramFigure;

/**
 * A sound: samples from −1 to 1 in one channel, and how many of them make a second. Immutable; each
 * call returns a new one. A cell that ends with a sound shows its waveform, its spectrogram and a
 * player; {@code audio("word.wav")} reads one from a file.
 *
 * <pre>{@code
 * makeVowels(5).sound(0).resampled(16_000).spectrogram().mel(40)
 * sound(vector(0, 0.5, 0, -0.5), 8_000).seconds()             // 0.0005
 * sound(vector(1, 2, 3, 4, 5), 8_000).frames(3, 1).shape()    // [3, 3]
 * }</pre>
 */
public final class Sound implements Renderable {
  private static final int MOST_RATE = 768_000;
  private static final int PLAYED = 20; // seconds: a notebook keeps them

  private final float[] samples;
  private final int rate;
  private final String name;

  private Sound(float[] samples, int rate, String name) {
    this.samples = samples;
    this.rate = rate;
    this.name = name;
  }

  /**
   * Reads a sound file that Java knows: WAV, AIFF or AU; several channels become their mean.
   *
   * @param path an absolute path, or one relative to the working directory
   * @throws org.lossbook.data.DataException if there is no such file, or it is not one
   */
  public static Sound read(String path) {
    return SoundFile.read(path);
  }

  /** Reads a sound file. */
  public static Sound read(Path path) {
    return read(FilePath.text("audio", path));
  }

  /**
   * A sound of these samples.
   *
   * @param samples a vector of numbers from −1 to 1, or one channel {@code [n, 1]}
   * @param rate how many of them make a second: 8,000 for speech, 44,100 on a CD
   */
  public static Sound of(Object samples, int rate) {
    Values values = Values.of("sound", samples).finite("sound", "the samples");
    if (values.size() > 0 && Arrays.stream(values.shape()).max().orElse(0) != values.size()) {
      throw Messages.wrong(
          "sound expects a vector of samples but receives %s: give one channel, or the mean of several.",
          Arrays.toString(values.shape()));
    }
    checkRate("sound", rate);
    return of(values.toFloats(), rate, "sound");
  }

  static Sound of(float[] samples, int rate, String name) {
    if (samples.length == 0) {
      throw Messages.wrong(
          "sound expects one sample or more but %s has none: record something.", name);
    }
    return new Sound(samples, rate, name);
  }

  private static void checkRate(String who, int rate) {
    if (rate < 1 || rate > MOST_RATE) {
      throw Messages.wrong(
          "%s expects 1 to %,d samples a second but receives %,d: 16,000 is usual for speech.",
          who, MOST_RATE, rate);
    }
  }

  /** The samples. */
  public double[] samples() {
    return Values.of(samples, samples.length).toDoubles();
  }

  /** The number of samples. */
  public int size() {
    return samples.length;
  }

  /** How many samples make a second. */
  public int rate() {
    return rate;
  }

  /** How long it is. */
  public double seconds() {
    return samples.length / (double) rate;
  }

  /**
   * The same sound with another number of samples a second. A low-pass filter, a sinc under
   * Kaiser's window, takes away what the lower of the two rates cannot hold, as SciPy's {@code
   * resample_poly} does.
   */
  public Sound resampled(int newRate) {
    checkRate("resampled", newRate);
    int divisor = divisor(rate, newRate);
    return newRate == rate
        ? this
        : new Sound(Resampler.resampled(samples, newRate / divisor, rate / divisor), newRate, name);
  }

  private static int divisor(int a, int b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  /**
   * The part between two times in seconds.
   *
   * @throws IllegalArgumentException if there is no such part
   */
  public Sound cut(double from, double to) {
    int first = (int) Math.round(from * rate);
    int last = (int) Math.round(to * rate);
    boolean isWithin = from >= 0 && from <= seconds() && to >= 0 && last <= samples.length;
    if (!(isWithin && first < last)) {
      throw Messages.wrong(
          "cut expects two times within %.3f seconds but receives %s and %s: the first is where it begins.",
          seconds(), from, to);
    }
    return new Sound(Arrays.copyOfRange(samples, first, last), rate, name);
  }

  /**
   * The samples in frames, {@code [frames, length]}: each begins {@code step} samples after the one
   * before it, and the last ends within the sound.
   */
  public Values frames(int length, int step) {
    checkFrames("frames", length, step);
    int count = 1 + (samples.length - length) / step;
    float[] rows = new float[Math.multiplyExact(count, length)];
    for (int i = 0; i < count; i++) {
      System.arraycopy(samples, i * step, rows, i * length, length);
    }
    return Values.of(rows, count, length);
  }

  void checkFrames(String who, int length, int step) {
    if (length < 1 || length > samples.length || step < 1) {
      throw Messages.wrong(
          "%s expects frames of 1 to %,d samples and a step of 1 or more but receives %,d and %,d: the sound has %,d samples.",
          who, samples.length, length, step, samples.length);
    }
  }

  /** How loud each frequency is over time. */
  public Spectrogram spectrogram() {
    return Spectrogram.of(this);
  }

  float[] shared() {
    return samples;
  }

  String name() {
    return name;
  }

  /** Writes a WAV file of 16 bits; samples beyond −1 and 1 are cut off. */
  public Sound save(String path) {
    Require.given(path, "save", "the path of a file", "save(\"word.wav\") writes one");
    try {
      return save(Path.of(path));
    } catch (InvalidPathException e) {
      throw notWritten(path, e);
    }
  }

  /** The same with Java's own path. */
  public Sound save(Path path) {
    Require.given(path, "save", "the path of a file", "save(\"word.wav\") writes one");
    try {
      Files.write(path, wav(samples.length));
    } catch (IOException e) {
      throw notWritten(path, e);
    }
    return this;
  }

  private static RuntimeException notWritten(Object path, Exception why) {
    return Messages.wrong(
        "save expects a file that it may write but %s cannot be written (%s): name one in a folder that exists.",
        path, why.getClass().getSimpleName());
  }

  private byte[] wav(int count) {
    return SoundFile.wav(Arrays.copyOf(samples, count), rate);
  }

  /** Its waveform, and below it the spectrogram. */
  public Figure plot() {
    Spectrogram spectrogram = spectrogram();
    return SpectrogramFigure.of(
        toString(), samples, seconds(), spectrogram.picture(), spectrogram.bands());
  }

  /** The figure, and a player that needs no other file. */
  @Override
  public Map<String, String> mimeBundle() {
    var bundle = new TreeMap<>(plot().mimeBundle());
    int count = (int) Math.min(samples.length, (long) PLAYED * rate);
    String what =
        count == samples.length
            ? toString()
            : Messages.of("%s, the first %d seconds", this, PLAYED);
    String player =
        Messages.of(
            "<div><audio controls preload=\"metadata\" aria-label=\"%s\" src=\"data:audio/wav;base64,%s\">%s</audio></div>",
            Markup.attribute(what),
            Base64.getEncoder().encodeToString(wav(count)),
            Markup.html("A player of " + what));
    bundle.merge("text/html", player, (figure, own) -> figure + own);
    return bundle;
  }

  /** {@code word.wav: 0.85 seconds at 16,000 Hz}. */
  @Override
  public String toString() {
    String seconds = Descriptions.number(Math.rint(seconds() * 1e4) / 1e4);
    return Messages.of("%s: %s seconds at %,d Hz", name, seconds, rate);
  }
}
