package org.lossbook.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;

/** Reads the golden files; their README says what stands in them. */
public final class Golden {
  private Golden() {}

  /** The cases of one file, e.g. {@code conv2d}. */
  public static Stream<Case> cases(String file) {
    var stream = Golden.class.getResourceAsStream("/golden/" + file + ".json");
    if (stream == null) {
      throw new IllegalStateException("There is no golden file " + file + ".json.");
    }
    try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      JsonArray cases = new JsonParser().parse(reader).getAsJsonObject().getAsJsonArray("cases");
      return StreamSupport.stream(cases.spliterator(), false)
          .map(element -> new Case(element.getAsJsonObject()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files with cases of one layer each: those that have a gradient of the input. */
  public static Stream<String> layerFiles() {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
      return files
          .filter(file -> file.toString().endsWith(".json") && text(file).contains("\"dx\":{"))
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One case; shows by its name. */
  public record Case(JsonObject json) {
    public String text(String field) {
      return json.get(field).getAsString();
    }

    public JsonObject object(String field) {
      return json.getAsJsonObject(field);
    }

    public Values tensor(String field) {
      return Values.of(json.getAsJsonObject(field));
    }

    @Override
    public String toString() {
      return text("name");
    }
  }

  /** A tensor, row-major. */
  public record Values(int[] shape, double[] data) {
    public static Values of(JsonObject tensor) {
      return new Values(ints(tensor.get("shape")), doubles(tensor.get("data")));
    }

    public float[] floats() {
      float[] floats = new float[data.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) data[i];
      }
      return floats;
    }
  }

  /** One number or a list of them. */
  public static int[] ints(JsonElement element) {
    if (!element.isJsonArray()) {
      return new int[] {element.getAsInt()};
    }
    return StreamSupport.stream(element.getAsJsonArray().spliterator(), false)
        .mapToInt(JsonElement::getAsInt)
        .toArray();
  }

  /**
   * What Lossbook reads of a case by the registry that files are read with.
   *
   * @param name of Keras's class, with or without capitals and underscores: {@code max_pooling2d}
   * @param settings by Keras's names
   */
  public static <T> T read(Registry<T> registry, String name, JsonObject settings) {
    String className =
        registry.classes().stream()
            .filter(name.replace("_", "")::equalsIgnoreCase)
            .findFirst()
            .orElseThrow(() -> new AssertionError(registry + " have no " + name));
    return registry.read(config(registry.module(), className, settings));
  }

  private static Config config(String module, String className, JsonObject settings) {
    Config config = Config.of(module, className);
    for (Map.Entry<String, JsonElement> entry : settings.entrySet()) {
      if (!entry.getKey().equals("class_name")) {
        config = config.with(entry.getKey(), value(module, entry.getValue()));
      }
    }
    return config;
  }

  private static Object value(String module, JsonElement json) {
    if (json.isJsonNull()) {
      return Optional.empty();
    }
    if (json.isJsonObject()) {
      JsonObject inner = json.getAsJsonObject();
      return config(module, inner.get("class_name").getAsString(), inner);
    }
    if (json.isJsonArray()) {
      return StreamSupport.stream(json.getAsJsonArray().spliterator(), false)
          .map(each -> value(module, each))
          .toList();
    }
    JsonPrimitive plain = json.getAsJsonPrimitive();
    return plain.isBoolean()
        ? (Object) plain.getAsBoolean()
        : plain.isString() ? plain.getAsString() : (Object) plain.getAsDouble();
  }

  /** A list of numbers. */
  public static double[] doubles(JsonElement element) {
    return StreamSupport.stream(element.getAsJsonArray().spliterator(), false)
        .mapToDouble(JsonElement::getAsDouble)
        .toArray();
  }
}
