package org.lossbook.layer.worked;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.data.Values;
import org.lossbook.formula.Numbers;

/**
 * Attention of one head: the score of each key for each step of the query, what softmax makes of
 * the scores of a step, and the mean of the values with these weights.
 *
 * @hidden
 */
@Internal
public final class WorkedScores {
  /** So many lines are shown: those of four steps that ask each other. */
  static final int LINES = 40;

  private final BiPredicate<Integer, Integer> sees;
  private final List<List<String>> lines = new ArrayList<>();
  private final List<Grid> grids = new ArrayList<>();

  /**
   * A score as it is written, for a step of the query and a key.
   *
   * @hidden
   */
  @Internal
  @FunctionalInterface
  public interface Scoring {
    /** The score. */
    Score of(double[] query, double[] key);
  }

  /**
   * A score: how it is written, and what it is.
   *
   * @hidden
   */
  @Internal
  public record Score(String written, double value) {}

  WorkedScores(BiPredicate<Integer, Integer> sees) {
    this.sees = sees;
  }

  /**
   * The steps of attention without projections.
   *
   * @param query {@code [t, n]}
   * @param key {@code [s, n]}
   * @param value {@code [s, m]}
   * @param sees whether a step of the query sees a key
   */
  public static LayerSteps of(
      String title,
      Values query,
      Values key,
      Values value,
      Scoring scoring,
      BiPredicate<Integer, Integer> sees) {
    var worked = new WorkedScores(sees);
    double[][] means = worked.attended("", "y", rows(query), rows(key), rows(value), scoring);
    return worked.steps(title, means, query.shape()[0], value.shape()[1]);
  }

  /** q · k, times a scale unless it is 1. */
  public static Score product(double scale, double[] query, double[] key) {
    Terms terms = products(query, key);
    return scale == 1
        ? new Score(terms.toString(), terms.sum())
        : new Score(Terms.text(scale, true) + "·(" + terms + ")", scale * terms.sum());
  }

  /** The sum of tanh(inner · (q + k)), each times its scale. */
  public static Score additive(double[] scales, double inner, double[] query, double[] key) {
    double sum = 0;
    List<String> written = new ArrayList<>();
    for (int i = 0; i < query.length; i++) {
      sum += scales[i] * Math.tanh(inner * (query[i] + key[i]));
      String both = Terms.text(query[i], true) + " + " + Terms.text(key[i], false);
      String in = inner == 1 ? both : Terms.text(inner, true) + "·(" + both + ")";
      String times = scales[i] == 1 ? "" : Terms.text(scales[i], i == 0) + "·";
      written.add(times + "tanh(" + in + ")");
    }
    return new Score(String.join(" + ", written), sum);
  }

  static Terms products(double[] a, double[] b) {
    var terms = new Terms();
    for (int i = 0; i < a.length; i++) {
      terms.product(a[i], b[i]);
    }
    return terms;
  }

  /** The rows of a matrix. */
  static double[][] rows(Values matrix) {
    int width = matrix.shape()[1];
    double[] all = matrix.toDoubles();
    return IntStream.range(0, matrix.shape()[0])
        .mapToObj(row -> Arrays.copyOfRange(all, row * width, (row + 1) * width))
        .toArray(double[][]::new);
  }

  void line(String name, String steps, String value) {
    lines.add(List.of(name, steps, value));
  }

  LayerSteps steps(String title, double[][] result, int... shape) {
    double[] all = Arrays.stream(result).flatMapToDouble(Arrays::stream).toArray();
    return new LayerSteps(title, grids, lines, LINES, Values.of(all, shape));
  }

  /** The means of the values, with a line for each score, each weight and each mean. */
  double[][] attended(
      String prefix,
      String letter,
      double[][] query,
      double[][] key,
      double[][] value,
      Scoring scoring) {
    double[][] weights = new double[query.length][key.length];
    double[][] means = new double[query.length][value[0].length];
    for (int i = 0; i < query.length; i++) {
      double[] scores = new double[key.length];
      for (int j = 0; j < key.length; j++) {
        if (sees.test(i, j)) {
          Score score = scoring.of(query[i], key[j]);
          scores[j] = score.value;
          line(prefix + name("s", i, j), score.written, Numbers.text(score.value));
        } else {
          scores[j] = Double.NEGATIVE_INFINITY;
          line(prefix + name("s", i, j), "step " + (i + 1) + " does not see it", "");
        }
      }
      weights[i] = shares(prefix, i, scores);
      means[i] = mean(prefix + name(letter, i), weights[i], value);
    }
    var places = new Places(query.length, key.length);
    if (places.isPicture()) {
      double[] all = Arrays.stream(weights).flatMapToDouble(Arrays::stream).toArray();
      grids.add(
          places.grid(
              prefix + "weights: a row for each step of the query, the greatest shaded",
              at -> all[at],
              at -> all[at] == Arrays.stream(weights[at / key.length]).max().orElse(0)));
    }
    return means;
  }

  private double[] shares(String prefix, int i, double... scores) {
    double greatest = Arrays.stream(scores).max().orElse(0);
    // The same shares, and no power overflows.
    double shift = greatest > 30 ? greatest : 0;
    double sum = 0;
    List<String> powers = new ArrayList<>();
    for (double score : scores) {
      sum += Math.exp(score - shift);
      if (score > Double.NEGATIVE_INFINITY) {
        powers.add(power(score, shift));
      }
    }
    String all = powers.size() == 1 ? powers.get(0) : "(" + String.join(" + ", powers) + ")";
    double[] shares = new double[scores.length];
    for (int j = 0; j < scores.length; j++) {
      shares[j] = Math.exp(scores[j] - shift) / sum;
      if (scores[j] > Double.NEGATIVE_INFINITY) {
        line(
            prefix + name("α", i, j), power(scores[j], shift) + "/" + all, Numbers.text(shares[j]));
      }
    }
    return shares;
  }

  private static String power(double score, double shift) {
    String less = shift == 0 ? "" : " − " + Numbers.text(shift);
    return "e^(" + Numbers.text(score) + less + ")";
  }

  private double[] mean(String name, double[] weights, double[][] value) {
    double[] mean = new double[value[0].length];
    List<String> written = new ArrayList<>();
    for (int j = 0; j < weights.length; j++) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += weights[j] * value[j][d];
      }
      if (weights[j] > 0) {
        written.add(Numbers.text(weights[j]) + "·" + vector(value[j]));
      }
    }
    line(name, String.join(" + ", written), listed(mean));
    return mean;
  }

  /** {@code (1, 2)}; one number without parentheses unless a sign needs them. */
  private static String vector(double... numbers) {
    return numbers.length == 1 ? Terms.text(numbers[0], false) : "(" + listed(numbers) + ")";
  }

  static String listed(double... numbers) {
    return Arrays.stream(numbers).mapToObj(Numbers::text).collect(Collectors.joining(", "));
  }

  static String name(String letter, int i) {
    return letter + Numbers.subscript(Integer.toString(i + 1));
  }

  private static String name(String letter, int i, int j) {
    return i < 9 && j < 9
        ? letter + Numbers.subscript((i + 1) + "" + (j + 1))
        : letter + "[" + (i + 1) + ", " + (j + 1) + "]";
  }
}
