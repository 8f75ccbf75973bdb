package org.lossbook.generation;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.lossbook.Internal;
import org.lossbook.base.Messages;

/**
 * How a token is drawn from what a model says of the next one: by temperature, among the first k,
 * and among the fewest that together have the probability p, in this order.
 *
 * @param temperature divides the logarithms; 0 takes the likeliest
 * @param topK how many tokens remain; 0 is all
 * @param topP the probability that the likeliest tokens which remain have together; 1 is all
 * @hidden
 */
@Internal
public record Sampling(double temperature, int topK, double topP) {
  /** As the model says. */
  public static final Sampling PLAIN = new Sampling(1, 0, 1);

  /** Checks the numbers. */
  public Sampling {
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw Messages.wrong(
          "generate expects a temperature of 0 or more but receives %s: 0 takes the likeliest token, 1 draws as the model says.",
          temperature);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw Messages.wrong(
          "generate expects topP above 0 and at most 1 but receives %s: the likeliest tokens remain that have this probability together.",
          topP);
    }
  }

  /** With another temperature. */
  Sampling temperature(double other) {
    return new Sampling(other, topK, topP);
  }

  /** Among so many. */
  Sampling topK(int count) {
    if (count < 1) {
      throw Messages.wrong(
          "generate expects topK of 1 or more but receives %d: it is how many of the likeliest tokens remain.",
          count);
    }
    return new Sampling(temperature, count, topP);
  }

  /** Among those that have this probability together. */
  Sampling topP(double share) {
    return new Sampling(temperature, topK, share);
  }

  /**
   * The probabilities by which a token is drawn.
   *
   * @param logits logarithms of the probabilities, or numbers that differ from them by a constant
   */
  public double[] probabilities(double... logits) {
    double[] p = new double[logits.length];
    if (temperature == 0) {
      p[likeliest(logits)] = 1;
      return p;
    }
    double highest = logits[likeliest(logits)];
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp((logits[i] - highest) / temperature);
    }
    if (topK > 0 || topP < 1) {
      keepLikeliest(p, count(p));
    }
    double sum = 0;
    for (double each : p) {
      sum += each;
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  /** The first one of the highest. */
  private static int likeliest(double... logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  /** How many tokens remain: at most k, and the fewest of them that have the probability p. */
  private int count(double... p) {
    double[] sorted = p.clone();
    Arrays.sort(sorted);
    int most = topK == 0 ? p.length : Math.min(topK, p.length);
    double sum = 0;
    for (int i = 1; i <= most; i++) {
      sum += sorted[p.length - i];
    }
    double together = 0;
    int count = 0;
    do {
      count++; // the one that reaches it is the last
      together += sorted[p.length - count];
    } while (count < most && together < topP * sum);
    return count;
  }

  /** Takes all but so many to 0; of equal ones the first remain. */
  private static void keepLikeliest(double[] p, int count) {
    double[] sorted = p.clone();
    Arrays.sort(sorted);
    double least = sorted[p.length - count];
    int equal = count;
    for (double each : p) {
      equal -= each > least ? 1 : 0;
    }
    for (int i = 0; i < p.length; i++) {
      boolean isKept = p[i] > least || p[i] == least && equal-- > 0;
      p[i] = isKept ? p[i] : 0;
    }
  }

  /** A token, drawn. */
  int draw(SplittableRandom random, double... logits) {
    double[] p = probabilities(logits);
    double left = random.nextDouble();
    int last = 0;
    for (int i = 0; i < p.length; i++) {
      if (p[i] > 0) {
        last = i;
        left -= p[i];
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }
}
