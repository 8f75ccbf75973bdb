package org.lossbook.model.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.loadModel;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.io.Json;
import org.lossbook.io.ModelFileException;
import org.lossbook.model.Blueprint;
import org.lossbook.network.Network;
import org.lossbook.notebook.Screen;
import org.lossbook.testing.Notepad;

/**
 * Archives with bytes that were changed, and configurations with values that were exchanged, are
 * read or refused, and nothing else. A build tries a few; {@code -Dlossbook.mutations=100000} says
 * how many.
 */
class MutatedArchiveTest {
  private static final int COUNT = Integer.getInteger("lossbook.mutations", 300);
  private static final long SEED = Long.getLong("lossbook.seed", 1);
  private static final long LONGEST = 2_000_000_000L; // of CPU
  private static final List<String> SEEDS = List.of("cnn", "nadam", "scheduled", "functional");
  private static final Gson GSON = new Gson();

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Screen before = Screen.current();
  private int refusals;

  /** What reads a file or refuses it. */
  private interface Reading {
    void run() throws IOException;
  }

  @BeforeEach
  void withoutNotices() {
    Screen.use(new Notepad(new ArrayList<>()));
  }

  @AfterEach
  void asBefore() {
    Screen.use(before);
  }

  @Test
  void anArchiveIsLoadedOrRefusedWithinTwoSeconds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (String name : SEEDS) {
      seeds.add(FuzzedFileTest.seed(name));
    }
    for (int i = 0; i < COUNT; i++) {
      byte[] wrong = changed(seeds.get(i % seeds.size()));
      Path file = Files.write(folder.resolve("x.keras"), wrong);
      held(i, wrong, () -> loadModel(file).close());
    }
    assertThat(refusals).isBetween(COUNT / 4, COUNT - 1);
  }

  @Test
  void aConfigurationIsReadOrRefusedWithinTwoSeconds() throws IOException {
    List<String> seeds = new ArrayList<>();
    for (String name : SEEDS) {
      seeds.add(config(name));
    }
    for (int i = 0; i < COUNT * 10; i++) {
      JsonElement root = GSON.fromJson(seeds.get(i % seeds.size()), JsonElement.class);
      int changes = 1 + random.nextInt(3);
      for (int k = 0; k < changes; k++) {
        exchange(root);
      }
      String text = GSON.toJson(root);
      held(
          i,
          text.getBytes(StandardCharsets.UTF_8),
          () -> {
            Network network = NetworkReader.read(Json.object(text), Blueprint::of);
            assertThat(network.nodes()).isNotEmpty();
          });
    }
    assertThat(refusals).isBetween(COUNT, COUNT * 10 - 1);
  }

  /** The same through a whole file, which has a compile configuration and weights too. */
  @Test
  void aFileWithSuchAConfigurationIsLoadedOrRefused() throws IOException {
    for (int i = 0; i < COUNT; i++) {
      Map<String, byte[]> entries = FuzzedFileTest.entries(SEEDS.get(i % SEEDS.size()));
      JsonElement root =
          GSON.fromJson(
              new String(entries.get("config.json"), StandardCharsets.UTF_8), JsonElement.class);
      JsonElement compiled = root.getAsJsonObject().get("compile_config");
      exchange(compiled.isJsonObject() && random.nextInt(4) > 0 ? compiled : root);
      entries.put("config.json", GSON.toJson(root).getBytes(StandardCharsets.UTF_8));
      byte[] wrong = HostileFileTest.archive(entries);
      Path file = Files.write(folder.resolve("x.keras"), wrong);
      held(i, wrong, () -> loadModel(file).close());
    }
  }

  private void held(int number, byte[] wrong, Reading reading) throws IOException {
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    try {
      reading.run();
    } catch (IllegalArgumentException | ModelFileException e) {
      refusals++;
      assertThat(e.getClass()).isIn(IllegalArgumentException.class, ModelFileException.class);
      assertThat(e.getMessage())
          .isNotBlank()
          .doesNotContain(": null", "integer overflow", "org.lossbook", "java.");
    } catch (RuntimeException | Error e) {
      Path kept = Files.write(Path.of("target", "mutated-" + SEED + "-" + number), wrong);
      throw new AssertionError("mutation " + number + ", kept as " + kept, e);
    }
    assertThat(threads.getCurrentThreadCpuTime() - before)
        .as("CPU time of mutation %d", number)
        .isLessThan(LONGEST);
  }

  private byte[] changed(byte[] whole) {
    if (random.nextInt(10) == 0) {
      return Arrays.copyOf(whole, random.nextInt(whole.length));
    }
    byte[] wrong = whole.clone();
    int changes = 1 + random.nextInt(5);
    // The directory of a zip stands at its end, the config at its beginning.
    int from = random.nextBoolean() ? Math.max(0, whole.length - 400) : 0;
    int to = from == 0 && random.nextBoolean() ? Math.min(whole.length, 3000) : whole.length;
    for (int k = 0; k < changes; k++) {
      wrong[from + random.nextInt(to - from)] = (byte) random.nextInt(256);
    }
    return wrong;
  }

  /** Puts something else in one place of a tree. */
  private void exchange(JsonElement root) {
    List<Runnable> places = new ArrayList<>();
    List<JsonElement> values = new ArrayList<>();
    collect(root, places, values);
    if (!places.isEmpty()) {
      places.get(random.nextInt(places.size())).run();
    }
  }

  private void collect(JsonElement at, List<Runnable> places, List<JsonElement> values) {
    values.add(at);
    if (at instanceof JsonArray list) {
      for (int i = 0; i < list.size(); i++) {
        int place = i;
        places.add(() -> list.set(place, other(values)));
        collect(list.get(i), places, values);
      }
      places.add(() -> list.add(other(values)));
    } else if (at instanceof JsonObject object) {
      for (String key : List.copyOf(object.keySet())) {
        places.add(() -> object.add(key, other(values)));
        places.add(() -> object.remove(key));
        collect(object.get(key), places, values);
      }
      places.add(() -> object.add("surprise", other(values)));
    }
  }

  private JsonElement other(List<JsonElement> values) {
    return switch (random.nextInt(16)) {
      case 0 -> JsonNull.INSTANCE;
      case 1 -> new JsonPrimitive(-1);
      case 2 -> new JsonPrimitive(0);
      case 3 -> new JsonPrimitive(Integer.MAX_VALUE);
      case 4 -> new JsonPrimitive(Long.MAX_VALUE);
      case 5 -> new JsonPrimitive(1e300);
      case 6 -> new JsonPrimitive(0.5);
      case 7 -> new JsonPrimitive("");
      case 8 -> new JsonPrimitive("x".repeat(100_000));
      case 9 -> new JsonPrimitive("a\n\u0000<b>");
      case 10 -> new JsonPrimitive(random.nextBoolean());
      case 11 -> new JsonArray();
      case 12 -> new JsonObject();
      case 13 -> new JsonPrimitive(1 << 30);
      // A copy: a tree that holds itself has no end.
      default -> values.get(random.nextInt(values.size())).deepCopy();
    };
  }

  private static String config(String name) throws IOException {
    return new String(FuzzedFileTest.entries(name).get("config.json"), StandardCharsets.UTF_8);
  }
}
