package org.lossbook.model;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lossbook.data.Dataset;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.Loss;
import org.lossbook.loss.Training;

/** What a model asks of data before it takes a step: each complaint says who, what and the fix. */
final class DataChecks {
  private static final int CHUNK = 1 << 20;

  private final Core core;

  DataChecks(Core core) {
    this.core = core;
  }

  /**
   * The samples fit the input, the targets fit the loss.
   *
   * @param who asks: {@code fit}
   */
  void dataset(String who, Dataset data) {
    if (data.size() == 0) {
      throw wrong(
          "%s expects at least one sample but receives none: look at how the data was chosen.",
          who);
    }
    samples(who, data.sampleShape());
    targets(data);
  }

  /**
   * The same of one batch, whose targets' numbers are looked at by {@link #targets(float[], int)}.
   */
  void batch(String who, Samples x, Samples y) {
    samples(who, x.rowShape());
    if (x.rows() != y.rows()) {
      throw wrong(
          "%s expects a target for each sample but receives %,d samples %s and %,d targets %s: make them as many.",
          who, x.rows(), Arrays.toString(x.shape()), y.rows(), Arrays.toString(y.shape()));
    }
    new Training(core.ending().loss())
        .checkTargetWidth(Shapes.size(y.rowShape()), core.network().outputs());
  }

  /** The loss has a meaning for the targets of these rows. */
  void targets(float[] y, int rows) {
    new Training(core.ending().loss()).checkTargets(y, rows, core.network().outputs());
  }

  /** The shape of a sample fits the model's input; a trailing 1 may be missing or too many. */
  void samples(String who, int[] received) {
    int[] expected = core.network().inputShape();
    if (!Arrays.equals(trimmed(expected), trimmed(received))) {
      String fix =
          Shapes.size(expected) == Shapes.size(received)
              ? Say.of("begin the model with %s, reshape(%s)", input(received), list(expected))
              : Say.of("begin the model with %s", input(received));
      throw wrong(
          "%s expects samples %s, as the model's input says, but receives %s: %s.",
          who, Arrays.toString(expected), Arrays.toString(received), fix);
    }
  }

  private static String input(int[] shape) {
    return Say.of("input(%s)", list(shape));
  }

  private static String list(int[] shape) {
    return Arrays.toString(shape).replaceAll("[\\[\\]]", "");
  }

  /** A shape without the ones at its end, which change nothing. */
  static int[] trimmed(int[] shape) {
    int rank = shape.length;
    while (rank > 0 && shape[rank - 1] == 1) {
      rank--;
    }
    return Arrays.copyOf(shape, rank);
  }

  private void targets(Dataset data) {
    Loss loss = core.ending().loss();
    int outputs = core.network().outputs();
    new Training(loss).checkTargetWidth(Shapes.size(data.targetShape()), outputs);
    int chunk = Math.max(1, CHUNK / core.targets());
    int[] order = IntStream.range(0, data.size()).toArray();
    float[] y = new float[Math.min(chunk, data.size()) * core.targets()];
    for (int from = 0; from < data.size(); from += chunk) {
      int rows = Math.min(chunk, data.size() - from);
      data.gatherY(order, from, rows, y);
      try {
        new Training(loss).checkTargets(y, rows, outputs);
      } catch (IllegalArgumentException e) {
        throw from == 0
            ? e
            : new IllegalArgumentException(
                Say.of("%s (y counted from sample %,d on)", e.getMessage(), from), e);
      }
    }
  }

  /** Weights are as many as samples; classes are among the outputs. */
  void weights(Dataset data, FitOptions options) {
    options
        .sampleWeight()
        .filter(weights -> weights.length != data.size())
        .ifPresent(
            weights -> {
              throw wrong(
                  "sampleWeight expects one weight for each of the %,d samples but receives %,d: make them as many.",
                  data.size(), weights.length);
            });
    options.classWeight().check(core.ending().loss(), core.network().outputs());
  }

  /** A split leaves samples on both sides, and is the only validation. */
  void split(int samples, int kept, FitOptions options) {
    if (options.validation().isPresent()) {
      throw wrong(
          "fit expects one kind of validation but receives validation(…) and validationSplit(%s): drop one of them.",
          options.validationSplit());
    }
    if (kept == 0 || kept == samples) {
      throw wrong(
          "validationSplit expects samples for both sides but %s of %,d leaves %,d to train on and %,d to validate: choose another fraction or more samples.",
          options.validationSplit(), samples, kept, samples - kept);
    }
  }

  private static IllegalArgumentException wrong(String message, Object... parts) {
    return new IllegalArgumentException(Say.of(message, parts));
  }
}
