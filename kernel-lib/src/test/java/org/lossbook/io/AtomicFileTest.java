package org.lossbook.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file is written whole or not at all. */
class AtomicFileTest {
  private static final int SIZE = 200_000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 65_535, 65_536, 65_537, 131_072, SIZE - 1})
  void aDiskThatFailsAtAnyByteLeavesTheOldFileAndNothingElse(int bytes) throws IOException {
    Path file = Files.writeString(folder.resolve("model.keras"), "the old one");

    assertThatThrownBy(() -> AtomicFile.write(file, this::all, out -> new Failing(out, bytes)))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(file + " could not be written, and is unchanged: No space left on device");
    assertThat(file).hasContent("the old one");
    assertThat(names()).containsExactly("model.keras");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100_000, SIZE - 1})
  void contentThatFailsAtAnyByteLeavesTheOldFileToo(int bytes) throws IOException {
    Path file = Files.writeString(folder.resolve("model.keras"), "the old one");

    assertThatThrownBy(
            () -> AtomicFile.write(file, out -> all(new Failing(out, bytes)), out -> out))
        .isInstanceOf(ModelFileException.class);
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[bytes]);
                      throw new IllegalStateException("a layer that cannot say itself");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(file).hasContent("the old one");
    assertThat(names()).containsExactly("model.keras");
  }

  @Test
  void aThreadThatIsInterruptedLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("model.keras"), "the old one");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> AtomicFile.write(file, this::all))
          .isInstanceOf(ModelFileException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(file).hasContent("the old one");
    assertThat(names()).containsExactly("model.keras");
  }

  @Test
  void aFileThatGoesWellIsThereWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("model.keras"), "the old one");

    assertThat(AtomicFile.write(file, this::all)).isEqualTo(SIZE);
    assertThat(file).hasSize(SIZE);
    assertThat(names()).containsExactly("model.keras");
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path file = Files.writeString(folder.resolve("real.keras"), "the old one");
    Path link = Files.createSymbolicLink(folder.resolve("model.keras"), file);

    AtomicFile.write(link, this::all);

    assertThat(link).isSymbolicLink();
    assertThat(file).hasSize(SIZE);
  }

  @Test
  void aFolderIsNoFile() {
    assertThatThrownBy(() -> AtomicFile.write(folder, this::all))
        .hasMessage("save expects a file but receives the folder " + folder + ".");
  }

  private void all(OutputStream out) throws IOException {
    for (int i = 0; i < SIZE; i += 1000) {
      out.write(new byte[1000]);
    }
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  /** Takes so many bytes and no more. */
  private static final class Failing extends OutputStream {
    private final OutputStream out;
    private int left;

    Failing(OutputStream out, int left) {
      this.out = out;
      this.left = left;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      int fits = Math.min(left, count);
      out.write(bytes, from, fits);
      left -= fits;
      if (fits < count) {
        throw new IOException("No space left on device");
      }
    }
  }
}
