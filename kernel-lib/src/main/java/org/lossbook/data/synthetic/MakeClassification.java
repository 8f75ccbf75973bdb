package org.lossbook.data.synthetic;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Refined;
import org.lossbook.config.Require;
import org.lossbook.data.table.TableData;
import org.lossbook.engine.Memory;
import tech.tablesaw.api.Table;

/**
 * A random classification problem: each class has one or several normal clusters, centred on the
 * corners of a hypercube with sides of {@code 2 · classSep}, each with its own random covariance.
 * The first features are informative, the next ones ({@code redundant}) linear combinations of
 * these, the others noise. After scikit-learn's {@code make_classification} (Pedregosa et al.,
 * 2011; Guyon, 2003), with one cluster per class by default.
 *
 * <pre>{@code
 * makeClassification(300).features(10).classes(3).seed(1).truth()     // the clusters and their classes
 * makeClassification(300).features(10).classes(3).split(0.8, 42).train().size()    // 240
 * }</pre>
 */
public final class MakeClassification extends SyntheticDataset {
  private static final int MOST_INFORMATIVE = 30; // the maximum number of bits of a corner

  private final int samples;
  private final Choice choice;
  private final long seed;

  /** The settings of one specification; never changed once it has them. */
  private static final class Choice extends Refined<Choice> {
    int features = 10;
    int informative; // 0 if not set
    int redundant;
    int classes = 2;
    int clustersPerClass = 1;
    double[] weights = {};
    double classSep = 1;
    double flipY = 0.01;

    Choice changed(Consumer<Choice> change) {
      return with(change);
    }

    int informative() {
      return informative > 0 ? informative : Math.max(1, Math.min(5, features - redundant));
    }
  }

  private MakeClassification(int samples, Choice choice, long seed) {
    this.samples = samples;
    this.choice = choice;
    this.seed = seed;
  }

  /**
   * A dataset of this many samples, two classes and ten features, five of them informative; one
   * label in a hundred is replaced at random.
   */
  public static MakeClassification of(int samples) {
    SyntheticDataset.count("makeClassification", "samples", 2, samples);
    return new MakeClassification(samples, new Choice(), 0);
  }

  private MakeClassification with(Consumer<Choice> change) {
    return new MakeClassification(samples, choice.changed(change), seed);
  }

  /** The number of features; 10 by default. */
  public MakeClassification features(int count) {
    SyntheticDataset.columns(count);
    return with(c -> c.features = count);
  }

  /** The number of informative features, which come first; up to 5 by default. */
  public MakeClassification informative(int count) {
    SyntheticDataset.count("informative", "features", 1, count);
    return with(c -> c.informative = count);
  }

  /**
   * The number of redundant features: linear combinations of the informative ones; 0 by default.
   */
  public MakeClassification redundant(int count) {
    SyntheticDataset.count("redundant", "features", 0, count);
    return with(c -> c.redundant = count);
  }

  /** The number of classes; 2 by default. */
  public MakeClassification classes(int count) {
    SyntheticDataset.count("classes", "classes", 2, count);
    return with(c -> c.classes = count);
  }

  /** The number of clusters per class; 1 by default. */
  public MakeClassification clustersPerClass(int count) {
    SyntheticDataset.count("clustersPerClass", "clusters", 1, count);
    return with(c -> c.clustersPerClass = count);
  }

  /** The proportion of each class: {@code weights(0.95, 0.05)}; equal by default. */
  public MakeClassification weights(double... parts) {
    Require.given(parts, "weights", "a part for each class", "weights(0.95, 0.05) has two");
    if (DoubleStream.of(parts).anyMatch(part -> !(part > 0))
        || Math.abs(DoubleStream.of(parts).sum() - 1) > 1e-6) {
      throw Messages.wrong(
          "weights expects a part above 0 for each class, 1 in all, but receives %s: weights(0.95, 0.05) makes one in twenty.",
          Arrays.toString(parts));
    }
    return with(c -> c.weights = parts.clone());
  }

  /** The class separation, half the side of the hypercube: larger is easier; 1 by default. */
  public MakeClassification classSep(double half) {
    SyntheticDataset.positive("classSep", half);
    return with(c -> c.classSep = half);
  }

  /** The fraction of labels replaced at random, 0 to 1; 0.01 by default. */
  public MakeClassification flipY(double part) {
    if (!(part >= 0 && part <= 1)) {
      throw Messages.wrong(
          "flipY expects a fraction of the labels from 0 to 1 but receives %s: 0.01 is one in a hundred.",
          part);
    }
    return with(c -> c.flipY = part);
  }

  /** Sets the seed; 0 by default. */
  public MakeClassification seed(long value) {
    return new MakeClassification(samples, choice, value);
  }

  private int clusters() {
    long clusters = (long) choice.classes * choice.clustersPerClass;
    return (int) Math.min(clusters, Integer.MAX_VALUE);
  }

  private void check() {
    var c = choice;
    int informative = c.informative();
    if (c.weights.length != 0 && c.weights.length != c.classes) {
      throw Messages.wrong(
          "weights expects a part for each of %d classes but receives %s: make them as many.",
          c.classes, Arrays.toString(c.weights));
    }
    if ((long) informative + c.redundant > c.features) {
      throw Messages.wrong(
          "makeClassification expects at least as many features as are informative or redundant but receives %d for %d and %d: ask for more features.",
          c.features, informative, c.redundant);
    }
    if (informative < MOST_INFORMATIVE && clusters() > 1 << informative) {
      throw Messages.wrong(
          "makeClassification expects a corner of the cube for each cluster but %d informative features have %d corners for %d clusters: ask for more informative(…) or fewer classes.",
          informative, 1 << informative, clusters());
    }
    SyntheticDataset.count(
        Messages.of("makeClassification of %d clusters", clusters()),
        "samples",
        clusters(),
        samples);
    SyntheticDataset.room("clusters", clusters(), informative);
  }

  /** The corner of each cluster, all different. */
  private double[][] centers() {
    check();
    var draws = new PortableRandom(seed).split();
    int informative = choice.informative();
    int bits = Math.min(informative, MOST_INFORMATIVE);
    int[] corners = corners(draws, bits);
    double[][] centers = new double[clusters()][informative];
    for (int k = 0; k < centers.length; k++) {
      for (int j = 0; j < informative; j++) {
        int side = j < bits ? corners[k] >> j & 1 : draws.between(0, 1) < 0.5 ? 0 : 1;
        centers[k][j] = (2 * side - 1) * choice.classSep;
      }
    }
    return centers;
  }

  /**
   * Draws corners until all are different; if there are many corners, at most half of them are
   * needed.
   */
  private int[] corners(PortableRandom draws, int bits) {
    if (bits <= 12) {
      return IntStream.of(draws.order(1 << bits)).limit(clusters()).toArray();
    }
    return IntStream.generate(() -> (int) draws.between(0, 1 << bits))
        .distinct()
        .limit(clusters())
        .toArray();
  }

  /** The cluster at a position from 0 to 1, of which each class has its proportion. */
  private int cluster(double place) {
    double from = 0;
    for (int label = 0; label < choice.classes; label++) {
      double part = choice.weights.length == 0 ? 1.0 / choice.classes : choice.weights[label];
      if (place < from + part || label == choice.classes - 1) {
        int within = (int) ((place - from) / part * choice.clustersPerClass);
        return label + choice.classes * Math.min(within, choice.clustersPerClass - 1);
      }
      from += part;
    }
    throw new IllegalStateException("no class at " + place);
  }

  private int label(int cluster) {
    return cluster % choice.classes;
  }

  /** The clusters: their classes, and their centres in the informative features. */
  @Override
  public Table truth() {
    return RowBuffer.centers(centers(), IntStream.range(0, clusters()).map(this::label).toArray());
  }

  @Override
  TableData generate() {
    double[][] centers = centers();
    var root = new PortableRandom(seed);
    root.split(); // the centres
    var order = root.split();
    var shapes = root.split();
    var places = root.split();
    var flips = root.split();
    int informative = choice.informative();
    SyntheticDataset.room("makeClassification", samples, choice.features);
    Memory.heap(
        Messages.of("makeClassification of %d informative features", informative),
        Memory.product(Double.BYTES, clusters() + 1L, informative, informative),
        "ask for fewer");
    double[][][] stretch = new double[clusters()][][];
    for (int k = 0; k < stretch.length; k++) {
      stretch[k] = matrix(shapes, informative, informative);
    }
    double[][] sums = matrix(shapes, informative, choice.redundant);
    double[][] x = new double[samples][choice.features];
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      SyntheticDataset.checkInterrupt("makeClassification", i, samples);
      int cluster = cluster((i + 0.5) / samples);
      double[] point = IntStream.range(0, informative).mapToDouble(j -> places.normal()).toArray();
      double[] moved = times(point, stretch[cluster]);
      for (int j = 0; j < informative; j++) {
        x[i][j] = moved[j] + centers[cluster][j];
      }
      System.arraycopy(times(x[i], sums), 0, x[i], informative, choice.redundant);
      for (int j = informative + choice.redundant; j < choice.features; j++) {
        x[i][j] = places.normal();
      }
      boolean flipped = flips.between(0, 1) < choice.flipY;
      int another = (int) flips.between(0, choice.classes);
      labels[i] = flipped ? another : label(cluster);
    }
    return RowBuffer.classification("classification", x, labels, choice.classes, order);
  }

  private static double[][] matrix(PortableRandom draws, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int c = 0; c < columns; c++) {
        row[c] = draws.between(-1, 1);
      }
    }
    return matrix;
  }

  /** A row times a matrix; a longer row is truncated. */
  private static double[] times(double[] row, double[][] matrix) {
    double[] sums = new double[matrix[0].length];
    for (int r = 0; r < matrix.length; r++) {
      for (int c = 0; c < sums.length; c++) {
        sums[c] += row[r] * matrix[r][c];
      }
    }
    return sums;
  }
}
