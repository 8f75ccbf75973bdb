package org.lossbook.metric.confusion;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.formula.Expr;
import org.lossbook.metric.Averaging;
import org.lossbook.metric.Decision;
import org.lossbook.metric.Direction;
import org.lossbook.metric.MetricInputs;
import org.lossbook.metric.Truth;

/**
 * True positives, true negatives, false positives or false negatives: one of the four counts of a
 * binary confusion matrix. With sample weights it is the sum of their weights.
 *
 * <p>Which predictions count as positive is as for {@link Precision}; several classes are counted
 * together unless {@link #classId} or {@link #perClass} asks for one or each.
 *
 * <pre>{@code
 * truePositives().of(vector(1, 0, 1, 0), vector(0.9, 0.8, 0.7, 0.2))    // 2
 * falsePositives().of(vector(1, 0, 1, 0), vector(0.9, 0.8, 0.7, 0.2))   // 1
 * }</pre>
 *
 * @question How many samples are there of one kind of hit or mistake?
 * @use To see the counts behind precision and recall.
 * @avoid For comparing data sets of different sizes: use a share.
 */
public final class ConfusionCount extends ConfusionMetric<ConfusionCount>
    implements MetricInputs.Called {
  private final Kind kind;

  private enum Kind {
    TRUE_POSITIVES("TruePositives"),
    TRUE_NEGATIVES("TrueNegatives"),
    FALSE_POSITIVES("FalsePositives"),
    FALSE_NEGATIVES("FalseNegatives");

    /** In files. */
    private final String className;

    Kind(String className) {
      this.className = className;
    }
  }

  private ConfusionCount(Kind kind, Decision decision, Averaging averaging) {
    super(decision, averaging);
    this.kind = kind;
  }

  private ConfusionCount(Kind kind) {
    this(kind, Decision.OPEN, Averaging.OPEN);
  }

  /** Positives that are predicted as positive. */
  public static ConfusionCount truePositives() {
    return new ConfusionCount(Kind.TRUE_POSITIVES);
  }

  /** Negatives that are predicted as negative. */
  public static ConfusionCount trueNegatives() {
    return new ConfusionCount(Kind.TRUE_NEGATIVES);
  }

  /** Negatives that are predicted as positive: false alarms. */
  public static ConfusionCount falsePositives() {
    return new ConfusionCount(Kind.FALSE_POSITIVES);
  }

  /** Positives that are predicted as negative: misses. */
  public static ConfusionCount falseNegatives() {
    return new ConfusionCount(Kind.FALSE_NEGATIVES);
  }

  /**
   * {@inheritDoc}
   *
   * @hidden
   */
  @Internal
  @Override
  public String factory() {
    return Character.toLowerCase(kind.className.charAt(0)) + kind.className.substring(1);
  }

  @Override
  public String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Direction direction() {
    return kind.name().startsWith("TRUE") ? Direction.UP : Direction.DOWN;
  }

  @Override
  Averaging.Kind defaultAverage(Truth truth) {
    return Averaging.Kind.MICRO;
  }

  @Override
  ConfusionCount with(Decision decision, Averaging averaging) {
    return new ConfusionCount(kind, decision, averaging);
  }

  @Override
  public Expr formula() {
    return switch (kind) {
      case TRUE_POSITIVES -> Counts.TP;
      case TRUE_NEGATIVES -> Counts.TN;
      case FALSE_POSITIVES -> Counts.FP;
      case FALSE_NEGATIVES -> Counts.FN;
    };
  }

  @Override
  double of(double tp, double fp, double fn, double tn) {
    return switch (kind) {
      case TRUE_POSITIVES -> tp;
      case TRUE_NEGATIVES -> tn;
      case FALSE_POSITIVES -> fp;
      case FALSE_NEGATIVES -> fn;
    };
  }

  @Override
  public Optional<Config> config() {
    boolean isPlain = decision().topK().isEmpty() && averaging().classId().isEmpty();
    Config count = counted(kind.className);
    // Keras's counts take no other setting, not even as None.
    return Optional.of(
        isPlain
            ? new Config(count.module(), count.className(), Map.of())
                .with("thresholds", decision().threshold())
            : count.asOurs());
  }

  static ConfusionCount from(Settings settings) {
    Kind saved =
        Arrays.stream(Kind.values())
            .filter(kind -> kind.className.equals(settings.className()))
            .findFirst()
            .orElseThrow();
    return new ConfusionCount(saved).read(settings, "thresholds");
  }
}
