package org.lossbook.data.sound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.lossbook.base.Messages;
import org.lossbook.data.DataException;
import org.lossbook.data.FilePath;
import org.lossbook.engine.Memory;

/** Reads sound files through the JDK, and writes WAV of 16 bits. */
final class SoundFile {
  private static final int HEADER = 44;

  private SoundFile() {}

  static Sound read(String given) {
    Path file = FilePath.existing("audio", "sound", "audio(\"word.wav\")", given);
    try (AudioInputStream stream = AudioSystem.getAudioInputStream(file.toFile())) {
      return decoded(given, stream);
    } catch (UnsupportedAudioFileException e) {
      throw new DataException(
          Messages.of(
              "audio expects a WAV, AIFF or AU file but %s is none that Java can read: convert it to WAV, for instance with ffmpeg -i %s word.wav.",
              given, file.getFileName()),
          e);
    } catch (IOException | RuntimeException e) {
      if (e instanceof DataException known) {
        throw known;
      }
      throw broken(given, String.valueOf(e.getMessage()), e);
    }
  }

  private static DataException broken(String given, String why, Exception cause) {
    return new DataException(
        Messages.of(
            "audio expects a whole sound file but cannot read %s (%s): save it again as WAV.",
            given, why),
        cause);
  }

  private static Sound decoded(String given, AudioInputStream stream) throws IOException {
    AudioFormat format = stream.getFormat();
    AudioFormat plain = pcm(format);
    if (!plain.matches(format) && !AudioSystem.isConversionSupported(plain, format)) {
      throw new DataException(
          Messages.of(
              "audio expects samples of 8 to 32 bits but %s has %s: save it as WAV of 16 bits.",
              given, format));
    }
    if (stream.getFrameLength() > 0) {
      Memory.heap(
          "audio(\"" + given + "\")",
          Memory.product(stream.getFrameLength(), Float.BYTES + (long) plain.getFrameSize()),
          "cut the file first");
    }
    try (InputStream samples =
        plain.matches(format) ? stream : AudioSystem.getAudioInputStream(plain, stream)) {
      return Sound.of(
          mono(samples.readAllBytes(), plain), Math.round(plain.getSampleRate()), name(given));
    }
  }

  private static String name(String given) {
    return Path.of(given).getFileName().toString();
  }

  /** Linear samples are taken as they are; others, such as those of the telephone, in 16 bits. */
  private static AudioFormat pcm(AudioFormat format) {
    Encoding encoding = format.getEncoding();
    boolean isFloat = encoding.equals(Encoding.PCM_FLOAT) && format.getSampleSizeInBits() == 32;
    boolean isLinear =
        encoding.equals(Encoding.PCM_SIGNED) || encoding.equals(Encoding.PCM_UNSIGNED);
    boolean isKnown = isFloat || isLinear && format.getSampleSizeInBits() % 8 == 0;
    return isKnown && format.getSampleSizeInBits() <= 32
        ? format
        : new AudioFormat(
            format.getSampleRate(), 16, format.getChannels(), true, format.isBigEndian());
  }

  /** The mean of the channels, from −1 to 1. */
  private static float[] mono(byte[] bytes, AudioFormat format) {
    int channels = format.getChannels();
    int width = format.getSampleSizeInBits() / 8;
    int frames = bytes.length / (width * channels);
    float[] mono = new float[frames];
    for (int t = 0; t < frames; t++) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += sample(bytes, (t * channels + c) * width, width, format);
      }
      mono[t] = (float) (sum / channels);
    }
    return mono;
  }

  private static double sample(byte[] bytes, int at, int width, AudioFormat format) {
    int bits = 0; // the sample's own bits, highest first
    for (int i = 0; i < width; i++) {
      int place = format.isBigEndian() ? at + i : at + width - 1 - i;
      bits = bits << 8 | bytes[place] & 0xff;
    }
    if (format.getEncoding().equals(Encoding.PCM_FLOAT)) {
      return Float.intBitsToFloat(bits);
    }
    int shift = 32 - 8 * width;
    int signed =
        format.getEncoding().equals(Encoding.PCM_UNSIGNED)
            ? (bits << shift) ^ Integer.MIN_VALUE
            : bits << shift;
    return signed * 0x1p-31;
  }

  /** A WAV file of 16 bits, one channel; louder than 1 is cut off. */
  static byte[] wav(float[] samples, int rate) {
    int size = Math.multiplyExact(2, samples.length);
    ByteBuffer file = ByteBuffer.allocate(HEADER + size).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER - 8 + size);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(2 * rate);
    file.putShort((short) 2).putShort((short) 16);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(size);
    for (float sample : samples) {
      file.putShort((short) Math.round(Math.max(-1, Math.min(1, sample)) * Short.MAX_VALUE));
    }
    return file.array();
  }
}
