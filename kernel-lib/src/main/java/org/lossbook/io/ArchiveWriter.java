package org.lossbook.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.lossbook.Internal;

/**
 * Writes a zip archive without compression, like Keras: weights do not compress.
 *
 * @hidden
 */
@Internal
public final class ArchiveWriter implements AutoCloseable {
  private final ZipOutputStream zip;

  /** Writes an archive to {@code out}, which stays open. */
  public ArchiveWriter(OutputStream out) {
    zip = new ZipOutputStream(out);
    zip.setMethod(ZipOutputStream.STORED);
  }

  /** Adds a text entry. */
  public void text(String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    entry(name, out -> out.write(bytes));
  }

  /**
   * Adds an entry.
   *
   * @param content written twice, first to compute its length and checksum, which precede it
   */
  public void entry(String name, AtomicFile.Content content) throws IOException {
    var measure = new Measure();
    content.writeTo(measure);
    var entry = new ZipEntry(name);
    entry.setTimeLocal(
        LocalDateTime.of(
            1980, 1, 1, 0, 0)); // a fixed time, so that the same model gives the same file
    entry.setSize(measure.size);
    entry.setCrc(measure.crc.getValue());
    zip.putNextEntry(entry);
    content.writeTo(zip);
    zip.closeEntry();
  }

  /** Finishes the archive, and leaves the stream open. */
  @Override
  public void close() throws IOException {
    zip.finish();
  }

  private static final class Measure extends OutputStream {
    final CRC32 crc = new CRC32();
    long size;

    @Override
    public void write(int b) {
      crc.update(b);
      size++;
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      crc.update(bytes, from, count);
      size += count;
    }
  }
}
