package org.lossbook.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lossbook.Internal;
import org.lossbook.config.Reason;

/**
 * Writes a file atomically: to a temporary file next to it, which is renamed only once it is on
 * disk. If anything fails, the old file stays unchanged.
 *
 * @hidden
 */
@Internal
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * The content of the file.
   *
   * @hidden
   */
  @Internal
  @FunctionalInterface
  public interface Content {
    /** Writes everything, and leaves the stream open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, or replaces it.
   *
   * @return its size in bytes
   * @throws ModelFileException if it cannot be written; an old file stays unchanged
   */
  public static long write(Path file, Content content) {
    return write(file, content, out -> out);
  }

  /**
   * The same through a wrapped stream that may fail, for tests.
   *
   * @param between wraps the stream to the disk
   */
  static long write(Path file, Content content, UnaryOperator<OutputStream> between) {
    try {
      // A symbolic link stays one: its target is replaced.
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      if (Files.isDirectory(target)) {
        throw new ModelFileException("save expects a file but receives the folder " + file + ".");
      }
      deleteAbandoned(target);
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
          file + " could not be written, and is unchanged: " + reason(e), e);
    }
  }

  private static long fill(Path beside, Content content, UnaryOperator<OutputStream> between)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      // Locked until closed, so that other processes see that it is being written.
      tryLock(channel);
      OutputStream out =
          new BufferedOutputStream(between.apply(Channels.newOutputStream(channel)), 1 << 16);
      content.writeTo(out);
      out.flush();
      channel.force(true);
      return channel.size();
    }
  }

  /** The name of the temporary file: hidden, unique, and with the process that writes it. */
  private static String nameBeside(Path target) {
    long number = ThreadLocalRandom.current().nextLong() >>> 1;
    return "."
        + target.getFileName()
        + "."
        + ProcessHandle.current().pid()
        + "-"
        + Long.toString(number, 36)
        + ".part";
  }

  /** Deletes temporary files of this file left by processes that were killed while writing. */
  private static void deleteAbandoned(Path target) {
    Pattern part =
        Pattern.compile(Pattern.quote("." + target.getFileName() + ".") + "(\\d+)-\\w+\\.part");
    try (Stream<Path> files = Files.list(target.getParent())) {
      for (Path file : files.toList()) {
        var name = part.matcher(file.getFileName().toString());
        if (name.matches() && isAbandoned(file, Long.parseLong(name.group(1)))) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | UncheckedIOException | NumberFormatException e) {
      // Leftovers that cannot be deleted do not stop saving.
    }
  }

  /**
   * Whether a temporary file is unlocked and its process is gone. The process id may have been
   * reused: then it counts as abandoned if nothing was written for a minute.
   */
  private static boolean isAbandoned(Path file, long process) throws IOException {
    Instant written = Files.getLastModifiedTime(file).toInstant();
    boolean isGone = ProcessHandle.of(process).isEmpty();
    if (!isGone && written.isAfter(Instant.now().minus(Duration.ofMinutes(1)))) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return tryLock(channel);
    }
  }

  /**
   * Whether the file could be locked: false if another process, or another thread of this one,
   * holds it.
   */
  private static boolean tryLock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return true; // a file system without locks
    }
  }

  /** Flushes the rename to disk, if the system can do that for a folder. */
  private static void settle(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders; there the move itself must suffice.
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such folder.";
    }
    if (e instanceof AccessDeniedException) {
      return "it is not writable.";
    }
    return Reason.of(e);
  }
}
