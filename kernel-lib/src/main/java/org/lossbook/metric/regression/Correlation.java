package org.lossbook.metric.regression;

import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.metric.Averaging;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;
import org.lossbook.metric.MetricInputs;
import org.lossbook.metric.RowMetric;
import org.lossbook.metric.Truth;

/**
 * Correlation of the prediction with the truth, from −1 to 1, by their means \(\bar y, \bar p\),
 * variances \(s_y^2, s_p^2\) and covariance \(s_{yp}\):
 *
 * <ul>
 *   <li>{@link #pearsonCorrelation}: \(\frac{s_{yp}}{s_y s_p}\), 1 where one is a rising line of
 *       the other. Pearson 1895.
 *   <li>{@link #concordanceCorrelation}: \(\frac{2 s_{yp}}{s_y^2 + s_p^2 + (\bar y - \bar p)^2}\),
 *       1 where the two are the same. Lin 1989.
 * </ul>
 *
 * <p>As in Keras, a row of two numbers or more has a correlation of its own, and the figure is
 * their mean; a vector is one row. A model with a single output has no such rows: its figure is the
 * correlation over all samples, where Keras has NaN. Without a spread, Pearson's is 0/0, NaN.
 *
 * <pre>{@code
 * pearsonCorrelation().of(vector(0, 1, 0.5), vector(1, 0, 0.5))       // -1
 * concordanceCorrelation().of(vector(1, 2, 3), vector(2, 3, 4))       // 0.571
 * }</pre>
 *
 * @question Do predictions and truth rise and fall together?
 * @use To judge a trend, or agreement on the same scale.
 * @avoid When outliers dominate: one pair can make the correlation.
 */
public final class Correlation implements Metric, RowMetric, MetricInputs.Called {
  private final boolean isConcordance;

  private Correlation(boolean isConcordance) {
    this.isConcordance = isConcordance;
  }

  /** Pearson's correlation coefficient. */
  public static Correlation pearsonCorrelation() {
    return new Correlation(false);
  }

  /** Lin's concordance correlation coefficient. */
  public static Correlation concordanceCorrelation() {
    return new Correlation(true);
  }

  @Override
  public String factory() {
    return isConcordance ? "concordanceCorrelation" : "pearsonCorrelation";
  }

  @Override
  public String name() {
    return isConcordance ? "concordance_correlation" : "pearson_correlation";
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    Truth.sameWidth(factory(), targets, outputs);
    return outputs == 1 ? new OverSamples() : new OfRows(outputs);
  }

  private double of(Moments moments) {
    double weight = moments.weight;
    double covariance = moments.yp / weight;
    double ofTruth = moments.yy / weight;
    double ofPrediction = moments.pp / weight;
    if (isConcordance) {
      double apart = moments.meanY - moments.meanP;
      return Averaging.share(2 * covariance, ofTruth + ofPrediction + apart * apart);
    }
    return covariance / (Math.sqrt(ofTruth) * Math.sqrt(ofPrediction));
  }

  /** Weighted means, and sums of squares about them, updated number by number (Welford 1962). */
  private static final class Moments {
    private double weight;
    private double meanY;
    private double meanP;
    private double yy;
    private double pp;
    private double yp;

    void add(double y, double p, double w) {
      if (w == 0) {
        return;
      }
      weight += w;
      double byY = y - meanY;
      double byP = p - meanP;
      meanY += byY * w / weight;
      meanP += byP * w / weight;
      yy += w * byY * (y - meanY);
      pp += w * byP * (p - meanP);
      yp += w * byY * (p - meanP);
    }

    void reset() {
      weight = 0;
      meanY = 0;
      meanP = 0;
      yy = 0;
      pp = 0;
      yp = 0;
    }
  }

  private final class OverSamples implements Tally {
    private final Moments moments = new Moments();

    @Override
    public void add(float[] y, float[] yHat, float[] weights, int rows) {
      for (int i = 0; i < rows; i++) {
        moments.add(y[i], yHat[i], weights == null ? 1 : weights[i]);
      }
    }

    @Override
    public double value() {
      return moments.weight == 0 ? Double.NaN : of(moments);
    }

    @Override
    public void reset() {
      moments.reset();
    }
  }

  private final class OfRows implements Tally {
    private final int outputs;
    private final Moments moments = new Moments();
    private double sum;
    private double weight;

    OfRows(int outputs) {
      this.outputs = outputs;
    }

    @Override
    public void add(float[] y, float[] yHat, float[] weights, int rows) {
      for (int r = 0; r < rows; r++) {
        moments.reset();
        for (int i = r * outputs; i < (r + 1) * outputs; i++) {
          moments.add(y[i], yHat[i], 1);
        }
        double w = weights == null ? 1 : weights[r];
        sum += w * of(moments);
        weight += w;
      }
    }

    @Override
    public double value() {
      return weight == 0 ? Double.NaN : sum / weight;
    }

    @Override
    public boolean isMean() {
      return true;
    }

    @Override
    public void reset() {
      sum = 0;
      weight = 0;
    }
  }

  @Override
  public Optional<Config> config() {
    String className = isConcordance ? "ConcordanceCorrelation" : "PearsonCorrelation";
    return Optional.of(Config.of("keras.metrics", className).with("axis", -1));
  }

  static Correlation from(Settings settings) {
    settings.requireOneOf("axis", -1);
    return new Correlation(settings.className().startsWith("Concordance"));
  }

  /** Its name in the history. */
  @Override
  public String toString() {
    return name();
  }
}
