package org.lossbook.data.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.DataException;
import org.lossbook.data.Split;
import org.lossbook.data.download.Download;
import org.lossbook.data.download.Locations;

class IdxDatasetTest {
  private static final PrintStream NOWHERE = new PrintStream(PrintStream.nullOutputStream());

  @TempDir Path home;
  private Path data;
  private Path cache;

  @BeforeEach
  void folders() throws IOException {
    data = Files.createDirectories(home.resolve("data").resolve("small")).getParent();
    cache = Files.createDirectories(home.resolve("cache").resolve("small")).getParent();
  }

  private Split load() {
    var locations = new Locations(Optional.of(data), cache, Download.Timeouts.USUAL, NOWHERE);
    return SmallIdx.set(List.of()).load(locations);
  }

  private static void publish(Path folder) throws IOException {
    for (var file : SmallIdx.PUBLISHED.entrySet()) {
      Files.write(folder.resolve("small").resolve(file.getKey()), file.getValue());
    }
  }

  @Test
  void gzippedFilesOfTheReadersFolderAreRead() throws IOException {
    publish(data);
    var small = load();

    assertThat(small)
        .hasToString(
            String.format(
                "Small%n  train: 6 images 2×2×1, 3 classes%n  test:  3 images 2×2×1, 3 classes"));
    assertThat(small.test().y()).hasToString("[2, 1, 0]");
    assertThat(small.train().x().rows(1, 2).toArray())
        .containsExactly(40 / 255f, 50 / 255f, 60 / 255f, 70 / 255f);
    assertThat(small.train().classNames()).containsExactly("a", "b", "c");
  }

  @Test
  void plainFilesAreReadToo() throws IOException {
    publish(data);
    Path gzipped = data.resolve("small").resolve("train-images.gz");
    Files.delete(gzipped);
    Files.write(data.resolve("small").resolve("train-images"), SmallIdx.TRAIN_IMAGES);

    assertThat(load().train().size()).isEqualTo(6);
  }

  @Test
  void aFileThatTheFolderLacksIsTakenFromTheCache() throws IOException {
    publish(data);
    publish(cache);
    Files.delete(data.resolve("small").resolve("test-labels.gz"));

    assertThat(load().test().y()).hasToString("[2, 1, 0]");
  }

  static List<Arguments> brokenFiles() {
    byte[] plain = SmallIdx.TRAIN_IMAGES;
    byte[] gzipped = SmallIdx.gzip(plain);
    byte[] flipped = plain.clone();
    flipped[20] ^= 1;
    byte[] corrupt = gzipped.clone();
    corrupt[gzipped.length - 8] ^= 1; // the checksum of what is inside
    return List.of(
        Arguments.of(Arrays.copyOf(gzipped, gzipped.length / 2), "truncated"),
        Arguments.of(Arrays.copyOf(gzipped, gzipped.length - 3), "truncated"),
        Arguments.of(new byte[0], "ends within its header"),
        Arguments.of(Arrays.copyOf(plain, 10), "ends within its header"),
        Arguments.of(Arrays.copyOf(plain, 30), "is truncated after 14 of 24 bytes"),
        Arguments.of(Arrays.copyOf(plain, 41), "goes on after its 24 bytes"),
        Arguments.of(SmallIdx.gzip(Arrays.copyOf(plain, 41)), "goes on after its 24 bytes"),
        Arguments.of(SmallIdx.gzip(flipped), "has other bytes (SHA-256 "),
        Arguments.of(corrupt, "is corrupt ("),
        Arguments.of(
            SmallIdx.idx(new byte[20], 20),
            "is not an IDX file of that kind (it begins with 00 00 08 01)"),
        Arguments.of("<!DOCTYPE html><html>".getBytes(), "it begins with 3c 21 44 4f"),
        Arguments.of(SmallIdx.TEST_IMAGES, "says 3 where 6 is expected"),
        Arguments.of(
            SmallIdx.idx(new byte[0], -1, -1, -1), "says 4,294,967,295 where 6 is expected"));
  }

  @ParameterizedTest
  @MethodSource("brokenFiles")
  void aBrokenFileIsNamedWithWhatToDoAndNothingIsLoaded(byte[] content, String what)
      throws IOException {
    publish(data);
    publish(cache);
    Path broken = data.resolve("small").resolve("train-images.gz");
    Files.write(broken, content);

    assertThatThrownBy(this::load)
        .isInstanceOf(DataException.class)
        .isNotInstanceOf(DataException.Unavailable.class)
        .hasMessageStartingWith("train-images (6 × 2 × 2 bytes) is expected but " + broken + " ")
        .hasMessageContaining(what)
        .hasMessageEndingWith("delete that file, and the next call fetches it again.");
  }

  @Test
  void withoutAMirrorTheErrorSaysWhereToPutTheFiles() {
    assertThatThrownBy(this::load)
        .isInstanceOf(DataException.Unavailable.class)
        .hasMessageStartingWith(
            "Small needs train-images.gz, which is in no folder and on no mirror: put the four files into a folder small, set LOSSBOOK_DATA to the folder around that, and start again.");
  }

  @Test
  void whereMnistIsNowhereTheDigitsAreDrawnWithANotice() {
    var out = new ByteArrayOutputStream();
    var nowhere =
        new Locations(Optional.empty(), cache, Download.Timeouts.USUAL, new PrintStream(out, true));
    var closed = URI.create("http://127.0.0.1:1/");
    var digits = Mnist.digits(SmallIdx.set(List.of(closed)), nowhere);

    List<String> lines = List.of(out.toString().split("\n"));
    assertThat(lines).hasSize(3);
    String shown = lines.get(0).substring(lines.get(0).lastIndexOf('\r') + 1); // over the progress
    assertThat(shown.strip())
        .isEqualTo("Small: 127.0.0.1: it cannot be reached (ConnectException)");
    assertThat(out.toString())
        .contains("Notice: MNIST is not available", "put the four files into a folder small");
    assertThat(digits.toString())
        .startsWith("drawn digits (MNIST was not available)")
        .contains("20,000 images 28×28×1, 10 classes");
  }

  @Test
  void aBrokenMnistFileIsAnErrorAndNotAReasonToDraw() throws IOException {
    Path broken = Files.createDirectories(data.resolve("mnist")).resolve("train-images-idx3-ubyte");
    Files.write(broken, new byte[100]);
    var locations = new Locations(Optional.of(data), cache, Download.Timeouts.USUAL, NOWHERE);

    assertThatThrownBy(() -> Mnist.digits(Mnist.DIGITS, locations))
        .hasMessageContaining(broken.toString());
  }
}
