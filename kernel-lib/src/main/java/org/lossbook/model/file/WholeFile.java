package org.lossbook.model.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/**
 * Writes a file whole or not at all: into another one beside it, which takes its name only once it
 * lies on the disk. Whatever goes wrong on the way, the old file stays as it was.
 */
public final class WholeFile {
  private WholeFile() {}

  /** What is to be in the file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it, and leaves the stream open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, or replaces it.
   *
   * @return how many bytes it has
   * @throws ModelFileException where it cannot be written; the old file, if any, is there as before
   */
  public static long write(Path file, Content content) {
    return write(file, content, out -> out);
  }

  /**
   * The same through a stream that may fail, for tests.
   *
   * @param between stands between the content and the disk
   */
  static long write(Path file, Content content, UnaryOperator<OutputStream> between) {
    try {
      // A link stays a link: it is what it leads to that is replaced.
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      if (Files.isDirectory(target)) {
        throw new ModelFileException("save expects a file but receives the folder " + file + ".");
      }
      Path beside = target.resolveSibling(nameBeside(target));
      try {
        long size = fill(beside, content, between);
        Files.move(
            beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        settle(target.getParent());
        return size;
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new ModelFileException(
          file + " could not be written, and is as it was before: " + reason(e), e);
    }
  }

  private static long fill(Path beside, Content content, UnaryOperator<OutputStream> between)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out =
          new BufferedOutputStream(between.apply(Channels.newOutputStream(channel)), 1 << 16);
      content.writeTo(out);
      out.flush();
      channel.force(true);
      return channel.size();
    }
  }

  /** Hidden, and no two of one name. */
  private static String nameBeside(Path target) {
    long number = ThreadLocalRandom.current().nextLong() >>> 1;
    return "." + target.getFileName() + "." + Long.toString(number, 36) + ".part";
  }

  /** The new name lies on the disk too, where a folder can be asked for that. */
  private static void settle(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders: there the move itself has to do.
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such folder.";
    }
    if (e instanceof AccessDeniedException) {
      return "it may not be written to.";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() + "." : e.getMessage();
  }
}
