package org.lossbook.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Damaged tables and pictures are read or refused in words, in a heap of 256 MB. */
class MutatedFilesTest {
  private static String run(String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                MutatedFiles.class.getName()));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void noDamageEndsInAnythingButATableAPictureOrASentence() throws Exception {
    assertThat(run("0", "1000")).matches("1000 files, [1-9]\\d* read, 0 failures\\R");
  }

  /** 200 kB of PNG, 49 million pixels: within the most that is allowed, but not within the heap. */
  @Test
  void aPictureThatTheHeapHasNoRoomForIsRefusedByItsHeader() throws Exception {
    assertThat(run("large", "grey")).isEqualTo("picture: 7000×7000, grey" + System.lineSeparator());
    assertThat(run("large", "colour"))
        .startsWith("image, these bytes of 7000×7000 pixels, needs ")
        .contains(" of memory but Java's heap has ")
        .contains("save it smaller, or give Java more memory");
  }
}
