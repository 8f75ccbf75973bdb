package org.lossbook.model.keras;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lossbook.base.Messages;
import org.lossbook.config.Shown;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.io.HdfReader;
import org.lossbook.io.HdfWriter;
import org.lossbook.io.ModelFileException;
import org.lossbook.layer.normalization.SpectralNormalization;
import org.lossbook.network.Network;
import org.lossbook.network.NetworkLayer;

/** A model's weights in {@code model.weights.h5}, in Keras's order and with its names. */
final class SavedWeights {
  private static final int CHUNK = 1 << 14;

  /** The classes that a file's config calls otherwise than its weights do. */
  private static final Map<String, String> CLASSES =
      Map.of("GroupQueryAttention", "GroupedQueryAttention");

  private final List<Layer> layers = new ArrayList<>();
  private final List<TokenWeights> frequencies = new ArrayList<>();

  /** The paths of the arrays in the file that was checked last. */
  private Map<String, String> places = Map.of();

  /**
   * A layer's path in the file.
   *
   * @param parameters by their full names, nested models included
   */
  private record Layer(String path, String name, List<Parameter> parameters) {
    String array(int i) {
      return path + "/vars/" + i;
    }
  }

  SavedWeights(Network network) {
    add(network, "", "");
  }

  /**
   * Adds a network's layers: Keras numbers those of each class, starting again in each nested
   * model.
   */
  private void add(Network network, String path, String prefix) {
    Map<String, Integer> counts = new HashMap<>();
    for (Network.Node node : inOrder(network)) {
      String className = SavedNetwork.className(node.name(), node.layer());
      String snake = snakeCase(CLASSES.getOrDefault(className, className));
      int count = counts.merge(snake, 1, Integer::sum) - 1;
      String place = path + "layers/" + snake + (count == 0 ? "" : "_" + count);
      Optional<Network> inner = NetworkLayer.within(node.layer());
      if (inner.isPresent()) {
        add(inner.get(), place + "/", prefix + node.name() + "/");
      } else {
        addLayer(
            place,
            node,
            node.parameters().stream().map(p -> p.renamed(prefix + p.name())).toList());
      }
    }
  }

  /** Adds a layer; a spectral normalization has the kernel a second time, as in Keras. */
  private void addLayer(String place, Network.Node node, List<Parameter> parameters) {
    node.layer().config().ifPresent(config -> frequencies.add(new TokenWeights(place, config)));
    if (!(node.layer() instanceof SpectralNormalization outer)) {
      addGroups(place, node, parameters);
      return;
    }
    List<Parameter> own =
        parameters.stream()
            .filter(p -> p.name().endsWith("/kernel") || p.name().endsWith("/vector_u"))
            .toList();
    List<Parameter> inner =
        parameters.stream().filter(p -> !p.name().endsWith("/vector_u")).toList();
    layers.add(new Layer(place, node.name(), own));
    layers.add(
        new Layer(place + "/layer", outer.layer().name().orElse(outer.layer().kind()), inner));
  }

  /** Adds a layer by the layers within it that have its parameters, such as a recurrent cell. */
  private void addGroups(String place, Network.Node node, List<Parameter> parameters) {
    Map<String, List<Parameter>> groups = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      String within = node.parameters().get(i).name().substring(node.name().length() + 1);
      String group = node.layer().groupOf(within);
      groups.computeIfAbsent(group, g -> new ArrayList<>()).add(parameters.get(i));
    }
    if (groups.isEmpty()) {
      layers.add(new Layer(place, node.name(), List.of()));
    }
    groups.forEach(
        (group, all) ->
            layers.add(new Layer(group.isEmpty() ? place : place + "/" + group, node.name(), all)));
  }

  private static List<Network.Node> inOrder(Network network) {
    return network.isSequential()
        ? network.nodes()
        : KerasOrder.of(network).stream()
            .map(place -> place.uses().get(0))
            .filter(value -> value >= network.inputs().size())
            .map(network::maker)
            .toList();
  }

  /** Keras's snake case: MaxPooling2D is max_pooling2d. */
  static String snakeCase(String className) {
    return className
        .replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** The trainable parameters, in Keras's order. */
  List<Parameters.Slot> trained(Parameters parameters) {
    return layers.stream()
        .flatMap(layer -> layer.parameters.stream())
        .map(parameter -> parameters.slot(parameter.name()))
        .filter(slot -> slot.parameter().trainable())
        .distinct()
        .toList();
  }

  /** Writes all weights to a file. */
  void addTo(HdfWriter file, Parameters parameters) {
    frequencies.forEach(each -> each.addTo(file));
    for (Layer layer : layers) {
      file.group(layer.path + "/vars", layer.name);
      for (int i = 0; i < layer.parameters.size(); i++) {
        var parameter = layer.parameters.get(i);
        Parameters.Slot slot = parameters.slot(parameter.name());
        file.array(
            layer.array(i),
            HdfWriter.Kind.FLOAT,
            parameter.shape(),
            out -> write(out, parameters, slot));
      }
    }
  }

  /**
   * Checks that a file has exactly these arrays, before memory is allocated for them.
   *
   * @throws ModelFileException if it does not; names what is missing and what is unexpected
   */
  void check(HdfReader file, String name) {
    places = WeightPlaces.of(file, arrays());
    Set<String> extra = new TreeSet<>(places.keySet());
    Set<String> missing = new TreeSet<>();
    for (WeightPlaces.Array array : arrays()) {
      if (!extra.remove(array.place())) {
        missing.add(array.place() + ", " + array.parameter().name());
      }
    }
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw new ModelFileException(
          Messages.of(
              "%s holds the weights of another model: it lacks %s and has %s, which this model has"
                  + " not.",
              name, listed(missing), listed(extra)));
    }
    for (WeightPlaces.Array array : arrays()) {
      file.check(places.get(array.place()), array.parameter().shape());
    }
  }

  private List<WeightPlaces.Array> arrays() {
    List<WeightPlaces.Array> arrays = new ArrayList<>();
    for (Layer layer : layers) {
      for (int i = 0; i < layer.parameters.size(); i++) {
        arrays.add(new WeightPlaces.Array(layer.array(i), layer.parameters.get(i)));
      }
    }
    return arrays;
  }

  private static String listed(Set<String> paths) {
    String first = paths.stream().limit(5).map(Shown::text).collect(Collectors.joining("; "));
    return paths.isEmpty()
        ? "nothing"
        : paths.size() <= 5 ? first : first + Messages.of(" and %,d more", paths.size() - 5);
  }

  /** Reads all weights from a file that was {@linkplain #check checked}. */
  void read(HdfReader file, Parameters parameters) {
    for (WeightPlaces.Array array : arrays()) {
      Parameters.Slot slot = parameters.slot(array.parameter().name());
      file.read(
          places.get(array.place()),
          slot.parameter().shape(),
          (offset, from, count) ->
              parameters.write(slot.vector(), slot.offset() + offset, from, count));
    }
  }

  private static void write(OutputStream out, Parameters parameters, Parameters.Slot slot)
      throws IOException {
    float[] numbers = new float[Math.min(CHUNK, slot.size())];
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int offset = 0; offset < slot.size(); offset += CHUNK) {
      int count = Math.min(CHUNK, slot.size() - offset);
      parameters.read(slot.vector(), slot.offset() + offset, numbers, count);
      bytes.asFloatBuffer().put(numbers, 0, count);
      out.write(bytes.array(), 0, 4 * count);
    }
  }
}
