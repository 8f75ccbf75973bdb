package org.lossbook.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * The kind of a file, detected from its first bytes, because names are unreliable.
 *
 * @hidden
 */
@Internal
public enum FileKind {
  /** A zip archive, Keras's format since 2.12. */
  ARCHIVE,
  /** HDF5, Keras's format before that, and still for names that end in {@code .h5}. */
  HDF5;

  private static final int HEAD = 512;
  private static final byte[] HDF5_MARK = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  /**
   * Detects the kind of a model file.
   *
   * @throws ModelFileException if it is something else; the message says what, and where to find
   *     the model
   */
  public static FileKind of(Path file) {
    if (Files.isDirectory(file)) {
      throw refused(file, folder(file));
    }
    if (!Files.exists(file)) {
      throw new ModelFileException(
          Messages.of(
              "loading expects a %s file but there is none at %s: give its path relative to %s, or save one with model.save(…).",
              file.toString().endsWith(".keras") ? ".keras" : ".keras or .h5",
              file,
              Path.of("").toAbsolutePath()));
    }
    if (!Files.isRegularFile(file)) {
      throw refused(file, "it is a device or a pipe, where a file is expected");
    }
    byte[] head = head(file);
    if (startsWith(head, 0, HDF5_MARK)) {
      return HDF5;
    }
    if (startsWith(head, 0, "PK\3\4") || startsWith(head, 0, "PK\5\6")) {
      return ARCHIVE;
    }
    throw refused(file, described(head));
  }

  private static byte[] head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD);
    } catch (IOException e) {
      throw new ModelFileException(
          file + " cannot be read: check its permissions, and that it is a file.", e);
    }
  }

  private static ModelFileException refused(Path file, String what) {
    return new ModelFileException(Messages.of("%s cannot be loaded: %s.", file, what));
  }

  private static String folder(Path folder) {
    return Files.exists(folder.resolve("saved_model.pb"))
        ? "it is a folder in TensorFlow's SavedModel format, a program that only TensorFlow runs;"
            + " in Python load it with the Keras that saved it and save it with"
            + " model.save(\"model.keras\")"
        : "it is a folder, where a file is expected; give the path of the .keras or .h5 file";
  }

  private static String described(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT);
    text = text.startsWith("\ufeff") ? text.substring(1).strip() : text;
    if (head.length == 0) {
      return "it is empty; download or save it again";
    }
    if (text.startsWith("version https://git-lfs")) {
      return "it is a Git LFS pointer, a note of where the model is and not the model; run git lfs"
          + " pull in its repository, or download the file itself";
    }
    if (text.startsWith("<!doctype html") || text.startsWith("<html") || text.startsWith("<head")) {
      return "it is a web page, such as a site shows in place of a download; download the file"
          + " itself, on GitHub with Download raw file";
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      return text.contains("modeltopology")
          ? "it is a model of TensorFlow.js; in Python convert it with tensorflowjs_converter"
              + " --input_format=tfjs_layers_model --output_format=keras"
          : "it is JSON, the layers alone without their weights; in Python save the whole model"
              + " with model.save(\"model.keras\")";
    }
    if (head[0] == (byte) 0x80 && head.length > 1 && head[1] >= 2 && head[1] <= 5) {
      return "it is a Python pickle, a program that only Python runs; in Python unpickle it and"
          + " save the model with model.save(\"model.keras\")";
    }
    if (startsWith(head, 4, "TFL3")) {
      return "it is a model of TensorFlow Lite, which can no longer be trained; save the Keras"
          + " model that it was made of with model.save(\"model.keras\")";
    }
    if (startsWith(head, 0, "GGUF")
        || head.length > 8 && head[8] == '{' && startsWith(head, 4, new byte[4])) {
      return "it holds weights in the form of "
          + (head[0] == 'G' ? "GGUF" : "safetensors")
          + ", without the layers; Lossbook reads Keras's .keras and .h5 files";
    }
    if (startsWith(head, 0, new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'})) {
      return "it is an array of NumPy, not a model; save the model with"
          + " model.save(\"model.keras\")";
    }
    if (startsWith(head, 0, new byte[] {0x1f, (byte) 0x8b})
        || startsWith(head, 0, "7z")
        || startsWith(head, 0, "Rar!")
        || startsWith(head, 257, "ustar")) {
      return "it is a packed archive (gzip, tar, 7z or rar); unpack it and load the .keras or .h5"
          + " file in it";
    }
    if (startsWith(head, 0, new byte[] {8, 1, 0x12})) {
      return "it seems to be a part of TensorFlow's SavedModel format, a program that only"
          + " TensorFlow runs; in Python load its folder and save it with"
          + " model.save(\"model.keras\")";
    }
    if (head[0] == 8
        && head.length > 2
        && (head[2] == 0x12 || head[2] == 0x3a || head[2] == 0x1a)) {
      return "it seems to be a model of ONNX; save the Keras model that it was made of with"
          + " model.save(\"model.keras\")";
    }
    return "it is neither a .keras file, which is a zip archive, nor a .h5 file, which is HDF5; it may be"
        + " truncated or from another program, so download or save it again";
  }

  private static boolean startsWith(byte[] bytes, int from, String mark) {
    return startsWith(bytes, from, mark.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static boolean startsWith(byte[] bytes, int from, byte[] mark) {
    return bytes.length >= from + mark.length
        && Arrays.equals(bytes, from, from + mark.length, mark, 0, mark.length);
  }
}
