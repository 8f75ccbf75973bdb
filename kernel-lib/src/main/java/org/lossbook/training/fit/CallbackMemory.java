package org.lossbook.training.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lossbook.Internal;
import org.lossbook.config.Shown;
import org.lossbook.io.Json;

/**
 * The state of a callback, from which a later run continues.
 *
 * @param callback its config as text; a different callback starts afresh
 * @param memory its numbers by name
 * @hidden
 */
@Internal
public record CallbackMemory(String callback, Map<String, Double> memory) {
  /** The form in {@code lossbook.json}. */
  public Map<String, Object> saved() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("callback", callback);
    saved.put("memory", new LinkedHashMap<String, Object>(memory));
    return saved;
  }

  public static List<CallbackMemory> read(List<Object> saved) {
    List<CallbackMemory> all = new ArrayList<>();
    for (Object each : saved) {
      Map<String, Object> one = Json.object("callback", each);
      Map<String, Double> memory = new LinkedHashMap<>();
      Json.object("memory", one.getOrDefault("memory", Map.of()))
          .forEach((name, value) -> memory.put(name, number(name, value)));
      all.add(new CallbackMemory(String.valueOf(one.getOrDefault("callback", "")), memory));
    }
    return List.copyOf(all);
  }

  private static double number(String name, Object value) {
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("its lossbook.json has no number " + Shown.text(name));
  }
}
