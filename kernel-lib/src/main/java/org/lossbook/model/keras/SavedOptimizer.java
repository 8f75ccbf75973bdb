package org.lossbook.model.keras;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.io.HdfReader;
import org.lossbook.io.HdfWriter;
import org.lossbook.io.ModelFileException;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.optimizer.OptimizerRegistry;
import org.lossbook.optimizer.StatePart;

/** An optimizer in a file, with its state in Keras's order. */
final class SavedOptimizer {
  private static final String VARS = StatePlaces.ZIPPED;

  /** Nadam's product of momentums up to the step. */
  private static final String PRODUCT = "u_product";

  private static final long MOST_FACTORS = 1_000_000;

  private final Optimizer optimizer;
  private final List<Parameters.Slot> slots;

  /**
   * @param slots the trainable parameters, in Keras's order
   */
  SavedOptimizer(Optimizer optimizer, List<Parameters.Slot> slots) {
    this.optimizer = optimizer;
    this.slots = slots;
  }

  /** The optimizer in a file, given by its class or its name. */
  static Optimizer read(Object saved) {
    return OptimizerRegistry.OPTIMIZERS.read(
        saved instanceof Config config ? meant(config) : saved);
  }

  private static Config meant(Config config) {
    return config
        .get("learning_rate")
        .filter(Double.class::isInstance)
        .map(rate -> config.with("learning_rate", meant((double) rate)))
        .orElse(config);
  }

  /**
   * Undoes rounding: Keras keeps the rate in 32 bits and writes 0.001 with all the digits of that.
   */
  private static double meant(double rate) {
    return rate == (float) rate ? Double.parseDouble(Float.toString((float) rate)) : rate;
  }

  /** Writes the optimizer's state to a file. */
  void addTo(HdfWriter file, Optimizer.Updater updater) {
    file.group(VARS, optimizer.name());
    file.number(VARS + "/0", Math.toIntExact(updater.step()));
    int next = 1;
    if (optimizer.schedule().isEmpty()) {
      file.number(VARS + "/" + next++, (float) updater.learningRate());
    }
    Map<String, float[]> state = updater.state();
    for (Place place : places(updater, state, StatePlaces.Form.NOW, false)) {
      float[] numbers = state.get(place.vector);
      if (place.count == 0) {
        file.number(VARS + "/" + next++, 0);
        continue;
      }
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

  /** Whether a file of Keras 2 holds the optimizer's state in a form that can be read. */
  boolean fits(HdfReader file, Optimizer.Updater updater, StatePlaces saved) {
    Map<String, float[]> state = updater.state();
    List<Place> places = places(updater, state, saved.form(), state.containsKey(PRODUCT));
    int count = saved.arrays().size();
    if (count <= 1) {
      boolean isNew = count == 1 && file.whole(saved.arrays().get(0)).orElse(1L) == 0;
      return isNew || places.isEmpty();
    }
    return count > places.size()
        && IntStream.range(0, places.size())
            .allMatch(i -> file.isArray(saved.arrays().get(i + 1), places.get(i).shape));
  }

  /**
   * Restores the optimizer's state from a file; nothing if it was never used.
   *
   * @return the learning rate of the next step, if the file has one
   */
  OptionalDouble read(HdfReader file, String name, Optimizer.Updater updater, StatePlaces saved) {
    List<String> arrays = saved.arrays();
    Optional<Long> step = arrays.isEmpty() ? Optional.empty() : file.whole(arrays.get(0));
    if (step.isEmpty()) {
      return OptionalDouble.empty();
    }
    int next = 1;
    OptionalDouble rate = OptionalDouble.empty();
    if (optimizer.schedule().isEmpty() && !saved.isKeras2() && arrays.size() > 1) {
      Optional<Float> number = file.number(arrays.get(next++));
      rate = number.stream().mapToDouble(SavedOptimizer::meant).findFirst();
    }
    Map<String, float[]> state = updater.state();
    boolean isCounted = saved.isKeras2() && state.containsKey(PRODUCT);
    List<Place> places = places(updater, state, saved.form(), isCounted);
    if (arrays.size() == next && step.get() == 0) {
      return rate; // Keras creates the state when it first trains
    }
    boolean fits =
        saved.isKeras2()
            ? arrays.size() >= next + places.size()
            : arrays.size() == next + places.size();
    if (!fits) {
      throw new ModelFileException(
          Messages.of(
              "%s cannot be loaded: the state of %s has %d arrays there where %d are expected.",
              name, optimizer.name(), arrays.size(), next + places.size()));
    }
    for (Place place : places) {
      float[] numbers = state.get(place.vector);
      if (place.count == 0) {
        next++;
        continue;
      }
      file.read(
          arrays.get(next++),
          place.shape,
          (offset, from, count) ->
              System.arraycopy(from, 0, numbers, place.offset + offset, count));
    }
    if (isCounted) {
      state.get(PRODUCT)[0] = product(step.get());
    }
    updater.restore(state, step.get());
    return rate;
  }

  /** Nadam's product of its momentums up to a step. */
  private float product(long step) {
    double beta =
        optimizer
            .config()
            .flatMap(config -> config.get("beta_1"))
            .map(value -> ((Number) value).doubleValue())
            .orElseThrow();
    float product = 1;
    for (long i = 1; i <= Math.min(step, MOST_FACTORS) && product > 0; i++) {
      product *= (float) (beta * (1 - 0.5 * Math.pow(0.96, i)));
    }
    return product;
  }

  /**
   * One array of the file: a part of one of the optimizer's state vectors; of no numbers where
   * Keras keeps a placeholder.
   */
  private record Place(String vector, int offset, int count, int[] shape) {}

  /**
   * The arrays in Keras's order: parameter by parameter, except for vectors that Keras adds on
   * their own.
   *
   * @param isCounted whether the file lacks nadam's product, which is computed from the step
   */
  private List<Place> places(
      Optimizer.Updater updater,
      Map<String, float[]> state,
      StatePlaces.Form form,
      boolean isCounted) {
    List<Place> places = new ArrayList<>();
    for (List<String> together : together(state.keySet(), form)) {
      for (Parameters.Slot slot : slots) {
        for (String vector : together) {
          updater.stateOf(vector, slot).map(part -> place(vector, part)).ifPresent(places::add);
        }
      }
    }
    if (state.containsKey(PRODUCT) && !isCounted) {
      places.add(new Place(PRODUCT, 0, 1, new int[0]));
    }
    return places;
  }

  private static Place place(String vector, StatePart part) {
    int count = part.isPlaceholder() ? 0 : Shapes.size(part.shape());
    return new Place(vector, part.offset(), count, part.shape());
  }

  private List<List<String>> together(Set<String> vectors, StatePlaces.Form form) {
    Set<String> ofWeights = new LinkedHashSet<>(vectors);
    ofWeights.remove(PRODUCT);
    if (optimizer.name().equals("rmsprop") || form == StatePlaces.Form.BY_VECTOR) {
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
