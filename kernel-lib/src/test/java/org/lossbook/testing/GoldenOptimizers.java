package org.lossbook.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.StreamSupport;
import org.lossbook.config.Config;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.optimizer.OptimizerRegistry;
import org.lossbook.optimizer.Schedule;
import org.lossbook.optimizer.ScheduleRegistry;

/** Says the optimizers of the golden files in this library's words. */
public final class GoldenOptimizers {
  private GoldenOptimizers() {}

  public static Optimizer of(String name, JsonObject settings) {
    String className =
        OptimizerRegistry.OPTIMIZERS.classes().stream()
            .filter(each -> each.equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow();
    return OptimizerRegistry.OPTIMIZERS.read(config(className, settings));
  }

  public static Schedule schedule(String className, JsonObject settings) {
    return ScheduleRegistry.SCHEDULES.read(config(className, settings));
  }

  private static Config config(String className, JsonObject settings) {
    Config config = Config.of("keras.optimizers", className);
    for (var entry : settings.entrySet()) {
      if (!entry.getKey().equals("class_name")) {
        config = config.with(entry.getKey(), value(entry.getValue()));
      }
    }
    return config;
  }

  private static Object value(JsonElement json) {
    if (json.isJsonObject()) {
      JsonObject schedule = json.getAsJsonObject();
      return config(schedule.get("class_name").getAsString(), schedule);
    }
    if (json.isJsonArray()) {
      return list(json);
    }
    var plain = json.getAsJsonPrimitive();
    return plain.isBoolean() ? (Object) plain.getAsBoolean() : (Object) plain.getAsDouble();
  }

  private static List<Object> list(JsonElement json) {
    return StreamSupport.stream(json.getAsJsonArray().spliterator(), false)
        .map(GoldenOptimizers::value)
        .toList();
  }
}
