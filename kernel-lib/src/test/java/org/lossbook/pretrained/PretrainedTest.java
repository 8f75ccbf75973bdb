package org.lossbook.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.globalAveragePooling2d;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.pretrained;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.data.DataException;
import org.lossbook.data.Values;
import org.lossbook.data.download.Download;
import org.lossbook.data.download.Locations;
import org.lossbook.model.Model;
import org.lossbook.testing.Golden;

/**
 * Networks with published weights: read from Keras's own files, of which a tiny one stands here.
 */
class PretrainedTest {
  @TempDir Path cache;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private Pretrained tiny() throws IOException {
    for (String file : List.of("tiny_top.h5", "tiny_open.h5")) {
      Path target = Files.createDirectories(cache.resolve("pretrained")).resolve(file);
      try (InputStream in = PretrainedTest.class.getResourceAsStream(file)) {
        Files.write(target, in.readAllBytes());
      }
    }
    return Pretrained.of("tiny", locations());
  }

  private Locations locations() {
    var soon = new Download.Timeouts(Duration.ofMillis(200), Duration.ofMillis(200), 1);
    return new Locations(Optional.empty(), cache, soon, new PrintStream(shown, true));
  }

  private static JsonObject golden() throws IOException {
    try (Reader reader =
        new InputStreamReader(
            new GZIPInputStream(PretrainedTest.class.getResourceAsStream("tiny.json.gz")),
            StandardCharsets.UTF_8)) {
      return new Gson().fromJson(reader, JsonObject.class);
    }
  }

  private static Values image() throws IOException {
    var x = Golden.Values.of(golden().getAsJsonObject("x"));
    return Values.of(x.floats(), x.shape());
  }

  private static void assertClose(Values received, JsonObject expected) {
    var y = Golden.Values.of(expected);
    double largest = Arrays.stream(y.data()).map(Math::abs).max().orElseThrow();
    assertThat(received.toFloats()).hasSize(y.data().length);
    for (int i = 0; i < y.data().length; i++) {
      assertThat((double) received.toFloats()[i]).isCloseTo(y.data()[i], within(1e-4 * largest));
    }
  }

  @Test
  void itPredictsAsInKerasFromImagesBetweenZeroAndOne() throws IOException {
    assertClose(
        tiny().predictValues(image()), golden().getAsJsonObject("top").getAsJsonObject("y"));
  }

  @Test
  void withoutItsTopItGivesFeaturesOfImagesOfAnySizeOrOfOne() throws IOException {
    JsonObject expected = golden().getAsJsonObject("open").getAsJsonObject("y");

    assertClose(tiny().withoutTop().predictValues(image()), expected);
    assertClose(tiny().withoutTop().inputSize(8, 8).predictValues(image()), expected);
    assertThat(
            tiny()
                .withoutTop()
                .predictValues(Values.of(new float[6 * 10 * 3], 1, 6, 10, 3))
                .shape())
        .containsExactly(1, 3, 5, 5);
    assertThatThrownBy(() -> tiny().inputSize(8, 8))
        .hasMessage(
            "inputSize expects a network without its top, which was trained for one size: write pretrained(\"tiny\").withoutTop().inputSize(8, 8).");
  }

  @Test
  void aHeadOfOnesOwnIsTrainedOnAFrozenBase() throws IOException {
    var base = tiny().withoutTop().inputSize(8, 8).network().frozen().named("base");
    try (Model model =
        sequential(input(8, 8, 3), base, globalAveragePooling2d(), dense(2).softmax())
            .seed(1)
            .compile(adam(), sparseCategoricalCrossentropy())) {
      Values before = model.weightValues("base/conv1/kernel");
      Values head = model.weightValues("dense/kernel");

      model.fit(image(), new double[] {0, 1}, epochs(2).quiet());

      assertThat(model.weightValues("dense/kernel")).isNotEqualTo(head);
      assertThat(model.weightValues("base/conv1/kernel")).isEqualTo(before);
    }
  }

  @Test
  void itsFiveMostProbableClassesAreATable() {
    float[] chances = {0.1f, 0.05f, 0.3f, 0.02f, 0.4f, 0.13f};
    var table =
        Pretrained.table(
            Values.of(chances, 1, 6), List.of("tench", "hen", "cat", "dog", "fox", "owl"));

    assertThat(table.rows())
        .containsExactly(
            List.of("fox", "0.400"),
            List.of("cat", "0.300"),
            List.of("owl", "0.130"),
            List.of("tench", "0.100"),
            List.of("hen", "0.050"));
    assertThatThrownBy(() -> tiny().withoutTop().top5(image()))
        .hasMessageStartingWith("top5 expects a network with its 1,000 classes but withoutTop()");
  }

  @Test
  void aFileThatCannotBeHadIsNamedWithItsPlaceAndItsAddress() {
    assertThatThrownBy(() -> Pretrained.of("tiny", locations()).model())
        .isInstanceOf(DataException.Unavailable.class)
        .hasMessageStartingWith(
            "tiny needs tiny_top.h5, which is in no folder and on no mirror: download https://localhost/tiny_top.h5 and put it into %s, or into the folder pretrained of the folder that LOSSBOOK_DATA names, and start again.\n  localhost: "
                .formatted(cache.resolve("pretrained")));
    assertThat(cache.resolve("pretrained")).isEmptyDirectory();
  }

  @Test
  void aFileOfOtherBytesIsRefused() throws IOException {
    var published =
        new PublishedFile(
            "net",
            URI.create("https://localhost/w.h5"),
            Optional.of("900150983cd24fb0d6963f7d28e17f72"),
            99);
    Path file = Files.createDirectories(cache.resolve("pretrained")).resolve("w.h5");

    Files.writeString(file, "abc"); // whose MD5 that is
    assertThat(published.find(locations())).isEqualTo(file);
    Files.writeString(file, "abd");
    assertThatThrownBy(() -> published.find(locations()))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("net expects Keras's file w.h5 but " + file + " has other bytes (")
        .hasMessageEndingWith("delete that file, and the next call fetches it again.");
  }

  @Test
  void anUnknownNameIsAnsweredWithAllNames() {
    assertThatThrownBy(() -> pretrained("mobilenet2"))
        .hasMessageStartingWith(
            "pretrained expects the name of a network of keras.applications but receives \"mobilenet2\": there are ")
        .hasMessageContaining(", mobilenet_v2, ");
    assertThatThrownBy(() -> pretrained(null))
        .hasMessageStartingWith("pretrained expects the name");
  }

  static List<String> names() {
    return PublishedNetwork.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyNetworkHasItsLayersAndAnAddress(String name) {
    for (boolean isWithTop : new boolean[] {true, false}) {
      PublishedNetwork network = PublishedNetwork.of(name, isWithTop);
      assertThat(network.url().toString()).matches("https://storage\\.googleapis\\.com/.*\\.h5");
      assertThat(network.hash().orElse("0".repeat(32))).matches("[0-9a-f]{32}|[0-9a-f]{64}");
      assertThat(network.blueprint().summary().toString()).contains("preprocessing");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mobilenet_v2, 3,538,984", "resnet50, 25,636,712"})
  void itSaysHowLargeItIs(String expected) {
    assertThat(pretrained(expected.substring(0, expected.indexOf(','))))
        .hasToString(expected + " parameters, trained on ImageNet");
  }
}
