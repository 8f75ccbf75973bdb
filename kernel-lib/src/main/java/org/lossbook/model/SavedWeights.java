package org.lossbook.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lossbook.config.Shown;
import org.lossbook.engine.Parameters;
import org.lossbook.model.file.HdfReader;
import org.lossbook.model.file.HdfWriter;
import org.lossbook.model.file.ModelFileException;

/** A model's numbers as they lie in {@code model.weights.h5}, in Keras's order and names. */
final class SavedWeights {
  private static final int CHUNK = 1 << 14;

  private final Network network;
  private final List<Layer> layers = new ArrayList<>();

  /** A layer's place in the file. */
  private record Layer(Network.Node node, String path) {
    String array(int i) {
      return path + "/vars/" + i;
    }
  }

  SavedWeights(Network network) {
    this.network = network;
    var places = new SavedNetwork.Places();
    for (Network.Node node : network.nodes()) {
      String place = places.next(SavedNetwork.className(node.name(), node.layer()));
      layers.add(new Layer(node, "layers/" + place));
    }
  }

  /** Adds all numbers to a file. */
  void addTo(HdfWriter file, Parameters parameters) {
    for (Layer layer : layers) {
      file.group(layer.path + "/vars", layer.node.name());
      for (int i = 0; i < layer.node.parameters().size(); i++) {
        var parameter = layer.node.parameters().get(i);
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
   * Makes sure that a file has these numbers and no others, before there is room for them.
   *
   * @throws ModelFileException naming what is missing and what is too many
   */
  void check(HdfReader file, String name) {
    Set<String> extra = new TreeSet<>(file.arrays("layers"));
    // What dropout drops is drawn anew: Lossbook has seeds of its own.
    extra.removeIf(path -> path.contains("/seed_generator/"));
    Set<String> missing = new TreeSet<>();
    for (Layer layer : layers) {
      for (int i = 0; i < layer.node.parameters().size(); i++) {
        if (!extra.remove(layer.array(i))) {
          missing.add(layer.array(i) + ", " + layer.node.parameters().get(i).name());
        }
      }
    }
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw new ModelFileException(
          Say.of(
              "%s holds the weights of another model: it lacks %s and has %s, which this model has not.",
              name, listed(missing), listed(extra)));
    }
    for (Layer layer : layers) {
      for (int i = 0; i < layer.node.parameters().size(); i++) {
        file.check(layer.array(i), layer.node.parameters().get(i).shape());
      }
    }
  }

  private static String listed(Set<String> paths) {
    String first = paths.stream().limit(5).map(Shown::text).collect(Collectors.joining("; "));
    return paths.isEmpty()
        ? "nothing"
        : paths.size() <= 5 ? first : first + Say.of(" and %,d more", paths.size() - 5);
  }

  /** Reads all numbers. */
  void read(HdfReader file, Parameters parameters) {
    for (Layer layer : layers) {
      for (int i = 0; i < layer.node.parameters().size(); i++) {
        Parameters.Slot slot = parameters.slot(layer.node.parameters().get(i).name());
        file.read(
            layer.array(i),
            slot.parameter().shape(),
            (offset, from, count) ->
                parameters.write(Core.vector(slot), slot.offset() + offset, from, count));
      }
    }
  }

  private static void write(OutputStream out, Parameters parameters, Parameters.Slot slot)
      throws IOException {
    float[] numbers = new float[Math.min(CHUNK, slot.size())];
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int offset = 0; offset < slot.size(); offset += CHUNK) {
      int count = Math.min(CHUNK, slot.size() - offset);
      parameters.read(Core.vector(slot), slot.offset() + offset, numbers, count);
      bytes.asFloatBuffer().put(numbers, 0, count);
      out.write(bytes.array(), 0, 4 * count);
    }
  }
}
