package org.lossbook.data.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.data.DataException;
import org.lossbook.data.Split;
import org.lossbook.data.download.Download;
import org.lossbook.data.download.Locations;

@Timeout(60)
class DownloadTest {
  private static final Download.Timeouts LONG =
      new Download.Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), 1);

  @TempDir Path cache;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final List<String> asked = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  /** What a mirror does with a request for a file. */
  private interface Answer {
    void to(HttpExchange exchange, byte[] file) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    mirror("/good/", DownloadTest::whole);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void mirror(String folder, Answer answer) {
    server.createContext(
        folder,
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          synchronized (asked) {
            asked.add(path);
          }
          try (exchange) {
            answer.to(exchange, SmallIdx.PUBLISHED.get(path.substring(folder.length())));
          }
        });
  }

  private static void whole(HttpExchange exchange, byte[] file) throws IOException {
    exchange.sendResponseHeaders(200, file.length);
    exchange.getResponseBody().write(file);
  }

  private URI at(String folder) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + folder);
  }

  private Split load(URI... mirrors) {
    var out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    var locations = new Locations(Optional.empty(), cache, LONG, out);
    return SmallIdx.set(List.of(mirrors)).load(locations);
  }

  private List<String> kept() {
    try (var files = Files.list(cache.resolve("small"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void assertLoadedInFull(Split small) {
    assertThat(small.train().size()).isEqualTo(6);
    assertThat(small.test().y()).hasToString("[2, 1, 0]");
    assertThat(kept())
        .containsExactly("test-images.gz", "test-labels.gz", "train-images.gz", "train-labels.gz");
  }

  @Test
  void aDownloadShowsItsProgressAndIsKeptForTheNextTime() {
    assertLoadedInFull(load(at("/good/")));
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("Small: train-images.gz, 0.0 of 0.0 MB from 127.0.0.1");
    assertThat(asked).hasSize(4);

    load(at("/good/"));
    assertThat(asked).hasSize(4);
  }

  @Test
  void whereTheFirstMirrorIsDownTheSecondIsAsked() throws IOException {
    int closed;
    try (var socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }

    assertLoadedInFull(load(URI.create("http://127.0.0.1:" + closed + "/"), at("/good/")));
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("Small: 127.0.0.1: ");
  }

  @Test
  void aMirrorWithoutTheFileIsPassedOver() {
    assertLoadedInFull(load(at("/none/"), at("/good/")));
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("it answers with HTTP status 404");
  }

  @Test
  void whatIsNotThePublishedFileIsNotKept() {
    mirror("/page/", (exchange, file) -> whole(exchange, "<html>sign in</html>".getBytes()));
    mirror("/half/", (exchange, file) -> whole(exchange, Arrays.copyOf(file, file.length / 2)));

    assertLoadedInFull(load(at("/page/"), at("/half/"), at("/good/")));
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("127.0.0.1: is not an IDX file of that kind")
        .contains("127.0.0.1: is truncated");
  }

  @Test
  void aConnectionThatBreaksMidwayIsPassedOver() {
    mirror(
        "/broken/",
        (exchange, file) -> {
          exchange.sendResponseHeaders(200, file.length);
          exchange.getResponseBody().write(file, 0, file.length / 2);
        });

    assertLoadedInFull(load(at("/broken/"), at("/good/")));
  }

  @Test
  void aMirrorThatStallsIsLeft() {
    mirror(
        "/stalls/",
        (exchange, file) -> {
          exchange.sendResponseHeaders(200, file.length);
          exchange.getResponseBody().write(file, 0, file.length / 2);
          exchange.getResponseBody().flush();
          awaitEnd();
        });

    var little = new Download.Timeouts(Duration.ofSeconds(20), Duration.ofMillis(300), 1);
    var download =
        new Download("Small", List.of(at("/stalls/")), little, new PrintStream(shown, true));

    assertThatThrownBy(
            () ->
                download.fetch(
                    SmallIdx.set(List.of()).trainImages(), cache.resolve("small/train-images.gz")))
        .isInstanceOf(DataException.Unavailable.class)
        .hasMessageContaining("127.0.0.1: it stalls after ");
    assertThat(kept()).isEmpty();
  }

  @Test
  void aMirrorThatSendsWithoutEndIsLeft() {
    mirror(
        "/endless/",
        (exchange, file) -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] piece = new byte[1 << 16];
          while (end.getCount() > 0) {
            exchange.getResponseBody().write(piece);
          }
        });

    assertLoadedInFull(load(at("/endless/"), at("/good/")));
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("it sends more than the");
  }

  @Test
  void aMirrorThatMovedIsFollowed() {
    mirror(
        "/moved/",
        (exchange, file) -> {
          String to = exchange.getRequestURI().getPath().replace("/moved/", "/good/");
          exchange.getResponseHeaders().add("Location", to);
          exchange.sendResponseHeaders(302, -1);
        });

    assertLoadedInFull(load(at("/moved/")));
  }

  @Test
  void whereNoMirrorGivesItEachReasonIsNamedAndNothingIsLeftBehind() {
    mirror("/page/", (exchange, file) -> whole(exchange, "<html>sign in</html>".getBytes()));

    assertThatThrownBy(() -> load(at("/none/"), at("/page/")))
        .isInstanceOf(DataException.Unavailable.class)
        .hasMessageStartingWith("Small needs train-images.gz")
        .hasMessageContaining("127.0.0.1: it answers with HTTP status 404")
        .hasMessageContaining("127.0.0.1: is not an IDX file of that kind");
    assertThat(kept()).isEmpty();
  }

  @Test
  void anInterruptStopsTheDownloadAndIsNotTakenForAMissingMirror() throws Exception {
    var begun = new CountDownLatch(1);
    mirror(
        "/slow/",
        (exchange, file) -> {
          begun.countDown();
          awaitEnd();
        });
    Thread cell = Thread.currentThread();
    threads.execute(
        () -> {
          try {
            begun.await();
            cell.interrupt();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    var patient = new Download.Timeouts(Duration.ofMinutes(1), Duration.ofMinutes(1), 1);
    var locations = new Locations(Optional.empty(), cache, patient, new PrintStream(shown, true));

    assertThatThrownBy(() -> SmallIdx.set(List.of(at("/slow/"), at("/good/"))).load(locations))
        .isInstanceOf(DataException.Interrupted.class)
        .hasMessageContaining("was interrupted");
    assertThat(Thread.interrupted()).isTrue(); // and clears it for the tests to come
    assertThat(kept()).isEmpty();
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(cache.resolve("file"));
    var locations = new Locations(Optional.empty(), file, LONG, new PrintStream(shown, true));

    assertThatThrownBy(() -> SmallIdx.set(List.of(at("/good/"))).load(locations))
        .isInstanceOf(DataException.Unavailable.class)
        .hasMessageContaining("set LOSSBOOK_CACHE to one that is");
  }

  private void awaitEnd() {
    try {
      assertThat(end.await(50, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
