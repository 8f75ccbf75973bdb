package org.lossbook.metric.ranking;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.metric.Averaging;
import org.lossbook.metric.ClassTally;
import org.lossbook.metric.Decision;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.metric.MetricInputs;
import org.lossbook.metric.Truth;

/**
 * The best figure that a choice of threshold can give while another one stays at least as large as
 * asked, from 0 to 1: {@link #precisionAtRecall} is the highest precision of the thresholds whose
 * recall is large enough, and the others likewise.
 *
 * <p>Use it where one kind of mistake has a limit: of the tests that find 90 % of the ill, how many
 * alarms are right? As in Keras, the thresholds are {@link #numThresholds} numbers evenly from 0 to
 * 1, a prediction above one is a yes, all outputs of a row count together unless {@link #classId}
 * names one, and the figure is 0 where no threshold is good enough. With integer labels beside rows
 * of predictions each output is one class against all others. The names are Keras's.
 *
 * <pre>{@code
 * precisionAtRecall(0.5).of(vector(0, 0, 0, 1, 1), vector(0, 0.3, 0.8, 0.3, 0.8))        // 0.5
 * sensitivityAtSpecificity(0.5).of(vector(0, 0, 0, 1, 1), vector(0, 0.3, 0.8, 0.3, 0.8)) // 0.5
 * specificityAtSensitivity(0.5).of(vector(0, 0, 0, 1, 1), vector(0, 0.3, 0.8, 0.3, 0.8)) // 0.667
 * recallAtPrecision(0.8).of(vector(0, 0, 1, 1), vector(0, 0.5, 0.3, 0.9))                // 0.5
 * }</pre>
 *
 * @question What can the scores reach, if one rate must be kept?
 * @use When a requirement fixes one rate, such as a recall of 0.9.
 * @avoid With few samples: one of them moves the threshold.
 */
public final class OperatingPoint implements Metric, MetricInputs.Called {
  private enum Kind {
    PRECISION_AT_RECALL("PrecisionAtRecall", "recall"),
    RECALL_AT_PRECISION("RecallAtPrecision", "precision"),
    SENSITIVITY_AT_SPECIFICITY("SensitivityAtSpecificity", "specificity"),
    SPECIFICITY_AT_SENSITIVITY("SpecificityAtSensitivity", "sensitivity");

    private final String className;
    private final String limited;

    Kind(String className, String limited) {
      this.className = className;
      this.limited = limited;
    }

    private String factory() {
      return Character.toLowerCase(className.charAt(0)) + className.substring(1);
    }
  }

  private static final int USUAL = 200;
  private static final int MOST = 1_000_000;

  private final Kind kind;
  private final double least;
  private final int thresholds;
  private final OptionalInt classId;

  private OperatingPoint(Kind kind, double least, int thresholds, OptionalInt classId) {
    if (!(least >= 0 && least <= 1)) {
      throw Messages.wrong(
          "%s expects a %s from 0 to 1 but receives %s: 0.9 is a usual one.",
          kind.factory(), kind.limited, least);
    }
    if (thresholds < 1 || thresholds > MOST) {
      throw Messages.wrong(
          "%s expects numThresholds from 1 to %,d but receives %,d: 200 is the usual one.",
          kind.factory(), MOST, thresholds);
    }
    this.kind = kind;
    this.least = least;
    this.thresholds = thresholds;
    this.classId = classId;
  }

  private static OperatingPoint of(Kind kind, double least) {
    return new OperatingPoint(kind, least, USUAL, OptionalInt.empty());
  }

  /** The highest precision where recall is at least this. */
  public static OperatingPoint precisionAtRecall(double recall) {
    return of(Kind.PRECISION_AT_RECALL, recall);
  }

  /** The highest recall where precision is at least this. */
  public static OperatingPoint recallAtPrecision(double precision) {
    return of(Kind.RECALL_AT_PRECISION, precision);
  }

  /** The highest sensitivity, which is recall, where specificity is at least this. */
  public static OperatingPoint sensitivityAtSpecificity(double specificity) {
    return of(Kind.SENSITIVITY_AT_SPECIFICITY, specificity);
  }

  /** The highest specificity where sensitivity, which is recall, is at least this. */
  public static OperatingPoint specificityAtSensitivity(double sensitivity) {
    return of(Kind.SPECIFICITY_AT_SENSITIVITY, sensitivity);
  }

  /** The same with so many thresholds; 200 by default. One is 0.5. */
  public OperatingPoint numThresholds(int count) {
    return new OperatingPoint(kind, least, count, classId);
  }

  /** The same for one output, counted from 0. */
  public OperatingPoint classId(int output) {
    Averaging.only(kind.factory(), output);
    return new OperatingPoint(kind, least, thresholds, OptionalInt.of(output));
  }

  @Override
  public String factory() {
    return kind.factory();
  }

  @Override
  public String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    Truth.widths(kind.factory(), targets, outputs);
    Truth truth = Truth.of(kind.factory(), targets, outputs);
    classId.ifPresent(id -> Averaging.only(kind.factory(), id).check(kind.factory(), outputs));
    return new Counts(truth, outputs);
  }

  /** How many positives and negatives lie between two thresholds. */
  private final class Counts extends ClassTally {
    private final int outputs;
    private final double[] positives = new double[thresholds + 1]; // the first above none
    private final double[] negatives = new double[thresholds + 1];
    private boolean isEmpty = true;

    Counts(Truth truth, int outputs) {
      super(truth);
      this.outputs = outputs;
    }

    @Override
    public void add(float[] y, float[] yHat, float[] weights, int rows) {
      for (int r = 0; r < rows; r++) {
        isEmpty = false;
        int label = truth() == Truth.LABEL ? Truth.label(kind.factory(), y[r], outputs) : 0;
        for (int c = 0; c < outputs; c++) {
          if (classId.isPresent() && classId.getAsInt() != c) {
            continue;
          }
          boolean isPositive =
              truth() == Truth.LABEL ? c == label : Truth.isPositive(y[r * outputs + c]);
          double[] counts = isPositive ? positives : negatives;
          counts[passed(yHat[r * outputs + c])] += weights == null ? 1 : weights[r];
        }
      }
    }

    /** How many thresholds a prediction is above. */
    private int passed(float prediction) {
      if (thresholds == 1) {
        return prediction > (float) Decision.HALF ? 1 : 0;
      }
      double inside = Math.max(0, Math.min(1, (double) prediction));
      return (int) Math.ceil(inside * (thresholds - 1));
    }

    @Override
    public double value() {
      if (isEmpty) {
        return Double.NaN;
      }
      double allPositives = Arrays.stream(positives).sum();
      double allNegatives = Arrays.stream(negatives).sum();
      double truePositives = 0;
      double falsePositives = 0;
      double best = 0;
      for (int t = thresholds; t >= 1; t--) {
        truePositives += positives[t];
        falsePositives += negatives[t];
        double recall = Averaging.share(truePositives, allPositives);
        double specificity = Averaging.share(allNegatives - falsePositives, allNegatives);
        double precision = Averaging.share(truePositives, truePositives + falsePositives);
        best = Math.max(best, best(recall, precision, specificity));
      }
      return best;
    }

    private double best(double recall, double precision, double specificity) {
      return switch (kind) {
        case PRECISION_AT_RECALL -> recall >= least ? precision : 0;
        case RECALL_AT_PRECISION -> precision >= least ? recall : 0;
        case SENSITIVITY_AT_SPECIFICITY -> specificity >= least ? recall : 0;
        case SPECIFICITY_AT_SENSITIVITY -> recall >= least ? specificity : 0;
      };
    }

    @Override
    public void reset() {
      isEmpty = true;
      Arrays.fill(positives, 0);
      Arrays.fill(negatives, 0);
    }
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.metrics", kind.className)
            .with("class_id", classId)
            .with("num_thresholds", thresholds)
            .with(kind.limited, least));
  }

  static OperatingPoint from(Settings settings) {
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(each -> each.className.equals(settings.className()))
            .findFirst()
            .orElseThrow();
    OperatingPoint made =
        of(kind, settings.number(kind.limited))
            .numThresholds(settings.integer("num_thresholds", USUAL));
    return settings.has("class_id") ? made.classId(settings.integer("class_id")) : made;
  }

  /** Its name in the history. */
  @Override
  public String toString() {
    return name();
  }
}
