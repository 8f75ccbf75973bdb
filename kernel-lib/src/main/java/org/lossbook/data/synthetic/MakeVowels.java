package org.lossbook.data.synthetic;

import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.LazyDataset;
import org.lossbook.data.Values;
import org.lossbook.data.sound.Sound;
import org.lossbook.data.view.Descriptions;
import org.lossbook.engine.Memory;

/**
 * Spoken vowels, made as a voice makes them: pulses at the pitch of the voice pass three
 * resonances, the formants, whose frequencies say which vowel it is. Each speaker has a pitch from
 * 90 to 250 Hz and a vocal tract whose formants are 0.9 to 1.15 times the mean of 33 men (Peterson
 * and Barney 1952, <i>Control methods used in a study of the vowels</i>), and noise is added.
 *
 * <p>Samples are {@code [2000, 1]}, a quarter of a second at 8,000 Hz, and the labels 0 to 4 are a,
 * e, i, o and u. The same seed makes the same sounds on every machine; the default is 0.
 *
 * <pre>{@code
 * makeVowels(100, 1).sound(0)                     // a cell shows and plays it
 * makeVowels(100, 1).map(x -> sound(x, 8_000).spectrogram().mel(32).decibels())
 * makeVowels(10).formants(2)[1]                   // 2290
 * }</pre>
 */
public final class MakeVowels extends LazyDataset {
  private static final int RATE = 8_000;
  private static final int LENGTH = 2_000;
  private static final List<String> NAMES = List.of("a", "e", "i", "o", "u");
  private static final double[][] FORMANTS = {
    {730, 1090, 2440}, {530, 1840, 2480}, {270, 2290, 3010}, {570, 840, 2410}, {300, 870, 2240}
  };
  private static final double[] BANDWIDTHS = {60, 90, 150}; // how long a resonance rings

  private final int vowels;
  private final double noise;
  private final long seed;

  private MakeVowels(int vowels, double noise, long seed) {
    this.vowels = vowels;
    this.noise = noise;
    this.seed = seed;
  }

  /** A dataset of this many vowels, 5 or more: each occurs. */
  public static MakeVowels of(int vowels) {
    return new MakeVowels(
        SyntheticDataset.count("makeVowels", "vowels", NAMES.size(), vowels), 0.02, 0);
  }

  /** The standard deviation of the noise in each sample; 0.02 by default. */
  public MakeVowels noise(double deviation) {
    return new MakeVowels(vowels, SyntheticDataset.positive("noise", deviation), seed);
  }

  /** Sets the seed; 0 by default. */
  public MakeVowels seed(long value) {
    return new MakeVowels(vowels, noise, value);
  }

  /** One of them as a sound, to be heard and seen. */
  public Sound sound(int index) {
    if (index < 0 || index >= vowels) {
      throw Messages.wrong(
          "sound expects a vowel from 0 to %d but receives %d: they are counted from 0.",
          vowels - 1, index);
    }
    float[] samples = new float[LENGTH];
    gatherX(new int[] {index}, 0, 1, samples);
    return Sound.of(samples, RATE);
  }

  /** The first three formants of a vowel, in hertz, before a speaker's vocal tract changes them. */
  public double[] formants(int label) {
    if (label < 0 || label >= FORMANTS.length) {
      throw Messages.wrong(
          "formants expects a label from 0 to %d but receives %d: 0 is a.",
          FORMANTS.length - 1, label);
    }
    return FORMANTS[label].clone();
  }

  @Override
  public int size() {
    return vowels;
  }

  /** What the labels stand for. */
  @Override
  public List<String> classNames() {
    return NAMES;
  }

  @Override
  protected Dataset load() {
    float[] x =
        new float
            [Memory.length(
                Messages.of("makeVowels(%d)", vowels),
                Float.BYTES,
                "ask for fewer vowels",
                vowels,
                LENGTH)];
    double[] y = new double[vowels];
    var draws = new PortableRandom(seed);
    int[] order = draws.split().order(vowels);
    for (int i = 0; i < vowels; i++) {
      SyntheticDataset.checkInterrupt("makeVowels", i, vowels);
      PortableRandom own = draws.split();
      int label = order[i] % NAMES.size(); // equally many of each
      y[i] = label;
      speak(own, FORMANTS[label], x, i * LENGTH);
    }
    return Dataset.of(Values.of(x, vowels, LENGTH, 1), y);
  }

  private void speak(PortableRandom draws, double[] formants, float[] x, int from) {
    double pitch = draws.between(90, 250);
    double tract = draws.between(0.9, 1.15);
    double[] voice = pulses(pitch);
    for (int k = 0; k < formants.length; k++) {
      voice = resonance(voice, formants[k] * tract, BANDWIDTHS[k]);
    }
    voice = radiated(voice);
    double loudest = 0;
    for (double sample : voice) {
      loudest = Math.max(loudest, Math.abs(sample));
    }
    for (int t = 0; t < LENGTH; t++) {
      double heard = 0.8 * voice[t] / loudest + noise * draws.normal();
      x[from + t] = (float) Math.max(-1, Math.min(1, heard));
    }
  }

  /** A pulse whenever the voice's phase is full; higher frequencies fall by 12 dB an octave. */
  private static double[] pulses(double pitch) {
    double[] pulses = new double[LENGTH];
    double phase = 1;
    double flow = 0;
    double glottis = 0;
    for (int t = 0; t < LENGTH; t++) {
      double pulse = phase >= 1 ? 1 : 0;
      phase += pitch / RATE - pulse;
      flow = 0.9 * flow + pulse;
      glottis = 0.9 * glottis + flow;
      pulses[t] = glottis;
    }
    return pulses;
  }

  /** What the lips send out: how the flow of air changes, 6 dB more an octave. */
  private static double[] radiated(double[] flow) {
    double[] heard = new double[flow.length];
    for (int t = 1; t < flow.length; t++) {
      heard[t] = flow[t] - flow[t - 1];
    }
    return heard;
  }

  /** A resonator of two poles (Klatt 1980), with a gain of one at 0 Hz. */
  private static double[] resonance(double[] in, double hertz, double bandwidth) {
    double radius = StrictMath.exp(-StrictMath.PI * bandwidth / RATE);
    double b = 2 * radius * StrictMath.cos(2 * StrictMath.PI * hertz / RATE);
    double c = -radius * radius;
    double[] out = new double[in.length];
    for (int t = 0; t < in.length; t++) {
      out[t] = (1 - b - c) * in[t] + (t > 0 ? b * out[t - 1] : 0) + (t > 1 ? c * out[t - 2] : 0);
    }
    return out;
  }

  /** What it holds: {@code 100 samples [2000, 1], 5 classes}. */
  @Override
  public String toString() {
    return Descriptions.dataset(this);
  }
}
