package org.lossbook.data.synthetic;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.data.LazyDataset;
import org.lossbook.data.Values;
import org.lossbook.data.ratings.Ratings;
import org.lossbook.data.view.Descriptions;
import org.lossbook.engine.Memory;
import org.lossbook.plot.Chart;
import org.lossbook.plot.Figure;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Ratings of films from 1 to 5 stars, made from hidden factors: user u gives film i \(3 + b_u + b_i
 * + \frac{1}{\sqrt{k}}\sum_{j=1}^{k} p_{uj} q_{ij} + \varepsilon\) stars, rounded, with k = 2
 * factors p of the user and q of the film, normal numbers all of them, how generous the user is
 * (\(b_u\), standard deviation 0.3) and how good the film is (\(b_i\), 0.4).
 *
 * <p>Each user rates three films of ten. The same seed makes the same ratings on every machine; the
 * default is 0.
 *
 * <pre>{@code
 * makeRatings(100, 40).size()                       // 1200
 * makeRatings(100, 40).split(0.8, 1).train()
 * makeRatings(100, 40).plot()
 * makeRatings(100, 40).data().pairs().size()        // 4000
 * }</pre>
 */
public final class MakeRatings extends LazyDataset {
  private static final double SHARE = 0.3;

  private final int users;
  private final int items;
  private final int factors;
  private final double share;
  private final double noise;
  private final long seed;

  private MakeRatings(int users, int items, int factors, double share, double noise, long seed) {
    this.users = users;
    this.items = items;
    this.factors = factors;
    this.share = share;
    this.noise = noise;
    this.seed = seed;
  }

  /** Ratings by so many users of so many films. */
  public static MakeRatings of(int users, int items) {
    SyntheticDataset.count("makeRatings", "users", 1, users);
    SyntheticDataset.count("makeRatings", "films", 1, items);
    return new MakeRatings(users, items, 2, SHARE, 0.3, 0);
  }

  /** The number of hidden factors; 2 by default. */
  public MakeRatings factors(int count) {
    SyntheticDataset.columns(count);
    return new MakeRatings(users, items, count, share, noise, seed);
  }

  /** The share of the films that each user rates, above 0 and up to 1; 0.3 by default. */
  public MakeRatings share(double rated) {
    if (!(rated > 0 && rated <= 1)) {
      throw Messages.wrong(
          "share expects a number above 0 and up to 1 but receives %s: 0.3 is three films of ten.",
          rated);
    }
    return new MakeRatings(users, items, factors, rated, noise, seed);
  }

  /** The standard deviation of what no factor explains; 0.3 by default. */
  public MakeRatings noise(double deviation) {
    SyntheticDataset.positive("noise", deviation);
    return new MakeRatings(users, items, factors, share, deviation, seed);
  }

  /** Sets the seed; 0 by default. */
  public MakeRatings seed(long value) {
    return new MakeRatings(users, items, factors, share, noise, value);
  }

  /** The hidden numbers: a row for each user or film, its own number first, then its factors. */
  private record Hidden(double[][] users, double[][] films) {
    double stars(int user, int film) {
      double sum = 0;
      int factors = users[user].length - 1;
      for (int j = 1; j <= factors; j++) {
        sum += users[user][j] * films[film][j];
      }
      return 3 + users[user][0] + films[film][0] + sum / Math.sqrt(factors);
    }
  }

  private Hidden hidden(PortableRandom root) {
    Memory.heap(
        () -> Messages.of("makeRatings(%d, %d)", users, items),
        Memory.product(
            Double.BYTES,
            Memory.sum(users, items),
            Memory.sum(factors + 1L, (long) (share * items))),
        "ask for fewer users");
    return new Hidden(normal(root.split(), users, 0.3), normal(root.split(), items, 0.4));
  }

  private double[][] normal(PortableRandom draws, int rows, double own) {
    double[][] hidden = new double[rows][factors + 1];
    for (double[] row : hidden) {
      row[0] = own * draws.normal();
      for (int j = 1; j <= factors; j++) {
        row[j] = draws.normal();
      }
    }
    return hidden;
  }

  @Override
  protected Ratings load() {
    var root = new PortableRandom(seed);
    Hidden hidden = hidden(root);
    var choices = root.split();
    var errors = root.split();
    int each = Math.max(1, (int) Math.round(share * items));
    int all = Math.multiplyExact(users, each);
    int[] who = new int[all];
    int[] what = new int[all];
    double[] howMuch = new double[all];
    for (int u = 0; u < users; u++) {
      SyntheticDataset.checkInterrupt("makeRatings", u, users);
      int[] order = choices.order(items);
      for (int r = 0; r < each; r++) {
        int at = u * each + r;
        who[at] = u;
        what[at] = order[r];
        double stars = hidden.stars(u, order[r]) + noise * errors.normal();
        howMuch[at] = Math.max(1, Math.min(5, Math.rint(stars)));
      }
    }
    return Ratings.numbered(users, items, who, what, howMuch);
  }

  /** The ratings, with what judges a recommendation: {@code data().matrix(…)}. */
  public Ratings data() {
    return (Ratings) loaded();
  }

  /** How many stars each user would give each film without noise and rounding. */
  public Values stars() {
    Hidden hidden = hidden(new PortableRandom(seed));
    Memory.heap(
        () -> Messages.of("stars of %d users", users),
        Memory.product(Double.BYTES, users, items),
        "ask for fewer users");
    double[] stars =
        IntStream.range(0, users * items)
            .mapToDouble(i -> hidden.stars(i / items, i % items))
            .toArray();
    return Values.of(stars, users, items);
  }

  /** The ground truth: how good each film is, and its factors. */
  public Table truth() {
    double[][] films = hidden(new PortableRandom(seed)).films();
    Table table = Table.create("truth");
    table.addColumns(
        StringColumn.create(
            "film", IntStream.range(0, items).mapToObj(Integer::toString).toArray(String[]::new)));
    for (int j = 0; j <= factors; j++) {
      int column = j;
      table.addColumns(
          DoubleColumn.create(
              j == 0 ? "quality" : "factor " + j,
              Arrays.stream(films).mapToDouble(film -> film[column]).toArray()));
    }
    return table;
  }

  /** The films and the users by their first two factors: users like films in their direction. */
  public Figure plot() {
    Hidden hidden = hidden(new PortableRandom(seed));
    return Chart.of("Hidden factors")
        .x("factor 1")
        .y(factors > 1 ? "factor 2" : "own level")
        .points("films", column(hidden.films(), 1), column(hidden.films(), factors > 1 ? 2 : 0))
        .points("users", column(hidden.users(), 1), column(hidden.users(), factors > 1 ? 2 : 0))
        .figure();
  }

  private static double[] column(double[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
  }

  /** What it holds: {@code 1,200 samples [1] and [1], one number each}. */
  @Override
  public String toString() {
    return Descriptions.dataset(this);
  }
}
