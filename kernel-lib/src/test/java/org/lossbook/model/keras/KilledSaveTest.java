package org.lossbook.model.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.callback.Probe;
import org.lossbook.model.Model;

/** What is there when a process is killed while it saves. */
class KilledSaveTest {
  /** More by {@code mvn test -Dtest=KilledSaveTest -Dlossbook.kills=100}. */
  private static final int KILLS = Integer.getInteger("lossbook.kills", 3);

  @TempDir Path folder;

  @Test
  void aKilledSaveLeavesTheOldFileOrTheNewOneAndNothingAfterTheNextSave() throws Exception {
    Random random = new Random(KILLS);
    Path file = folder.resolve("model.keras");
    for (int i = 0; i < KILLS; i++) {
      Process process = Probe.saving(file);
      Thread.sleep(random.nextInt(400));
      process.destroyForcibly().waitFor();
      try (Model model = loadModel(file)) {
        assertThat(model.weightNames()).contains("dense/kernel");
      }
      try (Model model = Probe.ofWidth(64)) {
        model.save(file.toString());
      }
      assertThat(names()).containsExactly("model.keras");
    }
  }

  @Test
  void whatAnotherProcessStillWritesIsLeftAlone() throws Exception {
    Path file = folder.resolve("model.keras");
    Process process = Probe.saving(file);
    try (Model model = Probe.ofWidth(64)) {
      for (int i = 0; i < 20; i++) {
        model.save(file.toString());
      }
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    loadModel(file).close();
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList().stream();
    }
  }
}
