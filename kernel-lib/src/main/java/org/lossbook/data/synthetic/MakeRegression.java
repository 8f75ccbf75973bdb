package org.lossbook.data.synthetic;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lossbook.data.table.TableData;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A random linear regression problem: normal features (mean 0, standard deviation 1), {@code y =
 * bias + Σ coefficient · x + noise}, the coefficients drawn uniformly from −1 to 1. After
 * scikit-learn's {@code make_regression} (Pedregosa et al., 2011), whose coefficients go from 0 to
 * 100.
 *
 * <pre>{@code
 * makeRegression(200).features(3).seed(1).coefficients()              // [-0.264, 0.887, -0.909]
 * makeRegression(200).features(3).noise(0.1).seed(1).table()          // x1, x2, x3, y
 * makeRegression(200).noise(0.1).seed(1).split(0.8, 42).train().size()    // 160
 * }</pre>
 */
public final class MakeRegression extends SyntheticDataset {
  private final int samples;
  private final int features;
  private final int informative;
  private final double bias;
  private final double noise;
  private final double scale;
  private final long seed;

  private MakeRegression(
      int samples,
      int features,
      int informative,
      double bias,
      double noise,
      double scale,
      long seed) {
    this.samples = samples;
    this.features = features;
    this.informative = informative;
    this.bias = bias;
    this.noise = noise;
    this.scale = scale;
    this.seed = seed;
  }

  /** A dataset of this many samples and ten features, all informative, without noise. */
  public static MakeRegression of(int samples) {
    SyntheticDataset.count("makeRegression", "samples", 1, samples);
    return new MakeRegression(samples, 10, Integer.MAX_VALUE, 0, 0, 1, 0);
  }

  /** The number of features; 10 by default. */
  public MakeRegression features(int count) {
    SyntheticDataset.columns(count);
    return new MakeRegression(samples, count, informative, bias, noise, scale, seed);
  }

  /** The number of informative features, which come first; the others have the coefficient 0. */
  public MakeRegression informative(int count) {
    SyntheticDataset.count("informative", "features", 0, count);
    return new MakeRegression(samples, features, count, bias, noise, scale, seed);
  }

  /** The bias: the value of y where all features are 0. */
  public MakeRegression bias(double value) {
    return new MakeRegression(samples, features, informative, value, noise, scale, seed);
  }

  /** The standard deviation of the Gaussian noise added to y. */
  public MakeRegression noise(double deviation) {
    SyntheticDataset.positive("noise", deviation);
    return new MakeRegression(samples, features, informative, bias, deviation, scale, seed);
  }

  /** The maximum absolute value of a coefficient; 1 by default. */
  public MakeRegression scale(double greatest) {
    SyntheticDataset.positive("scale", greatest);
    return new MakeRegression(samples, features, informative, bias, noise, greatest, seed);
  }

  /** Sets the seed; 0 by default. */
  public MakeRegression seed(long value) {
    return new MakeRegression(samples, features, informative, bias, noise, scale, value);
  }

  /** The coefficient of each feature, in their order. */
  public double[] coefficients() {
    SyntheticDataset.room("coefficients", 1, features);
    var draws = new PortableRandom(seed).split();
    double[] all = IntStream.range(0, features).mapToDouble(i -> draws.between(-1, 1)).toArray();
    return IntStream.range(0, features)
        .mapToDouble(i -> i < informative ? scale * all[i] : 0)
        .toArray();
  }

  /** The coefficient of each feature, and the bias, one per row. */
  @Override
  public Table truth() {
    SyntheticDataset.room("truth", features, 1);
    String[] names =
        IntStream.rangeClosed(0, features)
            .mapToObj(i -> i < features ? "x" + (i + 1) : "bias")
            .toArray(String[]::new);
    double[] numbers = Arrays.copyOf(coefficients(), features + 1);
    numbers[features] = bias;
    return Table.create(
        "truth", StringColumn.create("of", names), DoubleColumn.create("coefficient", numbers));
  }

  @Override
  TableData generate() {
    SyntheticDataset.room("makeRegression", samples, features);
    var root = new PortableRandom(seed);
    root.split(); // the coefficients
    var places = root.split();
    var errors = root.split();
    double[] coefficients = coefficients();
    double[][] x = new double[samples][features];
    double[] y = new double[samples];
    for (int r = 0; r < samples; r++) {
      SyntheticDataset.checkInterrupt("makeRegression", r, samples);
      y[r] = bias;
      for (int c = 0; c < features; c++) {
        x[r][c] = places.normal();
        y[r] += coefficients[c] * x[r][c];
      }
      y[r] += noise * errors.normal();
    }
    return RowBuffer.regression("regression", x, y);
  }
}
