package org.lossbook.plot.explorer;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lossbook.Internal;

/**
 * The object that an explorer's script is given, written in JavaScript: values and functions, in
 * the order in which they are added.
 *
 * @hidden
 */
@Internal
public final class Data {
  private static final Gson GSON =
      new GsonBuilder()
          .serializeSpecialFloatingPointValues()
          .disableInnerClassSerialization()
          .create();

  private final Map<String, String> fields = new LinkedHashMap<>();

  /** A number, a text, an array, a list or a map of these; a text cannot end the script. */
  public Data with(String name, Object value) {
    fields.put(name, GSON.toJson(value));
    return this;
  }

  /** An object. */
  public Data with(String name, Data value) {
    fields.put(name, value.toString());
    return this;
  }

  /** Objects. */
  public Data withAll(String name, List<Data> values) {
    fields.put(
        name, values.stream().map(Data::toString).collect(Collectors.joining(",\n", "[", "]")));
    return this;
  }

  /** A function, as {@code JavaScript.of} writes it. */
  public Data withFunction(String name, String function) {
    fields.put(name, function.isEmpty() ? "null" : function);
    return this;
  }

  /** In JavaScript. */
  @Override
  public String toString() {
    return fields.entrySet().stream()
        .map(e -> GSON.toJson(e.getKey()) + ": " + e.getValue())
        .collect(Collectors.joining(",\n", "{", "}"));
  }
}
