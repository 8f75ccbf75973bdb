package org.lossbook.model.keras;

import static org.lossbook.Lossbook.loadModel;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.io.ModelFileException;
import org.lossbook.io.MutatedHdfTest;
import org.lossbook.model.Model;

/**
 * Files made of anything are loaded or refused, and nothing else. A build tries the seeds alone;
 * {@code JAZZER_FUZZ=1 mvn test -pl kernel-lib -Dtest=FuzzedFileTest#…} makes up more for five
 * minutes.
 */
@Tag("fuzzed")
class FuzzedFileTest {
  private static final String DURATION = "5m";
  private static final List<String> SEEDS = List.of("cnn", "sgd", "nadam", "scheduled");

  static Stream<byte[]> archives() {
    return SEEDS.stream().map(FuzzedFileTest::seed);
  }

  static Stream<byte[]> configs() {
    return Stream.concat(
        SEEDS.stream().map(name -> entries(name).get("config.json")),
        Stream.of(ours("config.json")));
  }

  static Stream<byte[]> weights() {
    return Stream.concat(
        SEEDS.stream().map(name -> entries(name).get("model.weights.h5")),
        Stream.of(ours("model.weights.h5")));
  }

  static Stream<byte[]> wholes() {
    return MutatedHdfTest.SEEDS.stream().map(name -> resource("old/" + name));
  }

  static Stream<byte[]> progresses() {
    return Stream.of(ours("lossbook.json"));
  }

  @MethodSource("archives")
  @FuzzTest(maxDuration = DURATION)
  void anArchive(byte[] bytes) {
    load(bytes);
  }

  @MethodSource("configs")
  @FuzzTest(maxDuration = DURATION)
  void aConfig(byte[] bytes) {
    loadWith("config.json", bytes);
  }

  @MethodSource("weights")
  @FuzzTest(maxDuration = DURATION)
  void weights(byte[] bytes) {
    loadWith("model.weights.h5", bytes);
  }

  @MethodSource("wholes")
  @FuzzTest(maxDuration = DURATION)
  void hdf5(byte[] bytes) {
    load(bytes);
  }

  @MethodSource("progresses")
  @FuzzTest(maxDuration = DURATION)
  void progress(byte[] bytes) {
    loadWith("lossbook.json", bytes);
  }

  private static void loadWith(String entry, byte[] bytes) {
    Map<String, byte[]> entries = new LinkedHashMap<>(OURS);
    entries.put(entry, bytes);
    try {
      load(HostileFileTest.archive(entries));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void load(byte[] archive) {
    try {
      Path file = Files.createTempFile("fuzzed", ".keras");
      try {
        Files.write(file, archive);
        loadModel(file.toString()).close();
      } catch (ModelFileException e) {
        // That is the answer.
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final Map<String, byte[]> OURS = ours();

  private static byte[] ours(String entry) {
    return OURS.get(entry);
  }

  private static Map<String, byte[]> ours() {
    try (Model model = SavedModelTest.images()) {
      Path file = Files.createTempFile("seed", ".keras");
      try {
        model.save(file.toString());
        return entries(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, byte[]> entries(String seed) {
    try {
      Path file = Files.createTempFile("seed", ".keras");
      try {
        Files.write(file, seed(seed));
        return entries(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> entries(Path file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return entries;
  }

  static byte[] seed(String name) {
    return resource("keras/" + name + ".keras");
  }

  private static byte[] resource(String path) {
    try (InputStream in = FuzzedFileTest.class.getResourceAsStream("/golden/" + path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
