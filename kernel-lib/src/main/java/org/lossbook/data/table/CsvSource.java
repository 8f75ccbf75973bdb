package org.lossbook.data.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.data.DataException;
import org.lossbook.data.FilePath;
import org.lossbook.data.view.Descriptions;

/**
 * The source of a table: a file, or a URL that is downloaded to a temporary file. Gzip is
 * decompressed while reading.
 *
 * @param given the path or URL as given
 * @param fetched whether the file is temporary
 */
record CsvSource(String given, Path file, boolean fetched) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long MOST_FETCHED = 1L << 31;
  private static final int HEAD = 512;

  /** Signatures of files that are not plain text tables. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "PK\u0003\u0004", "a zip archive or a spreadsheet: save the sheet as CSV, or unpack it",
          "\u00d0\u00cf\u0011\u00e0", "an old spreadsheet: save the sheet as CSV",
          "PAR1", "a Parquet file: save the table as CSV",
          "%PDF", "a PDF: save the table as CSV",
          "\u0089HDF", "an HDF5 file: save the table as CSV",
          "version https://git-lfs",
              "a pointer of Git LFS: fetch the file itself with git lfs pull",
          "<!doctype html", "a web page: use the address of the file itself, such as GitHub's Raw",
          "<html", "a web page: use the address of the file itself, such as GitHub's Raw");

  /** Finds the file, or downloads it. */
  static CsvSource of(String given) {
    boolean isAddress = given != null && given.matches("(?i)https?://.*");
    var source =
        isAddress
            ? new CsvSource(given, fetched(given), true)
            : new CsvSource(
                given, FilePath.existing("csv", "file", "csv(\"cars.csv\")", given), false);
    try {
      source.refuseOthers();
      return source;
    } catch (DataException e) {
      source.close();
      throw e;
    }
  }

  private static Path fetched(String address) {
    Path file = null;
    try {
      file = Files.createTempFile("lossbook", ".csv");
      fetch(URI.create(address), file);
      return file;
    } catch (IOException | IllegalArgumentException e) {
      delete(file);
      throw new DataException(
          Messages.of(
              "csv cannot read %s: %s. Check the address, or save the file beside the notebook and read it from there.",
              Shown.line(address), reason(e)),
          e);
    } catch (InterruptedException e) {
      delete(file);
      Thread.currentThread().interrupt();
      throw new DataException.Interrupted(
          Messages.of(
              "csv was interrupted while it fetched %s: run the cell again.", Shown.line(address)));
    }
  }

  private static void fetch(URI address, Path into) throws IOException, InterruptedException {
    var client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    var request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    var answer = client.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = answer.body();
        OutputStream out = Files.newOutputStream(into)) {
      if (answer.statusCode() != 200) {
        throw new IOException("it answers with HTTP status " + answer.statusCode());
      }
      byte[] some = new byte[1 << 16];
      long size = 0;
      for (int count = body.read(some); count >= 0; count = body.read(some)) {
        size += count;
        if (size > MOST_FETCHED) {
          throw new IOException(
              Messages.of("it is larger than %s bytes", Descriptions.count(MOST_FETCHED)));
        }
        out.write(some, 0, count);
      }
    }
  }

  private static String reason(Exception failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? "it cannot be reached (" + failure.getClass().getSimpleName() + ")"
        : Shown.line(message);
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }

  private void refuseOthers() {
    String head = new String(head(), StandardCharsets.ISO_8859_1).stripLeading();
    String lower = head.toLowerCase(Locale.ROOT);
    OTHERS.forEach(
        (beginning, what) -> {
          if (head.startsWith(beginning) || lower.startsWith(beginning)) {
            throw new DataException(
                Messages.of("csv expects a table as text but %s is %s.", given, what));
          }
        });
  }

  private byte[] head() {
    try (InputStream bytes = open()) {
      return bytes.readNBytes(HEAD);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Opens the file, decompressed. */
  InputStream open() throws IOException {
    var bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    bytes.mark(2);
    boolean packed = bytes.read() == 0x1f && bytes.read() == 0x8b;
    bytes.reset();
    return packed ? new GZIPInputStream(bytes, 1 << 16) : bytes;
  }

  DataException unreadable(IOException failure) {
    return new DataException(
        Messages.of(
            "csv cannot read %s: %s. Check its permissions, and that it is complete.",
            given, reason(failure)),
        failure);
  }

  @Override
  public void close() {
    if (fetched) {
      delete(file);
    }
  }
}
