package org.lossbook.data.synthetic;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lossbook.config.Refined;
import org.lossbook.config.Require;
import org.lossbook.data.table.TableData;
import org.lossbook.engine.Memory;
import tech.tablesaw.api.Table;

/**
 * Classes of one or several clusters each, the clusters around corners of a cube with sides of
 * {@code 2 · classSep}, each stretched and turned in its own way. The first features inform, the
 * next ones ({@code redundant}) are sums of these, the others are noise. After scikit-learn's
 * {@code make_classification} (Pedregosa et al., 2011; Guyon, 2003), with one cluster a class
 * unless told otherwise.
 *
 * <pre>{@code
 * makeClassification(300).features(10).classes(3).seed(1).truth()     // the clusters and their classes
 * makeClassification(300).features(10).classes(3).split(0.8, 42).train().size()    // 240
 * }</pre>
 */
public final class MakeClassification extends SyntheticDataset {
  private static final int MOST_INFORMATIVE = 30; // as many bits as a corner may have

  private final int samples;
  private final Choice choice;
  private final long seed;

  /** What a reader has said; kept by one specification, and never changed from then on. */
  private static final class Choice extends Refined<Choice> {
    int features = 10;
    int informative; // 0 where nothing was said
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
   * So many rows of two classes and ten features, five of which inform; one label in a hundred is
   * drawn anew.
   */
  public static MakeClassification of(int samples) {
    SyntheticDataset.count("makeClassification", "samples", 2, samples);
    return new MakeClassification(samples, new Choice(), 0);
  }

  private MakeClassification with(Consumer<Choice> change) {
    return new MakeClassification(samples, choice.changed(change), seed);
  }

  /** So many features; without this call 10. */
  public MakeClassification features(int count) {
    SyntheticDataset.columns(count);
    return with(c -> c.features = count);
  }

  /** How many features, the first ones, tell the classes apart; without this call up to 5. */
  public MakeClassification informative(int count) {
    SyntheticDataset.count("informative", "features", 1, count);
    return with(c -> c.informative = count);
  }

  /** How many features after these are sums of them; without this call none. */
  public MakeClassification redundant(int count) {
    SyntheticDataset.count("redundant", "features", 0, count);
    return with(c -> c.redundant = count);
  }

  /** So many classes; without this call 2. */
  public MakeClassification classes(int count) {
    SyntheticDataset.count("classes", "classes", 2, count);
    return with(c -> c.classes = count);
  }

  /** So many clusters a class; without this call 1. */
  public MakeClassification clustersPerClass(int count) {
    SyntheticDataset.count("clustersPerClass", "clusters", 1, count);
    return with(c -> c.clustersPerClass = count);
  }

  /** The part of each class: {@code weights(0.95, 0.05)}; without this call alike. */
  public MakeClassification weights(double... parts) {
    Require.given(parts, "weights", "a part for each class", "weights(0.95, 0.05) has two");
    if (DoubleStream.of(parts).anyMatch(part -> !(part > 0))
        || Math.abs(DoubleStream.of(parts).sum() - 1) > 1e-6) {
      throw new IllegalArgumentException(
          "weights expects a part above 0 for each class, 1 in all, but receives %s: weights(0.95, 0.05) makes one in twenty."
              .formatted(Arrays.toString(parts)));
    }
    return with(c -> c.weights = parts.clone());
  }

  /** Half the side of the cube: larger is easier; without this call 1. */
  public MakeClassification classSep(double half) {
    SyntheticDataset.positive("classSep", half);
    return with(c -> c.classSep = half);
  }

  /** The part of the labels that is drawn anew, 0 to 1; without this call 0.01. */
  public MakeClassification flipY(double part) {
    if (!(part >= 0 && part <= 1)) {
      throw new IllegalArgumentException(
          "flipY expects a part of the labels from 0 to 1 but receives %s: 0.01 is one in a hundred."
              .formatted(part));
    }
    return with(c -> c.flipY = part);
  }

  /** Another seed draws other numbers. */
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
      throw new IllegalArgumentException(
          "weights expects a part for each of %d classes but receives %s: make them as many."
              .formatted(c.classes, Arrays.toString(c.weights)));
    }
    if ((long) informative + c.redundant > c.features) {
      throw new IllegalArgumentException(
          "makeClassification expects at least as many features as inform or are redundant but receives %d for %d and %d: ask for more features."
              .formatted(c.features, informative, c.redundant));
    }
    if (informative < MOST_INFORMATIVE && clusters() > 1 << informative) {
      throw new IllegalArgumentException(
          "makeClassification expects a corner of the cube for each cluster but %d informative features have %d corners for %d clusters: ask for more informative(…) or fewer classes."
              .formatted(informative, 1 << informative, clusters()));
    }
    SyntheticDataset.count(
        "makeClassification of %d clusters".formatted(clusters()), "samples", clusters(), samples);
    SyntheticDataset.room("clusters", clusters(), informative);
  }

  /** A corner each, no two alike. */
  private double[][] centers() {
    check();
    var draws = new PortableRandom(seed).other();
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

  /** Drawn until all are different; half of the corners at most are wanted where there are many. */
  private int[] corners(PortableRandom draws, int bits) {
    if (bits <= 12) {
      return IntStream.of(draws.order(1 << bits)).limit(clusters()).toArray();
    }
    return IntStream.generate(() -> (int) draws.between(0, 1 << bits))
        .distinct()
        .limit(clusters())
        .toArray();
  }

  /** The cluster at a place of the whole, from 0 to 1, in which each class has its part. */
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

  /** The clusters: their classes, and their centers among the features that inform. */
  @Override
  public Table truth() {
    return RowBuffer.centers(centers(), IntStream.range(0, clusters()).map(this::label).toArray());
  }

  @Override
  TableData drawn() {
    double[][] centers = centers();
    var root = new PortableRandom(seed);
    root.other(); // the centers
    var order = root.other();
    var shapes = root.other();
    var places = root.other();
    var flips = root.other();
    int informative = choice.informative();
    SyntheticDataset.room("makeClassification", samples, choice.features);
    Memory.heap(
        "makeClassification of %d informative features".formatted(informative),
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
    return RowBuffer.classes("classification", x, labels, choice.classes, order);
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

  /** A row times a matrix; of a longer row its first numbers. */
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
