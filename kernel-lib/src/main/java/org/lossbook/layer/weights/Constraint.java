package org.lossbook.layer.weights;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.engine.Memory;
import org.lossbook.engine.Shapes;

/**
 * A weight constraint: a projection of a parameter's values onto an allowed set after each
 * optimizer step.
 *
 * <pre>{@code
 * maxNorm(2).of(vector(3, 4))          // [1.2, 1.6]
 * nonNegative().of(vector(-1, 4))      // [0, 4]
 * unitNorm().of(vector(3, 4))          // [0.6, 0.8]
 * minMaxNorm(1, 2).of(vector(3, 4))    // [1.2, 1.6]
 * }</pre>
 *
 * <p>Norms are Euclidean, over all weights of one output: a column of a dense kernel {@code [in,
 * out]}, a filter of a convolution's {@code [height, width, in, out]}; for a bias, over all of it.
 * {@link #axis} takes them along other axes.
 *
 * @param kind which of the four
 * @param least the smallest norm
 * @param most the largest norm
 * @param rate how far a norm moves to where it belongs, 1 for all of the way
 * @param axes along which norms are taken; empty for all weights of one output
 */
public record Constraint(Kind kind, double least, double most, double rate, List<Integer> axes) {
  /** Keras divides by the norm plus this, so that a norm of 0 stays 0. */
  private static final double EPSILON = 1e-7;

  private static final String AXIS = "axis";
  private static final int MOST_AXES = 8;

  /** Copies the list. */
  public Constraint {
    axes = List.copyOf(axes);
  }

  private Constraint(Kind kind, double most) {
    this(kind, 0, most, 1, List.of());
  }

  private static final Registry<Constraint> CONSTRAINTS =
      Registry.<Constraint>of("constraint", "keras.constraints")
          .add("MaxNorm", settings -> maxNorm(settings.ignore(AXIS).number("max_value", 2)))
          .add("UnitNorm", Constraint::unitNorm)
          .add("MinMaxNorm", Constraint::minMaxNorm)
          .add("NonNeg", settings -> nonNegative());

  /** The kinds, under Keras's names. */
  public enum Kind {
    /** At most a given norm. */
    MAX_NORM("MaxNorm"),
    /** No weight below 0. */
    NON_NEGATIVE("NonNeg"),
    /** Norm 1. */
    UNIT_NORM("UnitNorm"),
    /** Between two norms. */
    MIN_MAX_NORM("MinMaxNorm");

    private final String className;

    Kind(String className) {
      this.className = className;
    }
  }

  /**
   * Max-norm constraint: scales down what has a norm above {@code most}. With dropout, 3 to 4 is
   * usual (Srivastava et al. 2014).
   *
   * @throws IllegalArgumentException for a norm of 0 or less
   */
  public static Constraint maxNorm(double most) {
    if (!(most > 0 && Double.isFinite(most))) {
      throw Messages.wrong(
          "maxNorm expects a length above 0 but receives %s: 3 is a good first choice.", most);
    }
    return new Constraint(Kind.MAX_NORM, most);
  }

  /** Non-negativity constraint: negative weights become 0. */
  public static Constraint nonNegative() {
    return new Constraint(Kind.NON_NEGATIVE, 0);
  }

  /** Unit-norm constraint: scales each norm to 1. */
  public static Constraint unitNorm() {
    return new Constraint(Kind.UNIT_NORM, 1);
  }

  /**
   * Norms between two: scales up what has a smaller one, and down what has a larger one.
   *
   * @throws IllegalArgumentException where they are below 0 or in the wrong order
   */
  public static Constraint minMaxNorm(double least, double most) {
    if (!(least >= 0 && least <= most && Double.isFinite(most))) {
      throw Messages.wrong(
          "minMaxNorm expects a length of 0 or more and one at least as large but receives %s and %s: minMaxNorm(0, 1) is the default of Keras.",
          least, most);
    }
    return new Constraint(Kind.MIN_MAX_NORM, least, most, 1, List.of());
  }

  /** A {@link #minMaxNorm} that each step reaches by that share of the way only, from 0 to 1. */
  public Constraint rate(double rate) {
    if (!(rate >= 0 && rate <= 1) || kind != Kind.MIN_MAX_NORM) {
      throw Messages.wrong(
          "%s expects a rate from 0 to 1, and of minMaxNorm, but receives %s: minMaxNorm(0, 1).rate(0.5) goes half of the way.",
          this, rate);
    }
    return new Constraint(kind, least, most, rate, axes);
  }

  /**
   * Norms along these axes of the weight, counted from 0 as Keras does: of a dense kernel 0 is a
   * norm for each output, 1 for each input.
   */
  public Constraint axis(int... axes) {
    if (axes == null || axes.length == 0) {
      throw Messages.wrong(
          "%s expects axes of a weight but receives none: axis(0) is the first.", this);
    }
    return new Constraint(kind, least, most, rate, Arrays.stream(axes).boxed().toList());
  }

  /** The constrained weights, for the values of a kernel or a bias. */
  public Values of(Object weights) {
    Values given = Values.of("constraint", weights);
    int[] shape = given.shape();
    float[] numbers = given.toFloats();
    NormGroups groups = groups(shape);
    apply(numbers, groups, new double[groups.count()]);
    return Values.of(numbers, shape);
  }

  /**
   * Which numbers of a weight of that shape share a norm.
   *
   * @hidden
   */
  @Internal
  public NormGroups groups(int... shape) {
    Require.given(shape, "constraint", "the shape of a weight", "a kernel's is meant");
    Memory.heap(
        "constraint of a weight " + Arrays.toString(shape),
        Memory.product(Integer.BYTES, Shapes.size(shape)),
        "make the weight smaller");
    return NormGroups.of(
        axes.isEmpty() ? IntStream.range(0, lastNormed(shape.length)).boxed().toList() : axes,
        shape);
  }

  /** Of a kernel all axes but the last. */
  private static int lastNormed(int rank) {
    return rank < 2 ? rank : rank - 1;
  }

  /**
   * Constrains a parameter's values in place.
   *
   * @param numbers row-major, the outputs last
   * @param outputs how many norms there are
   * @param sums room for {@code outputs} numbers
   */
  public void apply(float[] numbers, int outputs, double[] sums) {
    Require.given(numbers, "apply", "numbers", "a parameter's are meant");
    Require.given(sums, "apply", "room for sums", "new double[outputs] is enough");
    if (outputs < 1 || numbers.length % outputs != 0 || sums.length < outputs) {
      throw Messages.wrong(
          "apply expects numbers in rows of outputs, and room for a sum of each, but receives %d numbers for %d outputs and room for %d: a kernel's last extent is its outputs.",
          numbers.length, outputs, sums.length);
    }
    apply(numbers, NormGroups.ofColumns(outputs), sums);
  }

  /**
   * Constrains a parameter's values in place, without allocating.
   *
   * @param sums room for a number for each group
   * @hidden
   */
  @Internal
  public void apply(float[] numbers, NormGroups groups, double[] sums) {
    Require.given(numbers, "apply", "numbers", "a parameter's are meant");
    Require.given(groups, "apply", "groups", "groups(shape) gives them");
    Require.given(sums, "apply", "room for sums", "new double[groups.count()] is enough");
    if (!groups.areOf(numbers.length) || sums.length < groups.count()) {
      throw Messages.wrong(
          "apply expects the groups of so many numbers, and room for a sum of each, but receives %d numbers for %d groups and room for %d: groups(shape) gives those of a weight.",
          numbers.length, groups.count(), sums.length);
    }
    if (kind == Kind.NON_NEGATIVE) {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Math.max(0, numbers[i]);
      }
      return;
    }
    int count = groups.count();
    for (int g = 0; g < count; g++) {
      sums[g] = 0;
    }
    groups.addSquares(numbers, sums);
    for (int g = 0; g < count; g++) {
      double length = Math.sqrt(sums[g]);
      sums[g] = wanted(length) / (EPSILON + length);
    }
    groups.scale(numbers, sums);
  }

  private double wanted(double length) {
    return switch (kind) {
      case UNIT_NORM -> 1;
      case MIN_MAX_NORM -> rate * Math.max(least, Math.min(length, most)) + (1 - rate) * length;
      default -> Math.min(length, most);
    };
  }

  /**
   * As a file has it.
   *
   * @hidden
   */
  @Internal
  public Config config(int rank) {
    checkRank("config", rank);
    Config config = Config.of("keras.constraints", kind.className);
    return switch (kind) {
      case MAX_NORM -> config.with("max_value", most).with(AXIS, axis(rank));
      case UNIT_NORM -> config.with(AXIS, axis(rank));
      case MIN_MAX_NORM ->
          config
              .with("min_value", least)
              .with("max_value", most)
              .with("rate", rate)
              .with(AXIS, axis(rank));
      case NON_NEGATIVE -> config;
    };
  }

  private static void checkRank(String who, int rank) {
    if (rank < 1 || rank > MOST_AXES) {
      throw Messages.wrong(
          "%s expects a rank from 1 to %d but receives %d: a dense kernel has 2, a bias 1.",
          who, MOST_AXES, rank);
    }
  }

  /** One as a number, several as a list. */
  private Object axis(int rank) {
    List<Integer> all =
        axes.isEmpty() ? IntStream.range(0, lastNormed(rank)).boxed().toList() : axes;
    return all.size() == 1 ? (Object) all.get(0) : all;
  }

  private static Constraint minMaxNorm(Settings settings) {
    settings.ignore(AXIS);
    return minMaxNorm(settings.number("min_value", 0), settings.number("max_value", 1))
        .rate(settings.number("rate", 1));
  }

  private static Constraint unitNorm(Settings settings) {
    settings.ignore(AXIS);
    return unitNorm();
  }

  /** The same with the axes that a file says, unless they are those of one output. */
  private Constraint along(Settings settings, int rank) {
    int[] given =
        settings.value(AXIS).orElse(0) instanceof List<?>
            ? settings.integers(AXIS)
            : new int[] {settings.integer(AXIS, 0)};
    boolean isUsual = Arrays.equals(given, IntStream.range(0, lastNormed(rank)).toArray());
    if (Arrays.stream(given).anyMatch(axis -> axis < -rank || axis >= rank) || given.length == 0) {
      settings.wrong(AXIS, Messages.of("axes of a weight with %d", rank), Arrays.toString(given));
    }
    return isUsual ? this : axis(given);
  }

  /**
   * The constraint that a file has under that name.
   *
   * @param rank of the parameter, on which the axes depend
   * @hidden
   */
  @Internal
  public static Optional<Constraint> from(Settings outer, String name, int rank) {
    Require.given(outer, "from", "the settings of a file", "Constraint.maxNorm(3) needs none");
    Require.given(name, "from", "the name of a setting", "\"kernel_constraint\" is one");
    checkRank("from", rank);
    Object saved = outer.value(name).orElse("none");
    return CONSTRAINTS
        .read(outer, name)
        .map(
            each ->
                each.kind == Kind.NON_NEGATIVE
                    ? each
                    : each.along(
                        new Settings(saved instanceof Config config ? config : Config.of("", name)),
                        rank));
  }

  /** As written in a cell: {@code maxNorm(2.0)}. */
  @Override
  public String toString() {
    String call =
        switch (kind) {
          case MAX_NORM -> "maxNorm(" + most + ")";
          case NON_NEGATIVE -> "nonNegative()";
          case UNIT_NORM -> "unitNorm()";
          case MIN_MAX_NORM ->
              Messages.of("minMaxNorm(%s, %s)", least, most)
                  + (rate == 1 ? "" : ".rate(" + rate + ")");
        };
    return axes.isEmpty()
        ? call
        : call
            + axes.stream().map(String::valueOf).collect(Collectors.joining(", ", ".axis(", ")"));
  }
}
