package org.lossbook.model.keras;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lossbook.engine.Parameter;
import org.lossbook.io.HdfReader;

/**
 * The paths of the layers' weights in a file. Their paths in Keras 3's {@code model.weights.h5}
 * serve as keys; older files have them elsewhere.
 */
final class WeightPlaces {
  private static final String LAYERS = "layers";

  /** Keras 2.12 to 2.14 had the layers of a zip under this name. */
  private static final String DEPENDENCIES = "_layer_checkpoint_dependencies";

  private static final String NAMES = "layer_names";

  private WeightPlaces() {}

  /** An array: its path in Keras 3's form, and the parameter it holds. */
  record Array(String place, Parameter parameter) {}

  /** Whether an HDF5 file has the weights of a model's layers. */
  static boolean hasWeights(HdfReader file) {
    return file.has(LAYERS) || file.has(DEPENDENCIES) || root(file).isPresent();
  }

  /**
   * The path of each array in a file, keyed by its path in Keras 3's form if it is one of the given
   * ones, else by its own.
   *
   * @param arrays the arrays of the network's layers, in Keras's order
   */
  static Map<String, String> of(HdfReader file, List<Array> arrays) {
    Optional<String> root = root(file);
    return root.isPresent() ? named(file, root.get(), arrays) : numbered(file, arrays);
  }

  /** The group with the weights, in a whole-model HDF5 file or one of weights alone. */
  private static Optional<String> root(HdfReader file) {
    return Stream.of("model_weights", "").filter(path -> hasNames(file, path)).findFirst();
  }

  private static boolean hasNames(HdfReader file, String path) {
    return file.texts(path, NAMES).isPresent();
  }

  private static Map<String, String> numbered(HdfReader file, List<Array> arrays) {
    Set<String> known = arrays.stream().map(Array::place).collect(Collectors.toSet());
    boolean isOlder = !file.has(LAYERS) && file.has(DEPENDENCIES);
    Map<String, String> places = new TreeMap<>();
    Renumbering renumbering = new Renumbering(file);
    for (String path : file.arrays(isOlder ? DEPENDENCIES : LAYERS)) {
      // The state of dropout's random numbers is ignored: Lossbook has its own seeds.
      if (!path.contains("/seed_generator/") && !SavedVocabularies.isOfTokens(path)) {
        String place = isOlder ? renumbering.of(path) : path;
        places.put(known.contains(place) ? place : withoutUnderscore(place, known), path);
      }
    }
    return places;
  }

  /** Keras 3.0 to 3.3 named what lies within attention _query_dense, later ones query_dense. */
  private static String withoutUnderscore(String place, Set<String> known) {
    String newer = place.replace("/_", "/");
    return known.contains(newer) ? newer : place;
  }

  /**
   * Closes the gaps that Keras 2.12 and 2.13 left in numbering: {@code dense, dense_2} became
   * {@code dense, dense_1}.
   */
  private static final class Renumbering {
    private static final Pattern NUMBERED = Pattern.compile("(.+?)(?:_(\\d{1,9}))?");

    private final HdfReader file;
    private final Map<String, Map<String, String>> names = new LinkedHashMap<>();

    Renumbering(HdfReader file) {
      this.file = file;
    }

    String of(String path) {
      StringBuilder place = new StringBuilder();
      String group = "";
      for (String part : path.split("/")) {
        boolean isLayer = group.endsWith(DEPENDENCIES);
        place.append(place.isEmpty() ? "" : "/");
        place.append(
            isLayer ? inOrder(group).get(part) : part.equals(DEPENDENCIES) ? LAYERS : part);
        group = group.isEmpty() ? part : group + "/" + part;
      }
      return place.toString();
    }

    private Map<String, String> inOrder(String group) {
      return names.computeIfAbsent(group, this::renumbered);
    }

    private Map<String, String> renumbered(String group) {
      Map<String, TreeMap<Integer, String>> ofClass = new LinkedHashMap<>();
      for (String name : file.names(group)) {
        var parts = NUMBERED.matcher(name);
        boolean isNumbered = parts.matches() && parts.group(2) != null && isLater(group, name);
        ofClass
            .computeIfAbsent(isNumbered ? parts.group(1) : name, key -> new TreeMap<>())
            .put(isNumbered ? Integer.parseInt(parts.group(2)) : 0, name);
      }
      Map<String, String> renumbered = new LinkedHashMap<>();
      ofClass.forEach(
          (className, all) -> {
            int number = 0;
            for (String name : all.values()) {
              renumbered.put(name, className + (number == 0 ? "" : "_" + number));
              number++;
            }
          });
      return renumbered;
    }

    /**
     * Whether it is a further layer of a class, so that its number is not part of the class's name.
     */
    private boolean isLater(String group, String name) {
      return file.has(group + "/" + name.substring(0, name.lastIndexOf('_')));
    }
  }

  /** Matches layer by layer: by name, or by order if the names are another model's. */
  private static Map<String, String> named(HdfReader file, String root, List<Array> arrays) {
    Map<String, List<String>> saved = saved(file, root);
    Map<String, List<String>> mine = byLayer(arrays);
    boolean isByName = saved.keySet().equals(mine.keySet()) || saved.size() != mine.size();
    List<String> names = List.copyOf(saved.keySet());
    Map<String, String> places = new TreeMap<>();
    int next = 0;
    for (Map.Entry<String, List<String>> layer : mine.entrySet()) {
      String name = isByName ? layer.getKey() : names.get(next++);
      List<String> paths = saved.getOrDefault(name, List.of());
      for (int i = 0; i < Math.min(paths.size(), layer.getValue().size()); i++) {
        places.put(layer.getValue().get(i), paths.get(i));
      }
    }
    placeAgain(arrays, places);
    Set<String> found = Set.copyOf(places.values());
    saved.values().stream()
        .flatMap(List::stream)
        .filter(path -> !found.contains(path))
        .forEach(path -> places.put(path, path));
    return places;
  }

  /** Finds what Keras 3 has twice where it is once. */
  private static void placeAgain(List<Array> arrays, Map<String, String> places) {
    Map<String, String> paths = new LinkedHashMap<>();
    for (Array array : arrays) {
      if (places.containsKey(array.place)) {
        paths.put(array.parameter.name(), places.get(array.place));
      }
    }
    for (Array array : arrays) {
      if (paths.containsKey(array.parameter.name())) {
        places.putIfAbsent(array.place, paths.get(array.parameter.name()));
      }
    }
  }

  /** The arrays of each layer that has some, in the file's order. */
  private static Map<String, List<String>> saved(HdfReader file, String root) {
    Map<String, List<String>> saved = new LinkedHashMap<>();
    String within = root.isEmpty() ? "" : root + "/";
    List<String> layers = new ArrayList<>(file.texts(root, NAMES).orElse(List.of()));
    layers.add("top_level_model_weights");
    for (String layer : layers) {
      List<String> paths =
          file.texts(within + layer, "weight_names").orElse(List.of()).stream()
              .map(name -> within + layer + "/" + name)
              .toList();
      if (!paths.isEmpty()) {
        saved.put(Keras2Network.name(layer), paths);
      }
    }
    return saved;
  }

  /** The arrays by layer, in the order in which Keras lists them: trainable ones first. */
  private static Map<String, List<String>> byLayer(List<Array> arrays) {
    Map<String, List<String>> layers = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (boolean isTrained : new boolean[] {true, false}) {
      for (Array array : arrays) {
        String name = array.parameter.name();
        List<String> places =
            layers.computeIfAbsent(name.substring(0, name.indexOf('/')), key -> new ArrayList<>());
        if (array.parameter.trainable() == isTrained && seen.add(name)) {
          places.add(array.place);
        }
      }
    }
    return layers;
  }
}
