package org.lossbook.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Reason;
import org.lossbook.config.Shown;

/**
 * Reads a zip archive: only entries with known names, and no name in the archive is ever used as a
 * file name.
 *
 * @hidden
 */
@Internal
public final class Archive implements AutoCloseable {
  /** The maximum size of a text: the config of a model of ten thousand layers is that large. */
  private static final long LONGEST_TEXT = 16 << 20;

  /** The size beyond which an entry's compression ratio is limited. */
  private static final long UNSUSPICIOUS = 64 << 20;

  private static final long MOST_EXPANSION = 100;

  private static final int MOST_NAMES = 10_000;

  private final String name;
  private final ZipFile zip;

  /**
   * Opens an archive.
   *
   * @throws ModelFileException if it is not one
   */
  public Archive(Path file) {
    name = file.toString();
    try {
      zip = new ZipFile(file.toFile());
    } catch (NoSuchFileException e) {
      throw new ModelFileException(
          Messages.of(
              "loading expects a .keras file but there is none at %s: give its path relative to %s, or save one with model.save(…).",
              name, Path.of("").toAbsolutePath()),
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelFileException(
          name + " cannot be loaded: it is not a .keras file, which is a zip archive.", e);
    }
  }

  /** Whether it has an entry of that name. */
  public boolean has(String entry) {
    return zip.getEntry(entry) != null;
  }

  /** What it seems to be if it is not a {@code .keras} file, and where to find the model. */
  public String described() {
    List<String> names = zip.stream().limit(MOST_NAMES).map(ZipEntry::getName).toList();
    if (names.stream().anyMatch(each -> each.endsWith("data.pkl"))) {
      return "it is a PyTorch file, whose layers are Python code; Lossbook reads Keras's"
          + " .keras and .h5 files";
    }
    if (names.stream().anyMatch(each -> each.endsWith("saved_model.pb"))) {
      return "it holds TensorFlow's SavedModel format, a program that only TensorFlow runs; in"
          + " Python load its folder with the Keras that saved it and save it with"
          + " model.save(\"model.keras\")";
    }
    if (names.stream().anyMatch(each -> each.endsWith(".npy"))) {
      return "it holds arrays of NumPy, not a model; save the model with"
          + " model.save(\"model.keras\")";
    }
    return names.stream()
        .filter(each -> each.matches("(?i)(?!.*__MACOSX).*\\.(keras|h5|hdf5)"))
        .findFirst()
        .map(each -> "it holds " + Shown.text(each) + ": unpack it and load that")
        .orElse("so it is not a .keras file");
  }

  /** The text of an entry; empty if there is none. */
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
          name + " cannot be loaded: it has no " + entry + ", so it is not a .keras file.");
    }
    long size = found.getSize();
    if (size < 0
        || size > UNSUSPICIOUS && size / MOST_EXPANSION > Math.max(0, found.getCompressedSize())) {
      throw damaged(entry, "claims to unpack to " + size + " bytes, as a zip bomb does");
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
          Messages.of(
              "%s cannot be loaded: its %s cannot be unpacked, for %s. Download the file again, or check the free space in %s.",
              name, entry, Reason.of(e), to.toAbsolutePath().getParent()),
          e);
    }
  }

  private void checkWhole(ZipEntry entry, InputStream in, long read, long crc) throws IOException {
    if (read != entry.getSize() || in.read() >= 0) {
      throw damaged(entry.getName(), "does not have the length it claims");
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
    return new ModelFileException(
        Messages.of("%s cannot be loaded: its %s %s.", name, entry, what));
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
