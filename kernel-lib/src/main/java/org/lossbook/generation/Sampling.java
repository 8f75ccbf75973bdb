package org.lossbook.generation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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
    int[] order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -logits[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] p = new double[logits.length];
    if (temperature == 0) {
      p[order[0]] = 1;
      return p;
    }
    int kept = topK == 0 ? order.length : Math.min(topK, order.length);
    double highest = logits[order[0]];
    double sum = 0;
    for (int i = 0; i < kept; i++) {
      p[order[i]] = Math.exp((logits[order[i]] - highest) / temperature);
      sum += p[order[i]];
    }
    double together = 0;
    for (int i = 0; i < kept; i++) {
      double each = p[order[i]] / sum;
      p[order[i]] = together < topP ? each : 0; // the one that reaches it is the last
      together += each;
    }
    double rest = Arrays.stream(p).sum();
    return Arrays.stream(p).map(each -> each / rest).toArray();
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
