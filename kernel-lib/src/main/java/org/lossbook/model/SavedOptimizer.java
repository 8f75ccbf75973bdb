package org.lossbook.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.lossbook.config.Config;
import org.lossbook.engine.Parameters;
import org.lossbook.model.file.HdfReader;
import org.lossbook.model.file.HdfWriter;
import org.lossbook.model.file.ModelFileException;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.optimizer.SavedOptimizers;

/** An optimizer in a file, and what it remembers, in Keras's order. */
final class SavedOptimizer {
  private static final String VARS = "optimizer/vars";
  private static final String SCALED_VARS = "optimizer/inner_optimizer/vars";
  private final Optimizer optimizer;
  private final List<Parameters.Slot> slots;

  /**
   * @param slots what it trains, in Keras's order
   */
  SavedOptimizer(Optimizer optimizer, List<Parameters.Slot> slots) {
    this.optimizer = optimizer;
    this.slots = slots;
  }

  /** The optimizer that a file says, by its class or its name. */
  static Optimizer read(Object saved) {
    if (saved instanceof Config config) {
      return SavedOptimizers.read(
          config
              .get("learning_rate")
              .filter(Double.class::isInstance)
              .map(rate -> config.with("learning_rate", meant((double) rate)))
              .orElse(config));
    }
    String className =
        SavedOptimizers.classes().stream()
            .filter(each -> each.equalsIgnoreCase(saved.toString()))
            .findFirst()
            .orElse(saved.toString());
    return SavedOptimizers.read(Config.of("keras.optimizers", className));
  }

  /** Keras keeps the rate in 32 bits and writes 0.001 with all the digits of that. */
  private static double meant(double rate) {
    return rate == (float) rate ? Double.parseDouble(Float.toString((float) rate)) : rate;
  }

  /** Adds what the optimizer remembers to a file. */
  void addTo(HdfWriter file, Optimizer.Updater updater) {
    file.group(VARS, optimizer.name());
    file.number(VARS + "/0", Math.toIntExact(updater.step()));
    int next = 1;
    if (optimizer.schedule().isEmpty()) {
      file.number(VARS + "/" + next++, (float) updater.learningRate());
    }
    Map<String, float[]> state = updater.state();
    for (Place place : places(state)) {
      float[] numbers = state.get(place.vector);
      file.array(
          VARS + "/" + next++,
          HdfWriter.Kind.FLOAT,
          place.shape,
          out -> {
            ByteBuffer bytes = ByteBuffer.allocate(4 * place.count).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(numbers, place.offset, place.count);
            out.write(bytes.array());
          });
    }
  }

  /**
   * Takes what a file says that the optimizer remembers; where it was never at work, nothing.
   *
   * @return the learning rate of the next step, where the file has one
   */
  OptionalDouble read(HdfReader file, String name, Optimizer.Updater updater) {
    String vars = vars(file);
    Optional<Long> step = file.whole(vars + "/0");
    if (step.isEmpty()) {
      return OptionalDouble.empty();
    }
    int next = 1;
    OptionalDouble rate = OptionalDouble.empty();
    if (optimizer.schedule().isEmpty()) {
      Optional<Float> saved = file.number(vars + "/" + next++);
      rate = saved.stream().mapToDouble(SavedOptimizer::meant).findFirst();
    }
    Map<String, float[]> state = updater.state();
    List<Place> places = places(state);
    int arrays = file.names(vars).size();
    if (arrays == next && step.get() == 0) {
      return rate; // Keras makes room for what it remembers when it first trains
    }
    if (arrays != next + places.size()) {
      throw new ModelFileException(
          Say.of(
              "%s cannot be loaded: what %s remembers has %d arrays there where %d are expected.",
              name, optimizer.name(), arrays, next + places.size()));
    }
    for (Place place : places) {
      float[] numbers = state.get(place.vector);
      file.read(
          vars + "/" + next++,
          place.shape,
          (offset, from, count) ->
              System.arraycopy(from, 0, numbers, place.offset + offset, count));
    }
    updater.restore(state, step.get());
    return rate;
  }

  /** Whether a file has any of what an optimizer remembers, be it that it took no step. */
  static boolean isIn(HdfReader file) {
    return file.has(vars(file) + "/0");
  }

  /** In mixed precision another optimizer stands around it, which scales the loss. */
  private static String vars(HdfReader file) {
    return file.has(SCALED_VARS) ? SCALED_VARS : VARS;
  }

  /** One array of the file: a part of one of the optimizer's vectors. */
  private record Place(String vector, int offset, int count, int[] shape) {}

  /** In Keras's order: parameter by parameter, but for vectors that Keras adds on their own. */
  private List<Place> places(Map<String, float[]> state) {
    List<Place> places = new ArrayList<>();
    for (List<String> together : together(state.keySet())) {
      for (Parameters.Slot slot : slots) {
        for (String vector : together) {
          places.add(new Place(vector, slot.offset(), slot.size(), slot.parameter().shape()));
        }
      }
    }
    if (state.containsKey("u_product")) {
      places.add(new Place("u_product", 0, 1, new int[0]));
    }
    return places;
  }

  private List<List<String>> together(Set<String> vectors) {
    Set<String> ofWeights = new LinkedHashSet<>(vectors);
    ofWeights.remove("u_product");
    if (optimizer.name().equals("rmsprop")) {
      return ofWeights.stream().map(List::of).toList();
    }
    List<List<String>> groups = new ArrayList<>();
    for (String first : List.of("average", "gradient_accumulator")) {
      if (ofWeights.remove(first)) {
        groups.add(List.of(first));
      }
    }
    boolean hasMost = ofWeights.remove("velocity_hat");
    groups.add(List.copyOf(ofWeights));
    if (hasMost) {
      groups.add(List.of("velocity_hat"));
    }
    return groups;
  }
}
