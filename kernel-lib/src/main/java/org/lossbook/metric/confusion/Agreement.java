package org.lossbook.metric.confusion;

import java.util.Arrays;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.metric.Decision;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.metric.MetricInputs;
import org.lossbook.metric.Truth;

/**
 * Agreement of the predicted with the true classes beyond what the classes' frequencies alone would
 * give, from the counts \(C_{kl}\) of class k predicted as l, with \(t_k\) the samples of class k,
 * \(p_k\) those predicted as k, \(c\) the right ones and \(s\) all:
 *
 * <ul>
 *   <li>{@link #matthewsCorrelation}: \(\frac{c s - \sum_k p_k t_k}{\sqrt{s^2 - \sum_k p_k^2}
 *       \sqrt{s^2 - \sum_k t_k^2}}\), from −1 to 1, 0 for guessing. Matthews 1975; Gorodkin 2004
 *       for several classes.
 *   <li>{@link #cohenKappa}: \(\frac{c / s - e}{1 - e}\) with the agreement by chance \(e = \sum_k
 *       p_k t_k / s^2\), from −1 to 1, 0 for guessing. Cohen 1960.
 *   <li>{@link #balancedAccuracy}: the mean recall of the classes that occur, from 0 to 1, \(1/K\)
 *       for guessing among K. Brodersen et al. 2010.
 * </ul>
 *
 * <p>Use them for rare classes, where always saying the common one is accurate and worthless. A
 * single output above one half is a yes; of rows, the largest number is the class. What would be
 * 0/0 is 0. They mean what they do in scikit-learn.
 *
 * <pre>{@code
 * matthewsCorrelation().of(vector(1, 1, 1, 0), vector(0.9, 0.2, 0.8, 0.1))   // 0.577
 * cohenKappa().of(vector(1, 1, 1, 0), vector(0.9, 0.2, 0.8, 0.1))            // 0.5
 * balancedAccuracy().of(vector(1, 1, 1, 0), vector(0.9, 0.2, 0.8, 0.1))      // 0.833
 * }</pre>
 *
 * @question Do predicted and true classes agree more than chance would have it?
 * @avoid When the classes are balanced: accuracy is easier to read.
 */
public final class Agreement implements Metric, MetricInputs.Called {
  private enum Kind {
    MATTHEWS("MatthewsCorrelation", "matthewsCorrelation", "matthews_correlation"),
    KAPPA("CohenKappa", "cohenKappa", "cohen_kappa"),
    BALANCED("BalancedAccuracy", "balancedAccuracy", "balanced_accuracy");

    private final String className;
    private final String factory;
    private final String metric;

    Kind(String className, String factory, String metric) {
      this.className = className;
      this.factory = factory;
      this.metric = metric;
    }
  }

  private final Kind kind;
  private final double threshold;

  private Agreement(Kind kind, double threshold) {
    this.kind = kind;
    this.threshold = threshold;
  }

  /**
   * Matthews's correlation coefficient, also called φ.
   *
   * @question How strongly are predicted and true classes correlated?
   * @use For rare classes: it is high only where all four counts are good.
   * @avoid When the classes are balanced: accuracy is easier to read.
   * @source Matthews 1975; Gorodkin 2004 for several classes.
   */
  public static Agreement matthewsCorrelation() {
    return new Agreement(Kind.MATTHEWS, Decision.HALF);
  }

  /**
   * Cohen's κ.
   *
   * @question How much better than chance do two judges agree?
   * @use For comparing two judges, or a model with frequencies that differ.
   * @avoid Across data sets: it depends on how frequent the classes are.
   * @source Cohen 1960.
   */
  public static Agreement cohenKappa() {
    return new Agreement(Kind.KAPPA, Decision.HALF);
  }

  /**
   * The mean recall of the classes.
   *
   * @question What share of each class is recognized, on average?
   * @use For rare classes that count as much as common ones.
   * @avoid When frequent classes should count more.
   * @source Brodersen et al. 2010.
   */
  public static Agreement balancedAccuracy() {
    return new Agreement(Kind.BALANCED, Decision.HALF);
  }

  /** Predicts yes for a single output above this, 0.5 by default; use 0 for logits. */
  public Agreement threshold(double threshold) {
    Decision.checkThreshold(kind.factory, threshold);
    return new Agreement(kind, threshold);
  }

  /** With this default threshold, where none was chosen. */
  Agreement withDefaultThreshold(double other) {
    return threshold == Decision.HALF ? threshold(other) : this;
  }

  @Override
  public String factory() {
    return kind.factory;
  }

  @Override
  public String name() {
    return kind.metric;
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    Truth.widths(kind.factory, targets, outputs);
    Truth truth = Truth.of(kind.factory, targets, outputs);
    return new ConfusionMatrix(Math.max(2, outputs), this::of) {
      @Override
      public void add(float[] y, float[] yHat, float[] weights, int rows) {
        for (int i = 0; i < rows; i++) {
          double weight = weights == null ? 1 : weights[i];
          if (outputs == 1) {
            count(Truth.isPositive(y[i]) ? 1 : 0, yHat[i] > (float) threshold ? 1 : 0, weight);
          } else {
            int label =
                truth == Truth.LABEL
                    ? Truth.label(kind.factory, y[i], outputs)
                    : argmax(y, i, outputs);
            count(label, argmax(yHat, i, outputs), weight);
          }
        }
      }
    };
  }

  private double of(double[][] counts) {
    int classes = counts.length;
    double[] said = new double[classes];
    double[] actual = new double[classes];
    double right = 0;
    for (int k = 0; k < classes; k++) {
      right += counts[k][k];
      for (int l = 0; l < classes; l++) {
        actual[k] += counts[k][l];
        said[l] += counts[k][l];
      }
    }
    double all = Arrays.stream(actual).sum();
    return switch (kind) {
      case MATTHEWS -> {
        double divisor = (all * all - dot(said, said)) * (all * all - dot(actual, actual));
        yield divisor > 0 ? (right * all - dot(said, actual)) / Math.sqrt(divisor) : 0;
      }
      case KAPPA -> {
        double chance = all == 0 ? 1 : dot(said, actual) / (all * all);
        yield chance == 1 ? 0 : (right / all - chance) / (1 - chance);
      }
      case BALANCED -> recalls(counts, actual);
    };
  }

  private static double recalls(double[][] counts, double[] actual) {
    double sum = 0;
    int occurring = 0;
    for (int k = 0; k < actual.length; k++) {
      sum += actual[k] > 0 ? counts[k][k] / actual[k] : 0;
      occurring += actual[k] > 0 ? 1 : 0;
    }
    return occurring == 0 ? 0 : sum / occurring;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Override
  public Optional<Config> config() {
    Config config = Config.ours(kind.className);
    return Optional.of(threshold == Decision.HALF ? config : config.with("threshold", threshold));
  }

  static Agreement from(Settings settings) {
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(each -> each.className.equals(settings.className()))
            .findFirst()
            .orElseThrow();
    return new Agreement(kind, Decision.HALF)
        .threshold(settings.number("threshold", Decision.HALF));
  }

  /** Its name in the history. */
  @Override
  public String toString() {
    return name();
  }
}
