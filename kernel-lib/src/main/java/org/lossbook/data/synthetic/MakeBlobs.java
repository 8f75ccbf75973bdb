package org.lossbook.data.synthetic;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.data.Values;
import org.lossbook.data.table.TableData;
import tech.tablesaw.api.Table;

/**
 * Isotropic Gaussian blobs, one per class; by default their centres are drawn uniformly from a box.
 * After scikit-learn's {@code make_blobs} (Pedregosa et al., 2011).
 *
 * <pre>{@code
 * makeBlobs(300).centers(3).clusterStd(0.8).seed(1).plot()
 * makeBlobs(4).centers(matrix(row(0, 0), row(3, 4))).clusterStd(0).x().rows(0, 2).toArray()   // [3, 4, 3, 4]
 * }</pre>
 */
public final class MakeBlobs extends SyntheticDataset {
  private final int samples;
  private final int features;
  private final int classes;
  private final double[][] given; // empty if they are random
  private final double clusterStd;
  private final double low;
  private final double high;
  private final long seed;

  private MakeBlobs(
      int samples,
      int features,
      int classes,
      double[][] given,
      double clusterStd,
      double low,
      double high,
      long seed) {
    this.samples = samples;
    this.features = features;
    this.classes = classes;
    this.given = given;
    this.clusterStd = clusterStd;
    this.low = low;
    this.high = high;
    this.seed = seed;
  }

  /**
   * A dataset of this many points in three blobs with two features and standard deviation 1,
   * centred in a box from −10 to 10.
   */
  public static MakeBlobs of(int samples) {
    SyntheticDataset.count("makeBlobs", "samples", 2, samples);
    return new MakeBlobs(samples, 2, 3, new double[0][], 1, -10, 10, 0);
  }

  /** The number of features; 2 by default. */
  public MakeBlobs features(int count) {
    SyntheticDataset.columns(count);
    return new MakeBlobs(samples, count, classes, new double[0][], clusterStd, low, high, seed);
  }

  /** The number of blobs, with random centres; 3 by default. */
  public MakeBlobs centers(int count) {
    SyntheticDataset.count("centers", "centers", 2, count);
    return new MakeBlobs(samples, features, count, new double[0][], clusterStd, low, high, seed);
  }

  /** The centres of the blobs, one per row: {@code centers(matrix(row(0, 0), row(3, 3)))}. */
  public MakeBlobs centers(double[][] places) {
    Values all = Values.of("centers", places).finite("centers", "the places");
    SyntheticDataset.count("centers", "centers", 2, all.rows());
    double[][] copy = Arrays.stream(places).map(double[]::clone).toArray(double[][]::new);
    return new MakeBlobs(samples, all.rowSize(), copy.length, copy, clusterStd, low, high, seed);
  }

  /** The standard deviation of each blob, in all directions; 1 by default. */
  public MakeBlobs clusterStd(double deviation) {
    SyntheticDataset.positive("clusterStd", deviation);
    return new MakeBlobs(samples, features, classes, given, deviation, low, high, seed);
  }

  /** The range of random centres in each coordinate; −10 to 10 by default. */
  public MakeBlobs centerBox(double least, double greatest) {
    if (!(least < greatest && Double.isFinite(greatest - least))) {
      throw Messages.wrong(
          "centerBox expects a minimum and a maximum but receives %s and %s: centerBox(-10, 10) is the default.",
          least, greatest);
    }
    return new MakeBlobs(samples, features, classes, given, clusterStd, least, greatest, seed);
  }

  /** Another seed draws other numbers. */
  public MakeBlobs seed(long value) {
    return new MakeBlobs(samples, features, classes, given, clusterStd, low, high, value);
  }

  private double[][] centers() {
    SyntheticDataset.room("centers", classes, features);
    var draws = new PortableRandom(seed).split();
    return given.length > 0
        ? given
        : IntStream.range(0, classes)
            .mapToObj(
                i ->
                    IntStream.range(0, features)
                        .mapToDouble(j -> draws.between(low, high))
                        .toArray())
            .toArray(double[][]::new);
  }

  /** The centre of each class. */
  @Override
  public Table truth() {
    return RowBuffer.centers(centers(), IntStream.range(0, classes).toArray());
  }

  @Override
  TableData generate() {
    SyntheticDataset.count(Messages.of("centers(%d)", classes), "samples", classes, samples);
    SyntheticDataset.room("makeBlobs", samples, features);
    var root = new PortableRandom(seed);
    root.split(); // the centres
    var order = root.split();
    var places = root.split();
    double[][] centers = centers();
    double[][] x = new double[samples][features];
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      SyntheticDataset.checkInterrupt("makeBlobs", i, samples);
      labels[i] = i % classes;
      for (int c = 0; c < features; c++) {
        x[i][c] = centers[labels[i]][c] + clusterStd * places.normal();
      }
    }
    return RowBuffer.classification("blobs", x, labels, classes, order);
  }
}
