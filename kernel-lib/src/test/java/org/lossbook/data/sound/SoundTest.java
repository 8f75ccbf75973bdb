package org.lossbook.data.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.DataException;
import org.lossbook.data.Values;
import org.lossbook.testing.Golden;
import org.lossbook.testing.JavadocExamples;

class SoundTest {
  @TempDir Path folder;

  static Stream<Golden.Case> golden() {
    return Golden.cases("sounds");
  }

  private static int number(JsonObject settings, String name) {
    return settings.get(name).getAsInt();
  }

  private static Values found(JsonObject given) {
    JsonObject settings = given.getAsJsonObject("settings");
    Sound sound =
        sound(Golden.Values.of(given.getAsJsonObject("x")).data(), number(settings, "rate"));
    return switch (given.get("kind").getAsString()) {
      case "resampled" -> {
        double[] samples = sound.resampled(number(settings, "to")).samples();
        yield Values.of(samples, samples.length);
      }
      case "mel" ->
          sound
              .spectrogram()
              .frame(number(settings, "frame"))
              .step(number(settings, "step"))
              .centered()
              .mel(number(settings, "bands"), number(settings, "low"), number(settings, "high"))
              .decibels();
      default -> windowed(sound, settings).power();
    };
  }

  private static Spectrogram windowed(Sound sound, JsonObject settings) {
    Spectrogram made =
        sound.spectrogram().frame(number(settings, "frame")).step(number(settings, "step"));
    return switch (settings.get("window").getAsString()) {
      case "hann" -> made.hann();
      case "hamming" -> made.hamming();
      default -> made.rectangular();
    };
  }

  @ParameterizedTest
  @MethodSource("golden")
  void framesBandsAndRatesAreThoseOfSciPyAndKeras(Golden.Case each) {
    Golden.Values want = each.tensor("y");
    Values found = found(each.json());
    double most = Arrays.stream(want.data()).map(Math::abs).max().orElseThrow();
    boolean isMel = each.text("kind").equals("mel"); // Keras has its bands in float32
    assertThat(found.shape()).containsExactly(want.shape());
    assertThat(found.toDoubles()).containsExactly(want.data(), within(isMel ? 1e-4 : 2e-7 * most));
  }

  @Test
  void theFourierTransformIsTheSumThatDefinesIt() {
    var random = new Random(1);
    for (int length = 1; length <= 64; length *= 2) {
      double[] x = random.doubles(length, -1, 1).toArray();
      double[] power = new double[length / 2 + 1];
      new Fourier(length).power(x, power);
      for (int k = 0; k < power.length; k++) {
        double real = 0;
        double imaginary = 0;
        for (int t = 0; t < length; t++) {
          real += x[t] * Math.cos(2 * Math.PI * k * t / length);
          imaginary -= x[t] * Math.sin(2 * Math.PI * k * t / length);
        }
        assertThat(power[k]).isCloseTo(real * real + imaginary * imaginary, within(1e-12));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PCM_SIGNED, 16, 1, false, wav", "PCM_SIGNED, 16, 2, false, wav",
        "PCM_SIGNED, 24, 1, false, wav",
    "PCM_UNSIGNED, 8, 1, false, wav", "PCM_SIGNED, 32, 2, false, wav",
        "PCM_SIGNED, 16, 1, true, aiff",
    "PCM_SIGNED, 24, 2, true, au", "PCM_SIGNED, 8, 1, true, au", "PCM_FLOAT, 32, 1, false, wav",
    "ULAW, 8, 1, false, wav", "ALAW, 8, 1, false, au"
  })
  void everyFormatOfTheJdkIsRead(
      String encoding, int bits, int channels, boolean bigEndian, String kind) throws IOException {
    double[] wave =
        IntStream.range(0, 500).mapToDouble(t -> 0.6 * Math.sin(2 * Math.PI * t / 25)).toArray();
    int frame = bits / 8 * channels;
    var wanted =
        new AudioFormat(new Encoding(encoding), 8000, bits, channels, frame, 8000, bigEndian);
    File file = folder.resolve("tone." + kind).toFile();
    AudioInputStream stream =
        encoding.equals("PCM_FLOAT")
            ? new AudioInputStream(new ByteArrayInputStream(floats(wave)), wanted, wave.length)
            : AudioSystem.getAudioInputStream(wanted, sixteen(wave, channels));
    var type =
        switch (kind) {
          case "aiff" -> AudioFileFormat.Type.AIFF;
          case "au" -> AudioFileFormat.Type.AU;
          default -> AudioFileFormat.Type.WAVE;
        };
    if (encoding.equals("PCM_FLOAT")) {
      Files.write(file.toPath(), floatWav(wave));
    } else {
      AudioSystem.write(stream, type, file);
    }
    Sound read = audio(file.toPath());
    assertThat(read.rate()).isEqualTo(8000);
    double[] want = channels == 1 ? wave : Arrays.stream(wave).map(x -> x / 2).toArray();
    assertThat(read.samples()).containsExactly(want, within(bits == 8 ? 0.02 : 1e-4));
  }

  /** The second channel, if there is one, is silent. */
  private static AudioInputStream sixteen(double[] wave, int channels) {
    byte[] bytes = new byte[2 * channels * wave.length];
    for (int t = 0; t < wave.length; t++) {
      int sample = (int) Math.round(wave[t] * 32768);
      bytes[2 * channels * t] = (byte) sample;
      bytes[2 * channels * t + 1] = (byte) (sample >> 8);
    }
    var format = new AudioFormat(8000, 16, channels, true, false);
    return new AudioInputStream(new ByteArrayInputStream(bytes), format, wave.length);
  }

  private static byte[] floats(double[] wave) {
    var bytes = java.nio.ByteBuffer.allocate(4 * wave.length);
    bytes.order(java.nio.ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(wave).forEach(x -> bytes.putFloat((float) x));
    return bytes.array();
  }

  private static byte[] floatWav(double[] wave) {
    byte[] data = floats(wave);
    var file = java.nio.ByteBuffer.allocate(44 + data.length);
    file.order(java.nio.ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes()).putInt(36 + data.length).put("WAVEfmt ".getBytes()).putInt(16);
    file.putShort((short) 3).putShort((short) 1).putInt(8000).putInt(32000);
    file.putShort((short) 4).putShort((short) 32).put("data".getBytes()).putInt(data.length);
    return file.put(data).array();
  }

  @Test
  void whatIsSavedIsReadAgain() {
    Sound vowel = makeVowels(5, 1).sound(0);
    String file = folder.resolve("vowel.wav").toString();
    assertThat(audio(vowel.save(file) == vowel ? file : "").samples())
        .containsExactly(vowel.samples(), within(1e-4));
  }

  @Test
  void whatIsNoSoundIsRefusedWithAFix() throws IOException {
    Path text = Files.writeString(folder.resolve("word.mp3"), "not a sound");
    assertThatThrownBy(() -> audio(text))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("WAV, AIFF or AU")
        .hasMessageContaining("ffmpeg -i word.mp3 word.wav");
    assertThatThrownBy(() -> audio("none.wav")).hasMessageContaining("finds nothing at none.wav");
    assertThatThrownBy(() -> audio((String) null)).hasMessageContaining("receives null");
    assertThatThrownBy(() -> sound(vector(0, Double.NaN), 8000)).hasMessageContaining("finite");
    assertThatThrownBy(() -> sound(matrix(row(1, 2), row(3, 4)), 8000))
        .hasMessageContaining("a vector of samples");
    assertThatThrownBy(() -> sound(vector(0, 1), 0)).hasMessageContaining("16,000");
    Sound word = sound(new double[1000], 8000);
    assertThatThrownBy(() -> word.spectrogram().frame(100)).hasMessageContaining("512 fits");
    assertThat(word.spectrogram().frame(512).power().rows()).isEqualTo(2);
    assertThatThrownBy(() -> word.spectrogram().frame(1024).power())
        .hasMessageContaining("frame(512)");
    assertThatThrownBy(() -> word.spectrogram().mel(10, 100, 5000)).hasMessageContaining("4000.0");
    assertThatThrownBy(() -> word.cut(0.1, 0.2)).hasMessageContaining("0.125 seconds");
    assertThatThrownBy(() -> word.frames(2000, 1)).hasMessageContaining("1,000 samples");
    assertThatThrownBy(() -> word.save("no/such/folder/a.wav")).hasMessageContaining("folder");
    assertThatThrownBy(() -> makeVowels(4)).hasMessageContaining("expects 5 or more");
  }

  @Test
  void aNotebookShowsAndPlaysIt() {
    Sound vowel = makeVowels(5, 1).sound(0);
    String html = vowel.mimeBundle().get("text/html");
    assertThat(html)
        .contains("<audio controls", "aria-label=\"sound: 0.25 seconds at 8,000 Hz\"")
        .contains("src=\"data:audio/wav;base64,UklGR", "alt=\"");
    assertThat(vowel.plot().alt()).contains("waveform", "loudest at");
    assertThat(vowel.spectrogram().mel(20).plot().alt()).contains("20 frequencies");
    Sound minute = sound(new double[60 * 8000], 8000);
    assertThat(minute.mimeBundle().get("text/html")).contains("the first 20 seconds");
  }

  @Test
  void aVowelIsLoudestNearItsFormants() {
    var vowels = makeVowels(50, 3).noise(0);
    int[] all = IntStream.range(0, 50).toArray();
    float[] labels = new float[50];
    vowels.gatherY(all, 0, 50, labels);
    for (int i = 0; i < 50; i++) {
      Spectrogram heard = vowels.sound(i).spectrogram().frame(1024);
      double[] hertz = heard.frequencies();
      double[] power = Arrays.copyOf(heard.power().toDoubles(), hertz.length);
      int loudest = 0;
      for (int k = 0; k < hertz.length; k++) {
        loudest = power[k] > power[loudest] ? k : loudest;
      }
      double first = vowels.formants((int) labels[i])[0];
      assertThat(hertz[loudest]).as("vowel %s", i).isBetween(0.9 * first - 260, 1.15 * first + 260);
    }
    assertThat(IntStream.range(0, 5).map(label -> count(labels, label)).boxed()).containsOnly(10);
  }

  private static int count(float[] labels, int label) {
    int count = 0;
    for (float each : labels) {
      count += each == label ? 1 : 0;
    }
    return count;
  }

  @Test
  void aNetworkTellsTheVowelsApart() {
    var data =
        makeVowels(400, 1)
            .map(x -> sound(x, 8_000).spectrogram().mel(24).decibels())
            .split(0.75, 1);
    try (var model =
        sequential(input(14, 24), globalAveragePooling1d(), normalization(), dense(5).softmax())
            .seed(1)
            .compile(adam().learningRate(0.02), sparseCategoricalCrossentropy(), accuracy())) {
      model.fit(data.train(), epochs(40).quiet());
      assertThat(model.evaluate(data.test()).get("accuracy")).isGreaterThan(0.9);
    }
  }

  @Test
  void theJavadocExamplesAreTrue() throws IOException {
    JavadocExamples.check(Path.of("src/main/java/org/lossbook/data/sound"), 3);
  }
}
