package org.lossbook.search;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lossbook.base.Messages;
import org.lossbook.loss.Loss;

/**
 * A search space, as an immutable value: settings and their possible values, which can be numbers,
 * words, losses, optimizers, layers or anything else.
 *
 * <pre>{@code
 * space("units", 16, 64)
 *     .and("rate", logUniform(1e-4, 1e-1))
 *     .and("loss", mse(), huber(1.0), mae())
 * }</pre>
 */
public final class Space {
  static final int MOST_CANDIDATES = 100_000;
  private static final int PATIENCE = 1000;

  private final List<Dimension> dimensions;

  /** One setting and its possible values. */
  record Dimension(String name, List<Object> choices, Optional<Interval> interval) {
    Object drawn(SplittableRandom random) {
      return interval
          .map(all -> all.at(random.nextDouble()))
          .orElseGet(() -> choices.get(random.nextInt(choices.size())));
    }

    boolean isNumeric() {
      return interval.isPresent() || choices.stream().allMatch(Number.class::isInstance);
    }

    private String said() {
      return interval
          .map(Interval::toString)
          .orElseGet(() -> choices.stream().map(Candidate::text).collect(Collectors.joining(", ")));
    }
  }

  private Space(List<Dimension> dimensions) {
    this.dimensions = dimensions;
  }

  /** A space of one setting and its values. */
  public static Space space(String name, Object... values) {
    return new Space(List.of()).and(name, values);
  }

  /** A space of one setting with a range of numbers. */
  public static Space space(String name, Interval interval) {
    return new Space(List.of()).and(name, interval);
  }

  /**
   * Adds a setting and its values.
   *
   * @throws IllegalArgumentException if the name is taken, or there is no value
   */
  public Space and(String name, Object... values) {
    named(name);
    if (values == null || values.length == 0 || Arrays.asList(values).contains(null)) {
      throw Messages.wrong(
          "space expects values for \"%s\" but receives %s: try space(\"%s\", 16, 64).",
          name, Arrays.toString(values), name);
    }
    if (values.length == 1 && values[0].getClass().isArray()) {
      return and(name, unpacked(values[0])); // space("rate", vector(0.1, 0.01))
    }
    if (Arrays.stream(values).anyMatch(Interval.class::isInstance)) {
      throw Messages.wrong(
          "space expects values or one interval for \"%s\" but receives both: leave one of them out.",
          name);
    }
    return with(new Dimension(name, List.of(values), Optional.empty()));
  }

  /** Adds a setting with a range of numbers. */
  public Space and(String name, Interval interval) {
    if (interval == null) {
      return and(name, (Object[]) null);
    }
    return with(new Dimension(name, List.of(), Optional.of(interval)));
  }

  private static Object[] unpacked(Object array) {
    return IntStream.range(0, Array.getLength(array)).mapToObj(i -> Array.get(array, i)).toArray();
  }

  private static void named(String name) {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException(
          "space expects a name for each setting but receives none: try space(\"units\", 16, 64).");
    }
  }

  private Space with(Dimension another) {
    named(another.name());
    if (dimensions.stream().anyMatch(d -> d.name().equals(another.name()))) {
      throw Messages.wrong(
          "space expects each setting once but receives \"%s\" twice: give all its values at once.",
          another.name());
    }
    return new Space(Stream.concat(dimensions.stream(), Stream.of(another)).toList());
  }

  List<Dimension> dimensions() {
    return dimensions;
  }

  /** The setting whose values are losses, if there is more than one. */
  Optional<String> searchedLoss() {
    return dimensions.stream()
        .filter(
            d -> d.choices().size() > 1 && d.choices().stream().anyMatch(Loss.class::isInstance))
        .map(Dimension::name)
        .findFirst();
  }

  /**
   * Every combination; the first setting changes slowest.
   *
   * @throws IllegalArgumentException if a setting has infinitely many values, or there are too many
   *     combinations
   */
  List<Candidate> grid() {
    List<Map<String, Object>> all = List.of(Map.of());
    for (Dimension dimension : dimensions) {
      List<Object> values =
          dimension.interval().map(Interval::onGrid).orElseGet(dimension::choices);
      if (values.isEmpty()) {
        Interval interval = dimension.interval().orElseThrow();
        throw Messages.wrong(
            "grid expects to know how many values of \"%s\" to take but receives %s: call .steps(4) on it, or search at random.",
            dimension.name(), interval);
      }
      if ((long) all.size() * values.size() > MOST_CANDIDATES) {
        throw Messages.wrong(
            "grid expects at most %,d combinations but receives more: search at random.",
            MOST_CANDIDATES);
      }
      List<Map<String, Object>> longer = new ArrayList<>();
      for (Map<String, Object> shorter : all) {
        for (Object value : values) {
          var settings = new LinkedHashMap<>(shorter);
          settings.put(dimension.name(), value);
          longer.add(settings);
        }
      }
      all = longer;
    }
    return all.stream().map(Candidate::new).toList();
  }

  /** So many random candidates, all different; fewer if there are no more. */
  List<Candidate> drawn(int count, long seed) {
    var random = new SplittableRandom(seed);
    Set<Map<String, Object>> drawn = new LinkedHashSet<>();
    for (int misses = 0; drawn.size() < count && misses < PATIENCE; ) {
      Map<String, Object> settings = new LinkedHashMap<>();
      dimensions.forEach(dimension -> settings.put(dimension.name(), dimension.drawn(random)));
      misses = drawn.add(settings) ? 0 : misses + 1;
    }
    return drawn.stream().map(Candidate::new).toList();
  }

  /** {@code units: 16, 64; rate: logUniform(1.0E-4, 0.1)}. */
  @Override
  public String toString() {
    return dimensions.stream()
        .map(dimension -> dimension.name() + ": " + dimension.said())
        .collect(Collectors.joining("; "));
  }
}
