package org.lossbook.metric.sequence;

import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.metric.Direction;
import org.lossbook.metric.Metric;

/**
 * Perplexity: among how many equally likely words the model is in doubt, \(\exp\left(-\frac{1}{n}
 * \sum_i \log \hat y_{i,y_i}\right)\), the exponential of {@link
 * org.lossbook.loss.SparseCategoricalCrossentropy sparse categorical cross-entropy} in nats over
 * all positions of all samples; 1 is certain of the truth, and the size of the vocabulary knows
 * nothing.
 *
 * <p>Truth is a label for each position, {@code [n, steps]}, and predictions are rows of
 * probabilities, {@code [n, steps, words]}, clipped at 10⁻⁷, or of logits with {@link
 * #fromLogits()}. {@link #ignore} leaves out padding, KerasHub's {@code mask_token_id}.
 * Perplexities compare models with one vocabulary alone. Jelinek et al. 1977, <i>Perplexity: a
 * measure of the difficulty of speech recognition tasks</i>.
 *
 * <pre>{@code
 * perplexity().of(vector(0, 2), matrix(row(0.5, 0.25, 0.25), row(0.25, 0.25, 0.5)))   // 2
 * }</pre>
 *
 * @question Among how many words does the model seem to guess?
 * @use For language models, one number that can be compared.
 * @avoid Between models with different vocabularies.
 * @param logits whether predictions are logits
 */
public record Perplexity(boolean logits) implements Metric {
  private static final double LEAST = 1e-7;
  private static final double TOLERANCE = 1e-3; // they come out of 32-bit softmax

  /** Perplexity of probabilities. */
  public static Perplexity perplexity() {
    return new Perplexity(false);
  }

  /** Of logits, which softmax turns into probabilities. */
  public Perplexity fromLogits() {
    return new Perplexity(true);
  }

  @Override
  public String name() {
    return "perplexity";
  }

  @Override
  public Direction direction() {
    return Direction.DOWN;
  }

  @Override
  public Tally tally(int targets, int outputs) {
    if (outputs < 2 || targets != 1 && targets != outputs) {
      throw Messages.wrong(
          "perplexity expects a label beside a row of 2 probabilities or more at each position but receives %d beside a row of %d: end the model in dense(words).softmax().",
          targets, outputs);
    }
    return new SurpriseTally(targets, outputs);
  }

  /** The exponential of the mean surprise. */
  private final class SurpriseTally implements Tally {
    private final int targets;
    private final int outputs;
    private double surprise;
    private double weight;

    SurpriseTally(int targets, int outputs) {
      this.targets = targets;
      this.outputs = outputs;
    }

    @Override
    public void add(float[] y, float[] yHat, float[] weights, int rows) {
      for (int r = 0; r < rows; r++) {
        double w = weights == null ? 1 : weights[r];
        if (w > 0) {
          surprise += w * surprise(yHat, r * outputs, label(y, r));
          weight += w;
        }
      }
    }

    private int label(float[] y, int row) {
      if (targets == 1) {
        int label = (int) y[row];
        if (label != y[row] || label < 0 || label >= outputs) {
          throw Messages.wrong(
              "perplexity expects labels 0 to %d for %d words but receives %s: count the words from 0, and leave out padding with .ignore(%s).",
              outputs - 1, outputs, text(y[row]), text(y[row]));
        }
        return label;
      }
      int best = 0;
      for (int k = 1; k < outputs; k++) {
        best = y[row * outputs + k] > y[row * outputs + best] ? k : best;
      }
      return best;
    }

    private String text(float number) {
      return number == Math.rint(number) ? Integer.toString((int) number) : Float.toString(number);
    }

    private double surprise(float[] yHat, int from, int label) {
      double highest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < outputs; k++) {
        highest = Math.max(highest, yHat[from + k]);
      }
      double sum = 0;
      for (int k = 0; k < outputs; k++) {
        sum += logits ? Math.exp(yHat[from + k] - highest) : yHat[from + k];
      }
      if (!logits && !(Math.abs(sum - 1) <= TOLERANCE)) {
        throw Messages.wrong(
            "perplexity expects rows of probabilities that sum to one but receives one that sums to %s: write perplexity().fromLogits() where the model ends without softmax.",
            (float) sum);
      }
      return logits
          ? highest + Math.log(sum) - yHat[from + label]
          : -Math.log(Math.min(Math.max(yHat[from + label] / sum, LEAST), 1 - LEAST));
    }

    /** 0 where nothing counts, as in KerasHub. */
    @Override
    public double value() {
      return weight == 0 ? 0 : Math.exp(surprise / weight);
    }

    @Override
    public void reset() {
      surprise = 0;
      weight = 0;
    }
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.ours("Perplexity").with("from_logits", logits));
  }

  static Perplexity from(Settings settings) {
    return new Perplexity(settings.flag("from_logits", false));
  }
}
