package org.lossbook.data.synthetic;

import java.util.ArrayList;
import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.LazyDataset;
import org.lossbook.data.Values;
import org.lossbook.data.view.Descriptions;
import org.lossbook.engine.Memory;

/**
 * Short reviews of films, made by a small grammar: 0 for a negative one, 1 for a positive one.
 * Words alone tell most of them apart; for "not bad" and "was dull, but I loved it" their order
 * counts.
 *
 * <p>Samples are texts, for a model that begins with {@code textVectorization(…)}. Half of them are
 * positive. The same seed makes the same reviews on every machine; the default is 0.
 *
 * <pre>{@code
 * makeReviews(1_000, 42).x().texts()
 * makeReviews(1_000, 42).split(0.8, 1).train()
 * }</pre>
 */
public final class MakeReviews extends LazyDataset {
  private static final int BYTES = 300; // of a review
  private static final List<String> NAMES = List.of("negative", "positive");

  private static final String[] THINGS = {
    "the film",
    "this movie",
    "the plot",
    "the acting",
    "the ending",
    "the music",
    "the dialogue",
    "the camera work",
    "the cast",
    "every scene"
  };
  private static final String[] VERBS = {"was", "is", "felt", "seemed"};
  private static final String[] DEGREES = {"", "", "", "very ", "really ", "quite ", "so "};
  private static final String[][] ADJECTIVES = {
    {"bad", "dull", "boring", "weak", "awful", "slow", "silly", "terrible", "flat", "clumsy"},
    {"good", "great", "moving", "strong", "lovely", "clever", "funny", "brilliant", "fresh", "warm"}
  };
  private static final String[][] VERDICTS = {
    {"I hated it", "I fell asleep", "do not watch it", "a waste of time", "I want my money back"},
    {"I loved it", "I would see it again", "do watch it", "time well spent", "I cried and laughed"}
  };

  private final int reviews;
  private final long seed;

  private MakeReviews(int reviews, long seed) {
    this.reviews = reviews;
    this.seed = seed;
  }

  /** A dataset of this many reviews. */
  public static MakeReviews of(int reviews) {
    return new MakeReviews(SyntheticDataset.count("makeReviews", "reviews", 1, reviews), 0);
  }

  /** Sets the seed; 0 by default. */
  public MakeReviews seed(long value) {
    return new MakeReviews(reviews, value);
  }

  @Override
  public int size() {
    return reviews;
  }

  /** What the labels stand for. */
  @Override
  public List<String> classNames() {
    return NAMES;
  }

  @Override
  protected Dataset load() {
    Memory.heap(
        Messages.of("makeReviews(%d)", reviews),
        Memory.product(BYTES, reviews),
        "ask for fewer reviews");
    var draws = new PortableRandom(seed);
    int[] order = draws.order(reviews);
    List<String> texts = new ArrayList<>();
    float[] labels = new float[reviews];
    for (int i = 0; i < reviews; i++) {
      SyntheticDataset.checkInterrupt("makeReviews", i, reviews);
      int label = order[i] % 2;
      labels[i] = label;
      texts.add(review(draws.split(), label));
    }
    return Dataset.of(texts, Values.of(labels, reviews));
  }

  private static String review(PortableRandom draws, int label) {
    var text = new StringBuilder();
    if (draws.between(0, 1) < 0.25) { // what comes behind "but" counts
      text.append(clause(draws, 1 - label)).append(", but ");
    }
    text.append(clause(draws, label));
    if (draws.between(0, 1) < 0.5) {
      text.append(" and ").append(clause(draws, label));
    }
    text.append('.');
    if (draws.between(0, 1) < 0.4) {
      String verdict = one(draws, VERDICTS[label]);
      text.append(' ')
          .append(Character.toUpperCase(verdict.charAt(0)))
          .append(verdict.substring(1))
          .append('!');
    }
    text.setCharAt(0, Character.toUpperCase(text.charAt(0)));
    return text.toString();
  }

  private static String clause(PortableRandom draws, int label) {
    boolean isNegated = draws.between(0, 1) < 0.2;
    return one(draws, THINGS)
        + ' '
        + one(draws, VERBS)
        + ' '
        + (isNegated ? "not " : one(draws, DEGREES))
        + one(draws, ADJECTIVES[isNegated ? 1 - label : label]);
  }

  private static String one(PortableRandom draws, String... words) {
    return words[(int) draws.between(0, words.length)];
  }

  /** What it holds: {@code 100 texts, 2 classes}. */
  @Override
  public String toString() {
    return Descriptions.dataset(this);
  }
}
