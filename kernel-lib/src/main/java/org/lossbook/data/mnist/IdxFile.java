package org.lossbook.data.mnist;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.lossbook.base.Messages;
import org.lossbook.data.download.Download;
import org.lossbook.data.view.Descriptions;

/**
 * A published file of unsigned bytes in IDX, the format of MNIST: two zero bytes, the type 8, the
 * number of dimensions, each dimension as a big-endian int, then the bytes. Reading checks the
 * header and the SHA-256 of the decompressed content.
 *
 * @param name the published name, without {@code .gz}
 * @param sha256 the SHA-256 of the decompressed file, in lower-case hexadecimal
 * @param shape the dimensions in its header
 */
record IdxFile(String name, String sha256, List<Integer> shape)
    implements Download.Published<byte[]> {
  /**
   * Gzip makes these files smaller, so a download this much larger than the plain file is wrong.
   */
  private static final int SLACK = 1 << 16;

  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int UNSIGNED_BYTES = 8;

  @Override
  public String fileName() {
    return name + ".gz";
  }

  @Override
  public long most() {
    return (long) headerBytes() + contentBytes() + SLACK;
  }

  @Override
  public String otherwise(Path target) {
    return Messages.of(
        "put the four files into a folder %s, set LOSSBOOK_DATA to the folder around that",
        target.getParent().getFileName());
  }

  int headerBytes() {
    return 4 + 4 * shape.size();
  }

  /** The number of bytes after the header. */
  int contentBytes() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  String shapeText() {
    return shape.stream().map(Descriptions::count).collect(Collectors.joining(" × "));
  }

  /**
   * Reads the file at {@code path}, gzipped or plain, and returns its content without the header.
   *
   * @throws IOException if it is not the published file; the message says how it differs, as in "is
   *     truncated"
   */
  @Override
  public byte[] read(Path path) throws IOException {
    try (var in = decompressed(path)) {
      var digest = MessageDigest.getInstance("SHA-256");
      var content = content(new DigestInputStream(in, digest));
      String found = HexFormat.of().formatHex(digest.digest());
      if (!found.equals(sha256)) {
        throw new IOException("has other bytes (SHA-256 " + found + ", not " + sha256 + ")");
      }
      return content;
    } catch (EOFException e) {
      throw new IOException("is truncated", e);
    } catch (ZipException e) {
      throw new IOException("is corrupt (" + e.getMessage() + ")", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private byte[] content(InputStream in) throws IOException {
    byte[] header = in.readNBytes(headerBytes());
    if (header.length < headerBytes()) {
      throw new IOException("ends within its header");
    }
    var ints = ByteBuffer.wrap(header);
    if (ints.getInt() != (UNSIGNED_BYTES << 8 | shape.size())) {
      String magic = HexFormat.ofDelimiter(" ").formatHex(header, 0, 4);
      throw new IOException("is not an IDX file of that kind (it begins with " + magic + ")");
    }
    for (int expected : shape) {
      long found = Integer.toUnsignedLong(ints.getInt());
      if (found != expected) {
        throw new IOException(
            Messages.of(
                "says %s where %s is expected",
                Descriptions.count(found), Descriptions.count(expected)));
      }
    }
    byte[] content = new byte[contentBytes()]; // as the header has confirmed
    int got = in.readNBytes(content, 0, content.length);
    if (got < content.length) {
      throw new IOException(
          Messages.of(
              "is truncated after %s of %s bytes",
              Descriptions.count(got), Descriptions.count(content.length)));
    }
    if (in.read() >= 0) {
      throw new IOException(
          Messages.of("goes on after its %s bytes", Descriptions.count(content.length)));
    }
    return content;
  }

  private static InputStream decompressed(Path path) throws IOException {
    var in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    try {
      in.mark(2);
      boolean gzipped = (in.read() << 8 | in.read()) == GZIP_MAGIC;
      in.reset();
      return gzipped ? new GZIPInputStream(in, 1 << 16) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** An IDX file of bytes with these dimensions. */
  static IdxFile of(String name, String sha256, Integer... shape) {
    return new IdxFile(name, sha256, Arrays.asList(shape));
  }
}
