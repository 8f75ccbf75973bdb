package org.lossbook.model.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.loadModel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.io.ModelFileException;
import org.lossbook.model.Model;

/** A file that means ill gets an answer: nothing is run, nothing is written, memory is kept. */
public class HostileFileTest {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.weights.h5";

  @TempDir Path folder;
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  @BeforeEach
  void aGoodFile() throws IOException {
    Path file = folder.resolve("good.keras");
    try (Model model = SavedModelTest.images()) {
      model.save(file.toString());
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    loadModel(written().toString()).close();
  }

  @Test
  void whatIsNoArchiveIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("x.keras"), "not a zip archive");
    refused(file, "it is neither a .keras file, which is a zip archive");
    entries.remove(CONFIG);
    refused(written(), "it has no config.json");
    aGoodFile();
    entries.remove(WEIGHTS);
    refused(written(), "it has no model.weights.h5");
  }

  @Test
  void aNameOfAnEntryIsNeverAFilesName() throws IOException {
    entries.put("../escaped.txt", new byte[] {1});
    entries.put("/tmp/lossbook-escaped.txt", new byte[] {1});
    entries.put("assets/../../escaped.txt", new byte[] {1});
    loadModel(written().toString()).close();

    assertThat(folder.resolveSibling("escaped.txt")).doesNotExist();
    assertThat(Path.of("/tmp/lossbook-escaped.txt")).doesNotExist();
  }

  @Test
  void nothingOfAFileStaysInTheTemporaryFolder() throws IOException {
    long before = temporaries();
    loadModel(written().toString()).close();
    entries.put(WEIGHTS, new byte[4000]);
    refused(written(), "its weights are damaged");

    assertThat(temporaries()).isLessThanOrEqualTo(before);
  }

  @Test
  void anArchiveThatUnfoldsToGigabytesIsRefusedBeforeItDoes() throws IOException {
    Path file = folder.resolve("bomb.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      add(zip, CONFIG, entries.get(CONFIG));
      zip.putNextEntry(new ZipEntry(WEIGHTS));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 128; i++) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }
    assertThat(Files.size(file)).isLessThan(1 << 20);
    refused(file, "its model.weights.h5 claims to unpack to 134217728 bytes, as a zip bomb does");

    Path text = folder.resolve("text.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(text))) {
      zip.putNextEntry(new ZipEntry(CONFIG));
      byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 20; i++) {
        zip.write(blanks);
      }
      zip.closeEntry();
    }
    refused(text, "its config.json is longer than any that Keras writes");
  }

  @Test
  void aBitThatChangedIsNoticed() throws IOException {
    byte[] archive = Files.readAllBytes(written());
    byte[] weights = entries.get(WEIGHTS);
    int at = indexOf(archive, weights) + weights.length - 3;
    archive[at] ^= 1;
    Path file = Files.write(folder.resolve("x.keras"), archive);

    refused(file, "its model.weights.h5 is not what was written: its checksum differs");
  }

  @Test
  void aTextWithoutEndIsRefused() throws IOException {
    config("[".repeat(100_000));
    refused(written(), "its JSON is nested more than 100 deep");
    config("{\"a\":".repeat(100_000));
    refused(written(), "nested more than 100 deep");
    config("{\"class_name\": \"Sequential\", \"config\": 3}");
    refused(written(), "config must be an object but is 3");
    config("null");
    refused(written(), "it does not hold a JSON object");
    config("{");
    refused(written(), "it is not valid JSON");
  }

  @Test
  void aLayerThatIsLargerThanTheFileTakesNoMemory() throws IOException {
    long before = used();
    config(text(CONFIG).replace("\"units\":4", "\"units\":500000000"));
    refused(written(), "where [4, 500000000] is expected", "where [2, 500000000] is expected");
    config(text(CONFIG).replace("\"filters\":2", "\"filters\":2147483647"));
    refused(written(), "");
    config(text(CONFIG).replace("6,6,1", "65536,65536,2"));
    refused(written(), "");

    assertThat(used() - before).isLessThan(100 << 20);
  }

  @Test
  void weightsCutOffAnywhereAreRefused() throws IOException {
    byte[] whole = entries.get(WEIGHTS);
    for (int length = 0; length < whole.length; length += 1 + length / 7) {
      entries.put(WEIGHTS, java.util.Arrays.copyOf(whole, length));
      refused(written(), "");
    }
  }

  @Test
  void weightsWithWrongBytesAreReadOrRefused() throws IOException {
    byte[] whole = entries.get(WEIGHTS);
    var random = new SplittableRandom(1);
    int refusals = 0;
    for (int i = 0; i < 400; i++) {
      byte[] wrong = whole.clone();
      for (int k = 0; k < 1 + i % 4; k++) {
        wrong[random.nextInt(i % 2 == 0 ? 800 : wrong.length)] = (byte) random.nextInt(256);
      }
      entries.put(WEIGHTS, wrong);
      try {
        loadModel(written().toString()).close();
      } catch (ModelFileException e) {
        refusals++;
      }
    }
    assertThat(refusals).isGreaterThan(100);
  }

  @Test
  void partsThatLeadInCirclesComeToAnEnd() throws IOException {
    // The root's first link, that of "layers", leads back to the root.
    byte[] weights = entries.get(WEIGHTS).clone();
    ByteBuffer bytes = ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN);
    int name = indexOf(weights, "layers".getBytes(StandardCharsets.UTF_8));
    bytes.putLong(name + "layers".length(), bytes.getLong(64));
    entries.put(WEIGHTS, weights);

    refused(written(), "layers/layers", "is a cyclic link");
  }

  @Test
  void theOptimizersStateIsCheckedLikeTheWeights() throws IOException {
    config(text(CONFIG).replace("\"class_name\":\"Adam\"", "\"class_name\":\"Lion\""));
    entries.remove("lossbook.json");
    try (Model model = loadModel(written().toString())) {
      assertThat(model.toString()).endsWith(", not compiled");
    }
    config(
        text(CONFIG)
            .replace("\"class_name\":\"Lion\"", "\"class_name\":\"Adam\"")
            .replace("\"amsgrad\":false", "\"amsgrad\":true"));
    refused(written(), "the state of adam has 18 arrays there where 26 are expected");
  }

  @Test
  void whatLossbookWroteBesideIsCheckedToo() throws IOException {
    for (String text :
        new String[] {
          "[]",
          "{}",
          "{\"format\":2,\"epochs\":1,\"learning_rate\":0.1}",
          "{\"format\":1,\"epochs\":-1,\"learning_rate\":0.1}",
          "{\"format\":1,\"epochs\":1.5,\"learning_rate\":0.1}",
          "{\"format\":1,\"epochs\":1,\"learning_rate\":-1}",
          "{\"format\":1,\"epochs\":1,\"learning_rate\":1e999}",
          "{\"format\":1,\"epochs\":1,\"learning_rate\":0.1,\"seed\":\"x\"}",
          "{\"format\":1,\"epochs\":1,\"learning_rate\":0.1,\"losses\":[{\"values\":[1]},1]}"
        }) {
      entries.put("lossbook.json", text.getBytes(StandardCharsets.UTF_8));
      refused(written(), "");
    }
  }

  private void refused(Path file, String... reasons) {
    assertThatThrownBy(() -> loadModel(file.toString()).close())
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(file.toString())
        .satisfies(
            e ->
                assertThat(Stream.of(reasons))
                    .as(e.getMessage())
                    .anyMatch(reason -> e.getMessage().contains(reason)));
  }

  private void config(String text) {
    entries.put(CONFIG, text.getBytes(StandardCharsets.UTF_8));
  }

  private String text(String entry) {
    return new String(entries.get(entry), StandardCharsets.UTF_8);
  }

  private Path written() throws IOException {
    return Files.write(folder.resolve("x.keras"), archive(entries));
  }

  /** An archive of these entries, with right lengths and checksums. */
  public static byte[] archive(Map<String, byte[]> entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream((OutputStream) bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        add(zip, entry.getKey(), entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    var entry = new ZipEntry(name);
    var crc = new java.util.zip.CRC32();
    crc.update(bytes);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static int indexOf(byte[] in, byte[] what) {
    for (int i = 0; i <= in.length - what.length; i++) {
      if (java.util.Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long temporaries() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.getFileName().toString().matches("lossbook.*\\.h5")).count();
    }
  }
}
