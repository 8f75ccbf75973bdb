package org.lossbook.model.keras;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.io.Json;
import org.lossbook.model.Blueprint;
import org.lossbook.model.Model;
import org.lossbook.network.Network;
import org.lossbook.testing.Golden;
import org.lossbook.testing.PortableNoise;

/** The networks of {@code keras.applications} load and predict as in Keras. */
class ApplicationsTest {
  static Stream<Path> applications() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden/applications"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("applications")
  void itPredictsAsInKeras(Path file) {
    JsonObject golden = json(file);
    Map<String, Object> config = Json.object(golden.get("config").toString());
    Network network = NetworkReader.read(config, Blueprint::of);
    try (Model model = Blueprint.of(network).build()) {
      Map<String, Float> scales = new HashMap<>();
      golden
          .getAsJsonObject("scales")
          .entrySet()
          .forEach(layer -> scales.put(layer.getKey(), layer.getValue().getAsFloat()));
      PortableNoise.weights(model, scales);
      int[] shape = network.inputShapes().get(0);
      float[] x = PortableNoise.of("image", shape[0] * shape[1] * shape[2]);
      Values y = model.predictValues(Values.of(x, 1, shape[0], shape[1], shape[2]));
      Golden.Values expected = Golden.Values.of(golden.getAsJsonObject("y"));
      KerasFolder.close("y", y.toFloats(), expected, 1e-4);
    }
  }

  private static JsonObject json(Path file) {
    try (Reader reader =
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8)) {
      return new Gson().fromJson(reader, JsonObject.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
