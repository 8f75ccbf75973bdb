package org.lossbook.data.download;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.DataException;
import org.lossbook.data.view.Descriptions;

/**
 * Downloads a file from the first mirror that delivers it completely. The file gets its name in the
 * cache only after it has been verified.
 *
 * @param title what is downloaded, for the progress line
 * @param mirrors base addresses, tried in this order
 * @hidden
 */
@Internal
public record Download(String title, List<URI> mirrors, Timeouts timeouts, PrintStream out) {
  /** The maximum width of a progress line. */
  private static final int PROGRESS = 100;

  private static final Duration LOOK = Duration.ofMillis(200);

  /**
   * The timeouts for a mirror.
   *
   * @param connect for connecting and for the first byte of the response
   * @param stall for the next {@code bytes}
   * @hidden
   */
  @Internal
  public record Timeouts(Duration connect, Duration stall, int bytes) {
    public static final Timeouts USUAL =
        new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), 1 << 16);
  }

  /**
   * A published file.
   *
   * @param <T> what it holds
   * @hidden
   */
  @Internal
  public interface Published<T> {
    /** Its name at the mirrors. */
    String fileName();

    /** The number of bytes that it has at most. */
    long most();

    /**
     * Reads and verifies it.
     *
     * @throws IOException if it is not the published file; the message says how it differs, as in
     *     "is truncated"
     */
    T read(Path path) throws IOException;

    /** What a reader can do who has it already, or can get it: {@code put it into …}. */
    String otherwise(Path target);
  }

  /**
   * Downloads {@code file} to {@code target}, and returns its content.
   *
   * @throws DataException.Unavailable if no mirror delivers it; the message gives the reason for
   *     each
   */
  public <T> T fetch(Published<T> file, Path target) {
    var reasons = new ArrayList<String>();
    for (URI mirror : mirrors) {
      Path part = newPart(target); // an abandoned mirror may still write to the last one
      try {
        receive(mirror.resolve(file.fileName()), file, part);
        T content = file.read(part);
        keep(part, target);
        out.println();
        return content;
      } catch (IOException e) {
        String reason = mirror.getHost() + ": " + reason(e);
        reasons.add(reason);
        // Over the progress, if any.
        out.printf(Locale.ROOT, "\r%-" + PROGRESS + "s%n", title + ": " + reason);
      } finally {
        delete(part);
      }
    }
    throw new DataException.Unavailable(
        Messages.of(
            "%s needs %s, which is in no folder and on no mirror: %s, and start again.\n  %s",
            title, file.fileName(), file.otherwise(target), String.join("\n  ", reasons)));
  }

  private void receive(URI source, Published<?> file, Path part) throws IOException {
    var length = new AtomicLong(-1);
    var client =
        HttpClient.newBuilder()
            .connectTimeout(timeouts.connect())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    var request = HttpRequest.newBuilder(source).timeout(timeouts.connect()).build();
    HttpResponse.BodyHandler<Path> toPart =
        answer -> {
          length.set(answer.headers().firstValueAsLong("content-length").orElse(-1));
          return answer.statusCode() == 200
              ? BodySubscribers.ofFile(
                  part, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
              : BodySubscribers.replacing(part);
        };
    var arriving = client.sendAsync(request, toPart);
    try {
      var response = watch(arriving, source, file, part, length);
      if (response.statusCode() != 200) {
        throw new IOException("it answers with HTTP status " + response.statusCode());
      }
      progress(source, file, Files.size(part), length.get());
    } finally {
      arriving.cancel(true);
    }
  }

  /** Waits for the complete body, and fails if it stalls or gets larger than the file can be. */
  private HttpResponse<Path> watch(
      CompletableFuture<HttpResponse<Path>> arriving,
      URI source,
      Published<?> file,
      Path part,
      AtomicLong length)
      throws IOException {
    long most = file.most();
    long marked = 0;
    long markedAt = System.nanoTime();
    while (true) {
      try {
        return arriving.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        long size = Files.size(part);
        progress(source, file, size, length.get());
        if (size > most) {
          throw new IOException(
              Messages.of("it sends more than the %s bytes of the file", Descriptions.count(most)));
        }
        if (size - marked >= timeouts.bytes()) {
          marked = size;
          markedAt = System.nanoTime();
        } else if (System.nanoTime() - markedAt > timeouts.stall().toNanos()) {
          throw new IOException(Messages.of("it stalls after %s bytes", Descriptions.count(size)));
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DataException.Interrupted(
            "The download of " + title + " was interrupted: run the cell again to fetch it.");
      }
    }
  }

  private void progress(URI source, Published<?> file, long bytes, long length) {
    String of = length < 0 ? "" : String.format(Locale.ROOT, " of %.1f", length / 1e6);
    out.printf(
        Locale.ROOT,
        "\r%s: %s, %.1f%s MB from %s",
        title,
        file.fileName(),
        bytes / 1e6,
        of,
        source.getHost());
    out.flush();
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null
        ? "it cannot be reached (" + e.getClass().getSimpleName() + ")"
        : message;
  }

  private Path newPart(Path target) {
    try {
      Files.createDirectories(target.getParent());
      return Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
    } catch (IOException e) {
      throw new DataException.Unavailable(
          Messages.of(
              "%s is kept in %s but that folder is not writable (%s): set LOSSBOOK_CACHE to one that is.",
              title, target.getParent(), e));
    }
  }

  private static void keep(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      part.toFile().deleteOnExit();
    }
  }
}
