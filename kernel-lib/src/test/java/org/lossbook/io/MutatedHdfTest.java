package org.lossbook.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.loadModel;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.model.keras.Keras2FilesTest;

/**
 * Whole-model HDF5 with bytes that were changed, moved or left out is loaded or refused, and
 * nothing else. A build tries a few; {@code -Dlossbook.mutations=100000} says how many.
 */
public class MutatedHdfTest {
  private static final int COUNT = Integer.getInteger("lossbook.mutations", 400);
  private static final long SEED = Long.getLong("lossbook.seed", 1);
  private static final long LONGEST = 2_000_000_000L; // of CPU
  public static final List<String> SEEDS =
      List.of(
          "deferred-2.15.h5",
          "transferred-2.15.h5",
          "legacy_adam-2.15.h5",
          "nadam-3.15.h5",
          "weights-2.15.h5");

  @TempDir Path folder;

  @Test
  void itIsLoadedOrRefusedWithinTwoSeconds() throws IOException {
    var random = new SplittableRandom(SEED);
    int refusals = 0;
    long longest = 0;
    for (int i = 0; i < COUNT; i++) {
      byte[] whole = Files.readAllBytes(Path.of(Keras2FilesTest.path(SEEDS.get(i % SEEDS.size()))));
      byte[] wrong = mutated(whole, random);
      Path file = Files.write(folder.resolve("x.h5"), wrong);
      var threads = ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadCpuTime();
      try {
        loadModel(file).close();
      } catch (ModelFileException e) {
        refusals++;
        assertThat(e.getMessage()).doesNotContain("loaded: null");
      } catch (RuntimeException | Error e) {
        Path kept = Files.write(Path.of("target", "mutated-" + SEED + "-" + i + ".h5"), wrong);
        throw new AssertionError("mutation " + i + ", kept as " + kept, e);
      }
      longest = Math.max(longest, threads.getCurrentThreadCpuTime() - before);
      assertThat(longest).as("CPU time of mutation %d", i).isLessThan(LONGEST);
    }
    assertThat(refusals).isBetween(COUNT / 4, COUNT - 1);
  }

  /** What stands first in the file, and what is not zero, says where everything else is. */
  private static byte[] mutated(byte[] whole, SplittableRandom random) {
    byte[] wrong = whole.clone();
    switch (random.nextInt(8)) {
      case 0 -> {
        return Arrays.copyOf(whole, random.nextInt(whole.length));
      }
      case 1 -> {
        int count = 1 + random.nextInt(64);
        int from = random.nextInt(whole.length - count);
        System.arraycopy(whole, from, wrong, random.nextInt(whole.length - count), count);
      }
      case 2 -> {
        int at = random.nextInt(whole.length - 8) / 8 * 8;
        Arrays.fill(wrong, at, at + 8, random.nextBoolean() ? (byte) -1 : 0x7f);
      }
      default -> {
        int changes = 1 + random.nextInt(4);
        boolean isAnywhere = random.nextInt(3) == 0;
        for (int k = 0; k < changes; ) {
          int at = random.nextInt(whole.length);
          if (isAnywhere || whole[at] != 0) {
            wrong[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : whole[at] ^ 1 << k);
            k++;
          }
        }
      }
    }
    return wrong;
  }
}
