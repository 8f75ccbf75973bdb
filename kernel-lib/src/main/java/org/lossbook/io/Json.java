package org.lossbook.io;

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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Reason;
import org.lossbook.config.Shown;

/**
 * JSON as plain values: String, Boolean, Long or Double, List, Map, and {@code Optional.empty()}
 * for null. A class with its settings, which is how Keras writes objects, becomes a {@link Config}.
 *
 * @hidden
 */
@Internal
public final class Json {
  /** The maximum depth; Keras nests about ten deep, and six more for each nested model. */
  private static final int DEEPEST = 100;

  /** Keras's modules, under all the names they have had. */
  private static final Predicate<String> OF_KERAS =
      Pattern.compile("(builtins|(tensorflow\\.(python\\.)?|tf\\.|tf_)?keras(_core)?)(\\..*)?")
          .asMatchPredicate();

  private Json() {}

  /**
   * Parses a JSON object.
   *
   * @throws IllegalArgumentException if it holds none, or is nested too deeply
   */
  public static Map<String, Object> object(String text) {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      if (!(value(reader, 0) instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException("it does not hold a JSON object");
      }
      return map(map);
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new IllegalArgumentException("it is not valid JSON: " + Shown.text(Reason.of(e)), e);
    }
  }

  /** A value that must be an object. */
  public static Map<String, Object> object(String name, Object value) {
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    throw Messages.wrong("%s must be an object but is %s", name, Shown.of(value));
  }

  /** A value that must be a list. */
  public static List<Object> list(String name, Object value) {
    if (value instanceof List<?> list) {
      return List.copyOf(list);
    }
    throw Messages.wrong("%s must be a list but is %s", name, Shown.of(value));
  }

  /** An object's value of that name, if it is not null. */
  public static Optional<Object> get(Map<String, Object> object, String name) {
    Object value = object.get(name);
    return value instanceof Optional<?> ? Optional.empty() : Optional.ofNullable(value);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<?, ?> map) {
    return (Map<String, Object>) map; // from the parser, so its keys are strings
  }

  /** The class of a Keras object; {@code Custom>Net} for a custom class. */
  public static String className(Map<String, Object> object) {
    return text(object, "class_name")
        .map(name -> known(object, name))
        .orElseThrow(() -> new IllegalArgumentException("one of its objects has no class_name"));
  }

  /** Converts a Keras object to a class with its settings, recursively. */
  public static Config config(Map<String, Object> object) {
    Map<String, Object> settings = new LinkedHashMap<>();
    get(object, "config")
        .ifPresent(
            config ->
                object("config", config)
                    .forEach((name, value) -> settings.put(name, converted(value))));
    return new Config(text(object, "module").orElse(""), className(object), settings);
  }

  /** Converts a value: classes become {@link Config}s, and functions their names. */
  public static Object converted(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Json::converted).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> object = map(map);
      if (object.get("class_name") instanceof String className) {
        if (className.equals("function") && object.get("config") instanceof String name) {
          return known(object, unqualified(name));
        }
        if (object.get("config") instanceof Map || object.get("config") instanceof Optional) {
          return config(object);
        }
      }
      return object;
    }
    return value;
  }

  /**
   * The same for a top-level value: a class, or the name of a function or class with its module.
   */
  public static Object specification(Object value) {
    return value instanceof String text ? unqualified(text) : converted(value);
  }

  /**
   * The name of a class or a function; for a custom one a distinct name, {@code Custom>Dense} or
   * {@code my_module.Dense}.
   */
  private static String known(Map<String, Object> object, String name) {
    String registered = text(object, "registered_name").orElse("");
    String module = text(object, "module").orElse("");
    if (registered.contains(">")) {
      return registered.startsWith(Config.OURS + ">") ? name : registered;
    }
    boolean isOthers = module.isEmpty() ? !registered.isEmpty() : !OF_KERAS.test(module);
    return isOthers ? (module.isEmpty() ? "Custom>" : module + ".") + name : name;
  }

  /** {@code keras.src.losses.losses.mean_squared_error} is {@code mean_squared_error}. */
  private static String unqualified(String name) {
    return OF_KERAS.test(name) ? name.substring(name.lastIndexOf('.') + 1) : name;
  }

  private static Optional<String> text(Map<String, Object> object, String name) {
    return get(object, name).filter(String.class::isInstance).map(String.class::cast);
  }

  /** Converts a class with its settings to Keras's form. */
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

  /** Writes a value as JSON. */
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
