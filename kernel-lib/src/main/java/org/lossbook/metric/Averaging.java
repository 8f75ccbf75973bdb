package org.lossbook.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.DoubleSupplier;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * The average over classes.
 *
 * @param kind {@link Kind#OPEN} leaves it to the metric
 * @param classId a single class in place of an average
 * @hidden
 */
@Internal
public record Averaging(Kind kind, OptionalInt classId) {
  /**
   * What becomes of the figures of the classes.
   *
   * @hidden
   */
  @Internal
  public enum Kind {
    OPEN,
    MICRO,
    MACRO,
    WEIGHTED;

    /** Keras's names. */
    public static final List<String> NAMES =
        Arrays.stream(values()).filter(kind -> kind != OPEN).map(Kind::kerasName).toList();

    public String kerasName() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind named(String kerasName) {
      return valueOf(kerasName.toUpperCase(Locale.ROOT));
    }
  }

  public static final Averaging OPEN = of(Kind.OPEN);

  public static Averaging of(Kind kind) {
    return new Averaging(kind, OptionalInt.empty());
  }

  public static Averaging only(String who, int classId) {
    if (classId < 0) {
      throw Messages.wrong(
          "%s expects classId of 0 or more but receives %d: count the classes from 0.",
          who, classId);
    }
    return new Averaging(Kind.OPEN, OptionalInt.of(classId));
  }

  /** This, or {@code otherwise} where nothing was chosen. */
  public Averaging or(Kind otherwise) {
    return kind == Kind.OPEN && classId.isEmpty() ? of(otherwise) : this;
  }

  public boolean isMicro() {
    return kind == Kind.MICRO;
  }

  public void check(String who, int outputs) {
    if (classId.isPresent() && classId.getAsInt() >= outputs) {
      throw Messages.wrong(
          "%s expects classId of at most %d, as there are %d outputs, but receives %d: count the classes from 0.",
          who, outputs - 1, outputs, classId.getAsInt());
    }
  }

  /**
   * Averages; undefined figures, NaN, are left out of a mean.
   *
   * @param each the figure of each class
   * @param support the total weight of the samples of each class
   * @param micro the figure of all answers counted together
   */
  public double of(double[] each, double[] support, DoubleSupplier micro) {
    if (classId.isPresent()) {
      return each[classId.getAsInt()];
    }
    if (kind == Kind.MICRO) {
      return micro.getAsDouble();
    }
    double sum = 0;
    double weight = 0;
    boolean isAny = false;
    for (int c = 0; c < each.length; c++) {
      if (!Double.isNaN(each[c])) {
        double w = kind == Kind.WEIGHTED ? support[c] : 1;
        sum += w * each[c];
        weight += w;
        isAny = true;
      }
    }
    return weight > 0 ? sum / weight : isAny ? 0 : Double.NaN;
  }

  /** A ratio; 0/0 is 0. */
  public static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
