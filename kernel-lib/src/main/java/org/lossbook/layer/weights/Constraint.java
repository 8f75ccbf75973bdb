package org.lossbook.layer.weights;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;

/**
 * A weight constraint: a projection of a parameter's values onto an allowed set after each
 * optimizer step.
 *
 * <pre>{@code
 * maxNorm(2).of(vector(3, 4))          // [1.2, 1.6]
 * nonNegative().of(vector(-1, 4))      // [0, 4]
 * unitNorm().of(vector(3, 4))          // [0.6, 0.8]
 * }</pre>
 *
 * <p>Norms are Euclidean, over all weights of one output: a column of a dense kernel {@code [in,
 * out]}, a filter of a convolution's {@code [height, width, in, out]}; for a bias, over all of it.
 *
 * @param kind which of the three
 * @param most the largest norm
 */
public record Constraint(Kind kind, double most) {
  /** Keras divides by the norm plus this, so that a norm of 0 stays 0. */
  private static final double EPSILON = 1e-7;

  private static final String AXIS = "axis";
  private static final int MOST_AXES = 8;

  private static final Registry<Constraint> CONSTRAINTS =
      Registry.<Constraint>of("constraint", "keras.constraints")
          .add("MaxNorm", settings -> maxNorm(settings.ignore(AXIS).number("max_value", 2)))
          .add("UnitNorm", Constraint::unitNorm)
          .add("NonNeg", settings -> nonNegative());

  /** The kinds, under Keras's names. */
  public enum Kind {
    /** At most a given norm. */
    MAX_NORM("MaxNorm"),
    /** No weight below 0. */
    NON_NEGATIVE("NonNeg"),
    /** Norm 1. */
    UNIT_NORM("UnitNorm");

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
      throw new IllegalArgumentException(
          "maxNorm expects a length above 0 but receives %s: 3 is a good first choice."
              .formatted(most));
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

  /** The constrained weights, for the values of a kernel or a bias. */
  public Values of(Object weights) {
    Values given = Values.of("constraint", weights);
    int[] shape = given.shape();
    int outputs = shape.length < 2 ? 1 : shape[shape.length - 1];
    float[] numbers = given.toFloats();
    apply(numbers, outputs, new double[outputs]);
    return Values.of(numbers, shape);
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
      throw new IllegalArgumentException(
          "apply expects numbers in rows of outputs, and room for a sum of each, but receives %d numbers for %d outputs and room for %d: a kernel's last extent is its outputs."
              .formatted(numbers.length, outputs, sums.length));
    }
    if (kind == Kind.NON_NEGATIVE) {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Math.max(0, numbers[i]);
      }
      return;
    }
    for (int o = 0; o < outputs; o++) {
      sums[o] = 0;
    }
    for (int row = 0; row < numbers.length; row += outputs) {
      for (int o = 0; o < outputs; o++) {
        sums[o] += (double) numbers[row + o] * numbers[row + o];
      }
    }
    for (int o = 0; o < outputs; o++) {
      double length = Math.sqrt(sums[o]);
      double wanted = kind == Kind.UNIT_NORM ? 1 : Math.min(length, most);
      sums[o] = wanted / (EPSILON + length);
    }
    for (int row = 0; row < numbers.length; row += outputs) {
      for (int o = 0; o < outputs; o++) {
        numbers[row + o] *= (float) sums[o];
      }
    }
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
      case NON_NEGATIVE -> config;
    };
  }

  private static void checkRank(String who, int rank) {
    if (rank < 1 || rank > MOST_AXES) {
      throw new IllegalArgumentException(
          "%s expects a rank from 1 to %d but receives %d: a dense kernel has 2, a bias 1."
              .formatted(who, MOST_AXES, rank));
    }
  }

  /** Of a kernel all axes but the last. */
  private static Object axis(int rank) {
    return rank <= 2 ? (Object) 0 : IntStream.range(0, rank - 1).boxed().toList();
  }

  private static Constraint unitNorm(Settings settings) {
    settings.ignore(AXIS);
    return unitNorm();
  }

  private static void checkAxis(Settings settings, int rank) {
    Object axis = settings.value(AXIS).orElse(0);
    int[] axes =
        axis instanceof List<?> ? settings.integers(AXIS) : new int[] {settings.integer(AXIS, 0)};
    if (!Arrays.equals(axes, IntStream.range(0, Math.max(1, rank - 1)).toArray())) {
      settings.wrong(AXIS, axis(rank).toString(), axis);
    }
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
    Optional<Config> saved = outer.config(name);
    Optional<Constraint> constraint = CONSTRAINTS.read(outer, name);
    constraint
        .filter(each -> each.kind != Kind.NON_NEGATIVE)
        .flatMap(each -> saved)
        .ifPresent(config -> checkAxis(new Settings(config), rank));
    return constraint;
  }

  /** As written in a cell: {@code maxNorm(2.0)}. */
  @Override
  public String toString() {
    return switch (kind) {
      case MAX_NORM -> "maxNorm(" + most + ")";
      case NON_NEGATIVE -> "nonNegative()";
      case UNIT_NORM -> "unitNorm()";
    };
  }
}
