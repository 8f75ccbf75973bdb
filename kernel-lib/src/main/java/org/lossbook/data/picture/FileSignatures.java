package org.lossbook.data.picture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import javax.imageio.stream.ImageInputStream;

/**
 * File signatures: names the format of a file that Java cannot read as a picture, by its first
 * bytes.
 */
final class FileSignatures {
  private static final int HEAD = 64;
  private static final Map<String, String> BEGINNINGS =
      Map.of(
          "8BPS", "a Photoshop file",
          "%PDF", "a PDF",
          "<svg", "an SVG drawing",
          "<?xml", "an SVG drawing or other XML",
          "<!doctype html", "a web page",
          "<html", "a web page",
          "version https://git-lfs", "a pointer of Git LFS (git lfs pull fetches the file itself)",
          "PK\u0003\u0004", "a zip archive");

  private FileSignatures() {}

  /** The format of the file, or {@code none}. */
  static String format(ImageInputStream stream) throws IOException {
    byte[] bytes = new byte[HEAD];
    stream.seek(0);
    int count = Math.max(0, stream.read(bytes));
    String head = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
    if (count == 0) {
      return "an empty file";
    }
    if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
      return "a WebP picture";
    }
    if (head.startsWith("ftyp", 4)) {
      return head.startsWith("avi", 8) ? "an AVIF picture" : "an HEIC picture or a film";
    }
    if (head.startsWith("\u00ff\n") || head.startsWith("JXL ", 4)) {
      return "a JPEG XL picture";
    }
    String lower = head.stripLeading().toLowerCase(Locale.ROOT);
    return BEGINNINGS.entrySet().stream()
        .filter(entry -> lower.startsWith(entry.getKey().toLowerCase(Locale.ROOT)))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("none");
  }
}
