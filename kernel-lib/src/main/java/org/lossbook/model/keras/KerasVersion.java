package org.lossbook.model.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lossbook.config.Config;
import org.lossbook.io.Json;

/**
 * The version of Keras that wrote a file, for settings whose meaning changed between versions.
 * Before 3.16 the α of Tversky's loss weighed the misses and β the false alarms, against the paper
 * and Keras's own documentation; from 3.16 on, and here, it is the other way round.
 */
record KerasVersion(int major, int minor) {
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\b.*");
  private static final KerasVersion TVERSKY_OF_THE_PAPER = new KerasVersion(3, 16);

  /** Parses a version such as {@code 3.15.1}; empty if it is none. */
  static Optional<KerasVersion> of(String version) {
    Matcher number = NUMBER.matcher(version);
    return number.matches()
        ? Optional.of(
            new KerasVersion(Integer.parseInt(number.group(1)), Integer.parseInt(number.group(2))))
        : Optional.empty();
  }

  /** Reads the version from the metadata in a {@code .keras} file. */
  static Optional<KerasVersion> ofMetadata(String metadata) {
    try {
      return Json.get(Json.object(metadata), "keras_version")
          .filter(String.class::isInstance)
          .flatMap(version -> of((String) version));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // nothing else is read from it
    }
  }

  private boolean isBefore(KerasVersion other) {
    return major < other.major || major == other.major && minor < other.minor;
  }

  /**
   * Translates a config of that version to the current meaning, and back: both directions are the
   * same swap.
   */
  Object translated(Object config) {
    return isBefore(TVERSKY_OF_THE_PAPER) ? swapped(config) : config;
  }

  private static Object swapped(Object value) {
    if (value instanceof Config config) {
      Map<String, Object> settings = swappedValues(config.settings());
      boolean isTversky = config.className().equals("Tversky");
      return new Config(
          config.module(), config.className(), isTversky ? swappedSettings(settings) : settings);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> all = swappedValues(map);
      if ("Tversky".equals(all.get("class_name")) && all.get("config") instanceof Map<?, ?> own) {
        all.put("config", swappedSettings(swappedValues(own)));
      }
      return all;
    }
    return value instanceof List<?> list
        ? list.stream().map(KerasVersion::swapped).toList()
        : value;
  }

  private static Map<String, Object> swappedValues(Map<?, ?> map) {
    Map<String, Object> all = new LinkedHashMap<>();
    map.forEach((key, value) -> all.put((String) key, swapped(value)));
    return all;
  }

  private static Map<String, Object> swappedSettings(Map<String, Object> settings) {
    Map<String, Object> swapped = new LinkedHashMap<>();
    settings.forEach(
        (name, value) ->
            swapped.put(
                name.equals("alpha") ? "beta" : name.equals("beta") ? "alpha" : name, value));
    return swapped;
  }
}
