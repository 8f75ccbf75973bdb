package org.lossbook.model.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.lossbook.config.Reason;

/**
 * A zip archive of which certain entries are read by their names; no other is looked at, and no
 * name of the archive's becomes that of a file.
 */
public final class Archive implements AutoCloseable {
  /** The config of a model of ten thousand layers takes as much. */
  private static final long LONGEST_TEXT = 16 << 20;

  /** Beyond this size an entry may not be more than so many times what lies in the archive. */
  private static final long UNSUSPICIOUS = 64 << 20;

  private static final long MOST_EXPANSION = 100;

  private final String name;
  private final ZipFile zip;

  /**
   * Opens an archive.
   *
   * @throws ModelFileException where it is none
   */
  public Archive(Path file) {
    name = file.toString();
    try {
      zip = new ZipFile(file.toFile());
    } catch (NoSuchFileException e) {
      throw new ModelFileException(
          "loading expects a .keras file but there is none at %s: write its path from %s on, or save one with model.save(…)."
              .formatted(name, Path.of("").toAbsolutePath()),
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelFileException(
          name + " cannot be loaded: it is no .keras file, which is a zip archive.", e);
    }
  }

  /** Whether it has an entry of that name. */
  public boolean has(String entry) {
    return zip.getEntry(entry) != null;
  }

  /** A text; empty where there is no such entry. */
  public Optional<String> text(String entry) {
    ZipEntry found = zip.getEntry(entry);
    if (found == null) {
      return Optional.empty();
    }
    if (found.getSize() < 0 || found.getSize() > LONGEST_TEXT) {
      throw damaged(entry, "is longer than any that Keras writes");
    }
    try (InputStream in = zip.getInputStream(found)) {
      byte[] bytes = in.readNBytes((int) found.getSize());
      checkWhole(found, in, bytes.length, crc(bytes));
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ModelFileException(name + " cannot be loaded: its " + entry + " is damaged.", e);
    }
  }

  /** Copies an entry to a file. */
  public void extract(String entry, Path to) {
    ZipEntry found = zip.getEntry(entry);
    if (found == null) {
      throw new ModelFileException(
          name + " cannot be loaded: it has no " + entry + ", so it is no .keras file.");
    }
    long size = found.getSize();
    if (size < 0
        || size > UNSUSPICIOUS && size / MOST_EXPANSION > Math.max(0, found.getCompressedSize())) {
      throw damaged(entry, "says that it unfolds to " + size + " bytes, which is a trap");
    }
    try (InputStream in = zip.getInputStream(found);
        OutputStream out = Files.newOutputStream(to)) {
      var crc = new CRC32();
      byte[] bytes = new byte[1 << 18];
      long done = 0;
      while (done < size) {
        int count = in.read(bytes, 0, (int) Math.min(bytes.length, size - done));
        if (count < 0) {
          break;
        }
        crc.update(bytes, 0, count);
        out.write(bytes, 0, count);
        done += count;
      }
      checkWhole(found, in, done, crc.getValue());
    } catch (IOException e) {
      throw new ModelFileException(
          "%s cannot be loaded: its %s cannot be unpacked, for %s. Get the file anew, or look at the room in %s."
              .formatted(name, entry, Reason.of(e), to.toAbsolutePath().getParent()),
          e);
    }
  }

  private void checkWhole(ZipEntry entry, InputStream in, long read, long crc) throws IOException {
    if (read != entry.getSize() || in.read() >= 0) {
      throw damaged(entry.getName(), "is not as long as it says");
    }
    if (entry.getCrc() != -1 && entry.getCrc() != crc) {
      throw damaged(entry.getName(), "is not what was written: its checksum differs");
    }
  }

  private static long crc(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private ModelFileException damaged(String entry, String what) {
    return new ModelFileException("%s cannot be loaded: its %s %s.".formatted(name, entry, what));
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new ModelFileException(name + " could not be closed.", e);
    }
  }
}
