package org.lossbook.data.synthetic;

import org.lossbook.data.table.TableData;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * Two interleaving half circles of radius 1: class 0 above, class 1 below and to the right. They
 * are not linearly separable. After scikit-learn's {@code make_moons} (Pedregosa et al., 2011).
 *
 * <pre>{@code
 * makeMoons(200).noise(0.1).seed(1).plot()
 * makeMoons(5).y().toArray()               // [1, 1, 0, 1, 0], shuffled
 * }</pre>
 */
public final class MakeMoons extends SyntheticDataset {
  private final int samples;
  private final double noise;
  private final long seed;

  private MakeMoons(int samples, double noise, long seed) {
    this.samples = samples;
    this.noise = noise;
    this.seed = seed;
  }

  /** A dataset of this many points, half of them in each moon, exactly on the circles. */
  public static MakeMoons of(int samples) {
    return new MakeMoons(SyntheticDataset.count("makeMoons", "samples", 2, samples), 0, 0);
  }

  /** The standard deviation of the Gaussian noise added to both coordinates. */
  public MakeMoons noise(double deviation) {
    return new MakeMoons(samples, SyntheticDataset.positive("noise", deviation), seed);
  }

  /** Sets the seed; 0 by default. */
  public MakeMoons seed(long value) {
    return new MakeMoons(samples, noise, value);
  }

  /** The centre of each circle, and its half: 1 for the upper one, −1 for the lower one. */
  @Override
  public Table truth() {
    return Table.create(
        "truth",
        IntColumn.create("class", new int[] {0, 1}),
        DoubleColumn.create("x1", new double[] {0, 1}),
        DoubleColumn.create("x2", new double[] {0, 0.5}),
        IntColumn.create("half", new int[] {1, -1}));
  }

  @Override
  TableData generate() {
    SyntheticDataset.room("makeMoons", samples, 2);
    var draws = new PortableRandom(seed);
    var order = draws.split();
    double[][] x = new double[samples][2];
    int[] labels = new int[samples];
    int upper = samples / 2;
    for (int i = 0; i < samples; i++) {
      SyntheticDataset.checkInterrupt("makeMoons", i, samples);
      labels[i] = i < upper ? 0 : 1;
      int place = i < upper ? i : i - upper;
      int last = (i < upper ? upper : samples - upper) - 1;
      double angle = last == 0 ? 0 : StrictMath.PI * place / last;
      double cos = StrictMath.cos(angle);
      double sin = StrictMath.sin(angle);
      x[i][0] = (i < upper ? cos : 1 - cos) + noise * draws.normal();
      x[i][1] = (i < upper ? sin : 0.5 - sin) + noise * draws.normal();
    }
    return RowBuffer.classification("moons", x, labels, 2, order);
  }
}
