package org.lossbook.config;

import java.io.EOFException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;
import org.lossbook.Internal;

/**
 * The reason why something failed, as part of a sentence: never null, and never a bare exception
 * name.
 *
 * @hidden
 */
@Internal
public final class Reason {
  private Reason() {}

  /** The reason given by an exception. */
  public static String of(Throwable thrown) {
    if (thrown instanceof EOFException) {
      return "it ends too early";
    }
    if (thrown instanceof ZipException) {
      return "its compressed bytes are damaged";
    }
    if (thrown instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (thrown instanceof AccessDeniedException) {
      return "access is denied";
    }
    if (thrown instanceof StackOverflowError) {
      return "its parts are nested too deeply";
    }
    if (thrown instanceof ArithmeticException) {
      return "it asks for more numbers than one array can hold, 2,147,483,647";
    }
    String message =
        thrown instanceof FileSystemException files && files.getReason() != null
            ? files.getReason()
            : thrown.getMessage();
    return message == null || message.isBlank()
        ? "an unexpected " + thrown.getClass().getSimpleName()
        : Shown.line(message);
  }
}
