package org.lossbook.data.ratings;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.data.view.Descriptions;
import org.lossbook.data.view.ForwardingSource;
import org.lossbook.data.view.SampleSource;
import org.lossbook.engine.Memory;

/**
 * Ratings as a dataset: a sample is a user and an item, two whole numbers for two embeddings, and
 * its target how much the user likes the item.
 *
 * <p>What a model recommends is judged item by item: {@link #pairs()} are all users with all items,
 * {@link #scores} what a model says of them as {@code [users, items]}, and {@link #matrix} how much
 * was really liked, for {@code hitRate()}, {@code ndcg()} and {@code meanReciprocalRank()}.
 *
 * <pre>{@code
 * var taste = ratings(List.of("Ann", "Ann", "Ben"), List.of("tea", "jam", "tea"), vector(5, 2, 4));
 * taste.items()                                      // 2
 * taste.matrix(taste)                                // [[5, 2], [4, 0]]
 * taste.scores(vector(0.9, 0.1, 0.3, 0.8), taste.take(1))  // [[-0.9, 0.1], [0.3, 0.8]]
 * ndcg(2).of(taste.matrix(taste), taste.scores(vector(0.9, 0.1, 0.3, 0.8), taste.take(0)))
 * }</pre>
 */
public final class Ratings extends ForwardingSource implements Dataset {
  private final Dataset source;
  private final Names who;
  private final Names what;

  private Ratings(Dataset source, Names who, Names what) {
    this.source = source;
    this.who = who;
    this.what = what;
  }

  /**
   * Ratings, one for each place of the three.
   *
   * @param who texts that name users, or whole numbers from 0 on
   * @param what texts that name items, or whole numbers from 0 on
   * @param howMuch numbers, such as 1 to 5 stars
   * @throws IllegalArgumentException if they differ in length, or are something else
   */
  public static Ratings of(Object who, Object what, Object howMuch) {
    Names users = Names.of("who", who);
    Names items = Names.of("what", what);
    Values rates = Values.of("ratings", howMuch).finite("ratings", "how much");
    int n = rates.size();
    if (n == 0 || users.numbers().length != n || items.numbers().length != n) {
      throw Messages.wrong(
          "ratings expects a user, an item and a number for each rating but receives %d, %d and %d: give equally many.",
          users.numbers().length, items.numbers().length, n);
    }
    Dataset source =
        Dataset.of(List.of(users.column(), items.column()), Values.of(rates.toDoubles(), n));
    return new Ratings(source, users, items);
  }

  /**
   * Ratings of so many users and items, whether or not each occurs.
   *
   * @hidden
   */
  @Internal
  public static Ratings numbered(int users, int items, int[] who, int[] what, double[] howMuch) {
    Ratings given = of(who, what, howMuch);
    return new Ratings(given.source, Names.numbered(users, who), Names.numbered(items, what));
  }

  @Override
  protected SampleSource source() {
    return source;
  }

  /** How much is no class: 0 to 5 stars are numbers. */
  @Override
  public boolean hasLabels() {
    return false;
  }

  @Override
  public List<String> classNames() {
    return List.of();
  }

  /** The number of users. */
  public int users() {
    return who.names().size();
  }

  /** The number of items. */
  public int items() {
    return what.names().size();
  }

  /** The users' names, in the order of their numbers. */
  public List<String> userNames() {
    return who.names();
  }

  /** The items' names, in the order of their numbers. */
  public List<String> itemNames() {
    return what.names();
  }

  /** Every user with every item, user by user, to be predicted. */
  public Dataset pairs() {
    int all = cells(2);
    float[] users = new float[all];
    float[] items = new float[all];
    for (int i = 0; i < all; i++) {
      users[i] = i / items();
      items[i] = i % items();
    }
    return Dataset.samples("pairs", List.of(users, items));
  }

  private int cells(int columns) {
    return Memory.length(
            () -> Messages.of("%,d users with %,d items", users(), items()),
            Float.BYTES,
            "take fewer users",
            users(),
            items(),
            columns)
        / columns;
  }

  /**
   * How much each user liked each item, {@code [users, items]}, and 0 where there is no rating.
   *
   * @param part these ratings or a part of them, such as {@code split(0.8, 1).test()}
   */
  public Values matrix(Dataset part) {
    float[] matrix = new float[cells(1)];
    int[] cells = cellsOf("matrix", part);
    float[] rates = new float[cells.length];
    part.gatherY(IntStream.range(0, cells.length).toArray(), 0, cells.length, rates);
    for (int i = 0; i < cells.length; i++) {
      matrix[cells[i]] = rates[i];
    }
    return Values.of(matrix, users(), items());
  }

  /** The same with 1 for at least so much and 0 for less or none: what a user really liked. */
  public Values matrix(Dataset part, double atLeast) {
    double[] rates = matrix(part).toDoubles();
    return Values.of(
        Arrays.stream(rates).map(rate -> rate > 0 && rate >= atLeast ? 1 : 0).toArray(),
        users(),
        items());
  }

  /**
   * Predictions for {@link #pairs()} as {@code [users, items]}, those of pairs that were seen below
   * all others: nobody wants to be recommended what they know.
   *
   * @param predictions what {@code model.predict(ratings.pairs().x())} gives
   * @param seen the ratings that were trained on
   */
  public Values scores(Object predictions, Dataset seen) {
    Values given = Values.of("scores", predictions).finite("scores", "the predictions");
    if (given.size() != (long) users() * items()) {
      throw Messages.wrong(
          "scores expects a number for each of %d users with each of %d items but receives %d: give it model.predict(ratings.pairs().x()).",
          users(), items(), given.size());
    }
    double[] scores = given.toDoubles();
    var range = Arrays.stream(scores).summaryStatistics();
    for (int cell : cellsOf("scores", seen)) {
      scores[cell] = range.getMin() - 1;
    }
    return Values.of(scores, users(), items());
  }

  private int[] cellsOf(String caller, Dataset part) {
    Require.given(part, caller, "ratings", "split(0.8, 1).test() is a part of them");
    if (part.sampleShapes().size() != 2 || part.sampleShape()[0] != 2) {
      throw Messages.wrong(
          "%s expects ratings, a user and an item each, but receives %s: give it a part of the ratings.",
          caller, part);
    }
    int[] cells = new int[part.size()];
    float[] pair = new float[2 * cells.length];
    part.gatherX(IntStream.range(0, cells.length).toArray(), 0, cells.length, pair);
    for (int i = 0; i < cells.length; i++) {
      if (!(pair[2 * i] < users() && pair[2 * i + 1] < items())) {
        throw Messages.wrong(
            "%s expects users below %d and items below %d but receives %s and %s: give it a part of these ratings.",
            caller, users(), items(), pair[2 * i], pair[2 * i + 1]);
      }
      cells[i] = (int) pair[2 * i] * items() + (int) pair[2 * i + 1];
    }
    return cells;
  }

  /** What it holds: {@code 1,200 samples [1] and [1], one number each}. */
  @Override
  public String toString() {
    return Descriptions.dataset(this);
  }
}
