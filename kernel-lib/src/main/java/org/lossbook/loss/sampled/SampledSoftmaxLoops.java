package org.lossbook.loss.sampled;

import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.loss.spec.SampledLoops;

/** The loops of {@link SampledSoftmax}: a softmax among the true class and the drawn ones. */
final class SampledSoftmaxLoops implements SampledLoops {
  private final boolean keepsHits;
  private final boolean isWhole;
  private final int[] drawn;
  private final double[] logExpected;
  private final CandidateSampler sampler;
  private final boolean isGiven;

  SampledSoftmaxLoops(SampledSoftmaxFormula form, int classes) {
    isGiven = !form.given().isEmpty();
    isWhole = !isGiven && form.count() >= classes;
    keepsHits = form.keepsHits() && !isWhole;
    int count = isWhole ? classes : form.count();
    drawn = new int[count];
    logExpected = new double[count];
    sampler = new CandidateSampler(classes, form.isUniform());
    if (isGiven) {
      take(form.given(), classes);
    }
  }

  private void take(List<Integer> given, int classes) {
    for (int k = 0; k < drawn.length; k++) {
      drawn[k] = given.get(k);
      if (drawn[k] >= classes) {
        throw Messages.wrong(
            "sampledSoftmax expects fixed classes from 0 to %d, as there are %,d logits, but"
                + " receives %d: leave it out.",
            classes - 1, classes, drawn[k]);
      }
    }
    sampler.assume(drawn.length);
    expect();
  }

  @Override
  public void draw() {
    if (isWhole) {
      for (int k = 0; k < drawn.length; k++) {
        drawn[k] = k;
      }
    } else if (!isGiven) {
      sampler.draw(drawn);
      expect();
    }
  }

  private void expect() {
    for (int k = 0; k < drawn.length; k++) {
      logExpected[k] = logExpected(drawn[k]);
    }
  }

  /** The logarithm of how often a class is expected; 0 where all are there. */
  double logExpected(int number) {
    return isWhole ? 0 : Math.log(sampler.expected(number));
  }

  @Override
  public int count() {
    return drawn.length;
  }

  @Override
  public int drawn(int place) {
    return drawn[place];
  }

  @Override
  public double loss(int own, double[] z, int at, double[] slopes) {
    double truth = z[at] - logExpected(own);
    slopes[at] = truth;
    double highest = truth;
    for (int k = 0; k < drawn.length; k++) {
      boolean counts = keepsHits || drawn[k] != own;
      double each = counts ? z[at + 1 + k] - logExpected[k] : Double.NEGATIVE_INFINITY;
      slopes[at + 1 + k] = each;
      highest = Math.max(highest, each);
    }
    double sum = 0;
    for (int k = 0; k <= drawn.length; k++) {
      slopes[at + k] = Math.exp(slopes[at + k] - highest);
      sum += slopes[at + k];
    }
    for (int k = 0; k <= drawn.length; k++) {
      slopes[at + k] /= sum;
    }
    slopes[at] -= 1;
    return Math.log(sum) + highest - truth;
  }
}
