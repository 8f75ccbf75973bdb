package org.lossbook.model.file;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Shown;

/**
 * JSON as plain values: a text, a truth value, a Long or Double, a List, a Map, {@code
 * Optional.empty()} for null. And a class with its settings, which is how Keras writes an object,
 * as a {@link Config}.
 */
public final class Json {
  /** Keras nests about ten deep, and a model within a model six more. */
  private static final int DEEPEST = 100;

  private Json() {}

  /**
   * The object that a text holds.
   *
   * @throws IllegalArgumentException where it holds none, or is nested without end
   */
  public static Map<String, Object> object(String text) {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      if (!(value(reader, 0) instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException("it holds no JSON object");
      }
      return map(map);
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new IllegalArgumentException("it is no JSON: " + Shown.text(e.getMessage()), e);
    }
  }

  /** A value that is to be an object. */
  public static Map<String, Object> object(String name, Object value) {
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    throw new IllegalArgumentException(
        "%s is to be an object but is %s".formatted(name, Shown.of(value)));
  }

  /** A value that is to be a list. */
  public static List<Object> list(String name, Object value) {
    if (value instanceof List<?> list) {
      return List.copyOf(list);
    }
    throw new IllegalArgumentException(
        "%s is to be a list but is %s".formatted(name, Shown.of(value)));
  }

  /** An object's value of that name, where it is not null. */
  public static Optional<Object> get(Map<String, Object> object, String name) {
    Object value = object.get(name);
    return value instanceof Optional<?> ? Optional.empty() : Optional.ofNullable(value);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<?, ?> map) {
    return (Map<String, Object>) map; // the parser's own: its keys are texts
  }

  /** Keras's form of an object as a class with its settings, those within it too. */
  public static Config config(Map<String, Object> object) {
    Map<String, Object> settings = new LinkedHashMap<>();
    get(object, "config")
        .ifPresent(
            config ->
                object("config", config)
                    .forEach((name, value) -> settings.put(name, converted(value))));
    String className =
        get(object, "class_name")
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .orElseThrow(() -> new IllegalArgumentException("an object of its has no class_name"));
    String module =
        get(object, "module").filter(String.class::isInstance).map(String.class::cast).orElse("");
    return new Config(module, className, settings);
  }

  /** A value with the classes in it as {@link Config}s. */
  public static Object converted(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Json::converted).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> object = map(map);
      boolean isClass =
          object.get("class_name") instanceof String
              && (object.get("config") instanceof Map || object.get("config") instanceof Optional);
      return isClass ? config(object) : object;
    }
    return value;
  }

  /** A class with its settings in Keras's form, as a value. */
  public static Map<String, Object> keras(Config config) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("module", config.isOurs() ? Optional.empty() : config.module());
    object.put("class_name", config.className());
    object.put("config", config.settings());
    object.put(
        "registered_name",
        config.isOurs() ? Config.OURS + ">" + config.className() : Optional.empty());
    return object;
  }

  /** A value as text. */
  public static String text(Object value) {
    var text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      write(writer, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static Object value(JsonReader reader, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("its JSON is nested more than " + DEEPEST + " deep");
    }
    switch (reader.peek()) {
      case BEGIN_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
          map.put(reader.nextName(), value(reader, depth + 1));
        }
        reader.endObject();
        return map;
      }
      case BEGIN_ARRAY -> {
        List<Object> list = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
          list.add(value(reader, depth + 1));
        }
        reader.endArray();
        return list;
      }
      case STRING -> {
        return reader.nextString();
      }
      case NUMBER -> {
        String number = reader.nextString();
        return number.matches("-?\\d{1,18}")
            ? (Object) Long.valueOf(number)
            : (Object) Double.valueOf(number);
      }
      case BOOLEAN -> {
        return reader.nextBoolean();
      }
      default -> {
        reader.nextNull();
        return Optional.empty();
      }
    }
  }

  private static void write(JsonWriter writer, Object value) throws IOException {
    if (value instanceof Config config) {
      write(writer, keras(config));
    } else if (value instanceof Map<?, ?> map) {
      writer.beginObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        writer.name((String) entry.getKey());
        write(writer, entry.getValue());
      }
      writer.endObject();
    } else if (value instanceof List<?> list) {
      writer.beginArray();
      for (Object each : list) {
        write(writer, each);
      }
      writer.endArray();
    } else if (value instanceof String text) {
      writer.value(text);
    } else if (value instanceof Boolean flag) {
      writer.value(flag);
    } else if (value instanceof Number number) {
      writer.value(number);
    } else {
      writer.nullValue();
    }
  }
}
