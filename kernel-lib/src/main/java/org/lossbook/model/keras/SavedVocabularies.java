package org.lossbook.model.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.io.Archive;
import org.lossbook.io.HdfReader;
import org.lossbook.io.Json;

/**
 * The vocabularies that Keras keeps beside a model's config, each in a text of its own, and how
 * rare their tokens are, among the weights. Lossbook writes both into the config, which Keras reads
 * too.
 */
final class SavedVocabularies {
  private static final Set<String> LOOKUPS =
      Set.of("TextVectorization", "StringLookup", "IntegerLookup");

  private static final String WEIGHTS = "/" + TokenWeights.NAME;

  private final Archive archive;
  private final HdfReader numbers;

  private SavedVocabularies(Archive archive, HdfReader numbers) {
    this.archive = archive;
    this.numbers = numbers;
  }

  /** The config with the vocabularies in it. */
  static Map<String, Object> into(Map<String, Object> root, Archive archive, HdfReader numbers) {
    return new SavedVocabularies(archive, numbers).model(root, "");
  }

  /**
   * The config of an HDF5 file, which has no other place for vocabularies.
   *
   * @throws IllegalArgumentException if one is missing
   */
  static Map<String, Object> requireThere(Map<String, Object> root) {
    Map<String, Object> config = Json.object("config", root.getOrDefault("config", ""));
    for (Object saved : Json.list("layers", config.getOrDefault("layers", ""))) {
      Map<String, Object> layer = Json.object("a layer", saved);
      if (NetworkReader.isModel(layer)) {
        requireThere(layer);
      } else if (LOOKUPS.contains(Json.className(layer))) {
        Map<String, Object> own = Json.object("config", layer.getOrDefault("config", ""));
        if (Json.get(own, "vocabulary").isEmpty()) {
          throw Messages.wrong(
              "the vocabulary of %s is not in it, as Keras writes one that was adapted to no .h5"
                  + " file. In Python save the model with model.save(\"model.keras\").",
              Shown.line(String.valueOf(own.getOrDefault("name", Json.className(layer)))));
        }
      }
    }
    return root;
  }

  /** Whether an array of a file is no weight of a layer but says how rare tokens are. */
  static boolean isOfTokens(String path) {
    return path.endsWith(WEIGHTS);
  }

  /**
   * A model with its layers' vocabularies.
   *
   * @param path of its layers in the file, as {@link SavedWeights} has them
   */
  private Map<String, Object> model(Map<String, Object> root, String path) {
    Map<String, Object> config = Json.object("config", root.getOrDefault("config", ""));
    Map<String, Integer> counts = new HashMap<>();
    List<Object> layers = new ArrayList<>();
    boolean isChanged = false;
    for (Object saved : Json.list("layers", config.getOrDefault("layers", ""))) {
      Map<String, Object> layer = Json.object("a layer", saved);
      String snake = SavedWeights.snakeCase(Json.className(layer));
      int count = counts.merge(snake, 1, Integer::sum) - 1;
      String place = path + "layers/" + snake + (count == 0 ? "" : "_" + count);
      Map<String, Object> read =
          NetworkReader.isModel(layer)
              ? model(layer, place + "/")
              : LOOKUPS.contains(Json.className(layer)) ? lookup(layer, place) : layer;
      isChanged |= read != layer;
      layers.add(read);
    }
    return isChanged ? with(root, "config", with(config, "layers", layers)) : root;
  }

  private static Map<String, Object> with(Map<String, Object> object, String name, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(object);
    changed.put(name, value);
    return changed;
  }

  private Map<String, Object> lookup(Map<String, Object> layer, String place) {
    Map<String, Object> config = Json.object("config", layer.getOrDefault("config", ""));
    Optional<String> text = archive.text("assets/" + place + "/vocabulary.txt");
    if (text.isEmpty() || Json.get(config, "vocabulary").isPresent()) {
      return layer;
    }
    List<String> lines = new ArrayList<>(Arrays.asList(text.get().split("\r?\n", -1)));
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    boolean isOfNumbers = Json.className(layer).equals("IntegerLookup");
    List<?> tokens = isOfNumbers ? lines.stream().map(SavedVocabularies::whole).toList() : lines;
    Map<String, Object> full = with(config, "vocabulary", tokens);
    Optional<List<Double>> weights = weights(place + "/vars" + WEIGHTS, config, lines.size());
    return with(
        layer, "config", weights.isPresent() ? with(full, "idf_weights", weights.get()) : full);
  }

  private static Long whole(String line) {
    try {
      return Long.valueOf(line);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          Messages.of("its vocabulary has %s among whole numbers", Shown.of(line)), e);
    }
  }

  /** How rare each token is; the array may be as long as there may be tokens. */
  private Optional<List<Double>> weights(String path, Map<String, Object> config, int tokens) {
    int length = tokens;
    if (!numbers.isArray(path, length)) {
      Object most = Json.get(config, "max_tokens").orElse(0);
      length = most instanceof Number number ? Math.max(0, number.intValue()) : 0;
      if (length < tokens || !numbers.isArray(path, length)) {
        return Optional.empty();
      }
    }
    List<Double> weights = new ArrayList<>();
    numbers.read(
        path,
        new int[] {length},
        (offset, from, count) -> {
          for (int i = 0; i < count && offset + i < tokens; i++) {
            weights.add((double) from[i]);
          }
        });
    return Optional.of(weights);
  }
}
