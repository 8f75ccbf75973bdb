package org.lossbook.data.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lossbook.base.Messages;
import org.lossbook.data.series.SeriesSource;
import org.lossbook.data.series.TimeSeries;
import org.lossbook.engine.Memory;
import org.lossbook.notebook.Renderable;
import org.lossbook.plot.Chart;
import org.lossbook.plot.Figure;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * A time series of known parts: \(x_t = level + trend \cdot t + \sum_k a_k \sin(2\pi t / m_k) + w_t
 * + \varepsilon_t\), seasons of m steps with an amplitude a, a random walk w and noise ε. It is 0
 * until parts are added.
 *
 * <p>A forecast cannot be better than the part that nobody can know: of noise alone the best guess
 * is the mean, of a random walk alone the last number. The same seed generates the same numbers on
 * every machine; the default is 0.
 *
 * <pre>{@code
 * makeSeries(5).trend(2).values()                          // [0, 2, 4, 6, 8]
 * makeSeries(4).season(4, 3).values()                      // [0, 3, 0, -3]
 * makeSeries(300).trend(0.02).season(12, 1).noise(0.2).seed(1).plot()
 * windows(makeSeries(300).season(12, 1).noise(0.2), 24).size()     // 276
 * }</pre>
 */
public final class MakeSeries implements SeriesSource, Renderable {
  private final int steps;
  private final double level;
  private final double trend;
  private final List<Season> seasons;
  private final double walk;
  private final double noise;
  private final long seed;

  private record Season(int period, double amplitude) {
    double at(int t) {
      return amplitude * StrictMath.sin(2 * StrictMath.PI * (t % period) / period);
    }
  }

  private MakeSeries(
      int steps,
      double level,
      double trend,
      List<Season> seasons,
      double walk,
      double noise,
      long seed) {
    this.steps = steps;
    this.level = level;
    this.trend = trend;
    this.seasons = seasons;
    this.walk = walk;
    this.noise = noise;
    this.seed = seed;
  }

  /** A series of this many steps. */
  public static MakeSeries of(int steps) {
    SyntheticDataset.count("makeSeries", "steps", 1, steps);
    Memory.heap(
        () -> Messages.of("makeSeries(%d)", steps),
        Memory.product(5L * Double.BYTES, steps),
        "ask for fewer steps");
    return new MakeSeries(steps, 0, 0, List.of(), 0, 0, 0);
  }

  /** The number from which it starts; 0 by default. */
  public MakeSeries level(double value) {
    return new MakeSeries(steps, finite("level", value), trend, seasons, walk, noise, seed);
  }

  /** By how much it rises with each step; 0 by default. */
  public MakeSeries trend(double perStep) {
    return new MakeSeries(steps, level, finite("trend", perStep), seasons, walk, noise, seed);
  }

  /**
   * Adds a season, a sine wave.
   *
   * @param period the steps after which it repeats, 2 or more
   * @param amplitude how far it rises above 0 and falls below
   */
  public MakeSeries season(int period, double amplitude) {
    if (period < 2) {
      throw Messages.wrong(
          "season expects a period of 2 steps or more but receives %d: 12 is a year of months.",
          period);
    }
    List<Season> more = new ArrayList<>(seasons);
    more.add(new Season(period, finite("season", amplitude)));
    return new MakeSeries(steps, level, trend, List.copyOf(more), walk, noise, seed);
  }

  /** The standard deviation of a random walk's steps, each of which stays; 0 by default. */
  public MakeSeries walk(double deviation) {
    SyntheticDataset.positive("walk", deviation);
    return new MakeSeries(steps, level, trend, seasons, deviation, noise, seed);
  }

  /** The standard deviation of the noise, drawn anew at each step; 0 by default. */
  public MakeSeries noise(double deviation) {
    SyntheticDataset.positive("noise", deviation);
    return new MakeSeries(steps, level, trend, seasons, walk, deviation, seed);
  }

  /** Sets the seed; 0 by default. */
  public MakeSeries seed(long value) {
    return new MakeSeries(steps, level, trend, seasons, walk, noise, value);
  }

  private static double finite(String who, double value) {
    if (!Double.isFinite(value)) {
      throw Messages.wrong("%s expects a finite number but receives %s: 1 is one.", who, value);
    }
    return value;
  }

  /** The series. */
  @Override
  public TimeSeries series() {
    return TimeSeries.of("series", values());
  }

  /** The numbers, in their order. */
  public double[] values() {
    List<Part> parts = parts();
    return parts.get(parts.size() - 1).numbers();
  }

  /** The number of steps. */
  public int size() {
    return steps;
  }

  private record Part(String name, double[] numbers) {}

  /** Each part that was asked for, then their sum. */
  private List<Part> parts() {
    var root = new PortableRandom(seed);
    var walking = root.split();
    var noisy = root.split();
    List<Part> parts = new ArrayList<>();
    double[] line = new double[steps];
    double[] walked = new double[steps];
    double[] errors = new double[steps];
    for (int t = 0; t < steps; t++) {
      line[t] = level + trend * t;
      walked[t] = t == 0 ? 0 : walked[t - 1] + walk * walking.normal();
      errors[t] = noise * noisy.normal();
    }
    parts.add(new Part("trend", line));
    for (Season season : seasons) {
      double[] wave = new double[steps];
      for (int t = 0; t < steps; t++) {
        wave[t] = season.at(t);
      }
      parts.add(new Part("season " + season.period(), wave));
    }
    if (walk > 0) {
      parts.add(new Part("walk", walked));
    }
    if (noise > 0) {
      parts.add(new Part("noise", errors));
    }
    double[] sum = new double[steps];
    for (Part part : parts) {
      for (int t = 0; t < steps; t++) {
        sum[t] += part.numbers()[t];
      }
    }
    parts.add(new Part("series", sum));
    return parts;
  }

  /** The ground truth: a column for each part, and for the series that they add up to. */
  public Table truth() {
    Table table = Table.create("truth");
    for (Part part : parts()) {
      String name = part.name();
      int same = (int) table.columnNames().stream().filter(n -> n.startsWith(name)).count();
      table.addColumns(
          DoubleColumn.create(same == 0 ? name : name + " (" + (same + 1) + ")", part.numbers()));
    }
    return table;
  }

  /** The series, and below it the parts that it is made of. */
  public Figure plot() {
    List<Part> parts = parts();
    Part sum = parts.remove(parts.size() - 1);
    return chart(sum).beside(parts.stream().map(MakeSeries::chart).toArray(Chart[]::new));
  }

  private static Chart chart(Part part) {
    double[] times = new double[part.numbers().length];
    for (int t = 0; t < times.length; t++) {
      times[t] = t;
    }
    return Chart.of(part.name()).x("time").y("value").line(part.name(), times, part.numbers());
  }

  @Override
  public Map<String, String> mimeBundle() {
    return series().mimeBundle();
  }

  /** {@code series: 300 numbers from 0.1 to 6.2}. */
  @Override
  public String toString() {
    return series().toString();
  }
}
