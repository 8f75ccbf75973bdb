package org.lossbook.data.mnist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A published set like MNIST, of six images of 2×2 to train on and three to test with. */
final class SmallIdx {
  static final byte[] TRAIN_IMAGES = idx(bytes(24), 6, 2, 2);
  static final byte[] TRAIN_LABELS = idx(new byte[] {0, 1, 2, 0, 1, 2}, 6);
  static final byte[] TEST_IMAGES = idx(bytes(12), 3, 2, 2);
  static final byte[] TEST_LABELS = idx(new byte[] {2, 1, 0}, 3);

  /** What a mirror holds, by file name. */
  static final Map<String, byte[]> PUBLISHED =
      Map.of(
          "train-images.gz", gzip(TRAIN_IMAGES),
          "train-labels.gz", gzip(TRAIN_LABELS),
          "test-images.gz", gzip(TEST_IMAGES),
          "test-labels.gz", gzip(TEST_LABELS));

  private SmallIdx() {}

  static IdxDataset set(List<URI> mirrors) {
    return new IdxDataset(
        "Small",
        "small",
        List.of("a", "b", "c"),
        IdxFile.of("train-images", sha256(TRAIN_IMAGES), 6, 2, 2),
        IdxFile.of("train-labels", sha256(TRAIN_LABELS), 6),
        IdxFile.of("test-images", sha256(TEST_IMAGES), 3, 2, 2),
        IdxFile.of("test-labels", sha256(TEST_LABELS), 3),
        mirrors);
  }

  static byte[] idx(byte[] content, int... shape) {
    var file = ByteBuffer.allocate(4 + 4 * shape.length + content.length);
    file.putInt(0x0800 | shape.length);
    for (int n : shape) {
      file.putInt(n);
    }
    return file.put(content).array();
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (10 * i);
    }
    return bytes;
  }

  static byte[] gzip(byte[] content) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
