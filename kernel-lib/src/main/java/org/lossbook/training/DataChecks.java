package org.lossbook.training;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.DataStream;
import org.lossbook.data.Dataset;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.metric.Metric;
import org.lossbook.network.Network;
import org.lossbook.network.samples.BatchSamples;

/**
 * Checks that data fits a model before the first step; each message says who, what and the fix.
 *
 * @hidden
 */
@Internal
public final class DataChecks {
  private static final int CHUNK = 1 << 20;

  /** At how many samples masks are computed at once. */
  private static final int MASKED = 64;

  private final CompiledModel compiled;

  /** The samples of the batch whose targets are checked next. */
  private Source batch = (into, from, count) -> {};

  /** Copies {@code count} samples, from one on, to the start of an array. */
  private interface Source {
    void copy(float[] into, int from, int count);
  }

  public DataChecks(CompiledModel compiled) {
    this.compiled = compiled;
  }

  /** The dataset, if there is one. */
  public static Dataset given(String who, Dataset data) {
    return Require.given(
        data, who, "a dataset", "digits().train() is one, and dataset(x, y) makes one of arrays");
  }

  /** The data as a stream, which it must be if it is neither a dataset nor a table. */
  public static DataStream stream(String who, Object data) {
    if (Require.given(data, who, "a dataset", "dataset(x, y) makes one of arrays")
        instanceof DataStream it) {
      return it;
    }
    throw Messages.wrong(
        "%s expects a dataset or a stream but receives a %s: dataset(x, y) makes one of arrays,"
            + " table(…) one of a table, stream(…) one of batches.",
        who, data.getClass().getSimpleName());
  }

  /**
   * Checks that the samples fit the input and the targets the loss.
   *
   * @param who the caller: {@code fit}
   */
  public void dataset(String who, Dataset data) {
    if (given(who, data).size() == 0) {
      throw Messages.wrong(
          "%s expects at least one sample but receives none: check how the data was selected.",
          who);
    }
    samples(who, data.sampleShapes());
    targets(who, data);
  }

  /**
   * The same for one batch; the values of its targets are checked by {@link #targets(Columns,
   * int)}.
   */
  public void batch(String who, BatchSamples x, BatchSamples y) {
    samples(who, x.rowShapes());
    batch =
        (into, from, count) -> {
          float[] all = new float[x.rows() * (into.length / MASKED)];
          x.copy(all);
          System.arraycopy(
              all, from * (into.length / MASKED), into, 0, count * (into.length / MASKED));
        };
    if (x.rows() != y.rows()) {
      throw Messages.wrong(
          "%s expects a target for each sample but receives %,d samples %s and %,d targets %s: give"
              + " equally many.",
          who, x.rows(), Arrays.toString(x.shape()), y.rows(), Arrays.toString(y.shape()));
    }
    targetShapes(who, y.rowShapes());
  }

  /** Checks that the losses are defined for the targets of these rows. */
  public void targets(Columns y, int rows) {
    y.split(rows);
    targets(y, rows, 0, batch);
  }

  /**
   * Checks that the samples fit the model's inputs; a trailing 1 may be missing or superfluous.
   *
   * @param received one shape per input
   */
  void samples(String who, List<int[]> received) {
    samples(who, compiled.network(), received);
  }

  /** The same for a network. */
  static void samples(String who, Network network, List<int[]> received) {
    List<int[]> expected = network.inputShapes();
    if (expected.size() == 1 && received.size() == 1) {
      sample(who, expected.get(0), received.get(0));
    } else if (expected.size() != received.size()) {
      throw Messages.wrong(
          "%s expects samples for %s, but receives %s: give %s.",
          who,
          network.inputs().stream()
              .map(source -> source.name() + " " + Shapes.text(source.given()))
              .collect(Collectors.joining(" and ")),
          received.stream().map(Arrays::toString).collect(Collectors.joining(" and ")),
          expected.size() == 1 ? "an array" : "an array for each input, List.of(a, b)");
    } else {
      for (int i = 0; i < received.size(); i++) {
        if (!fits(expected.get(i), received.get(i))) {
          Network.Source input = network.inputs().get(i);
          throw Messages.wrong(
              "%s expects samples %s for the input %s but receives %s: give the arrays in the order"
                  + " of the model's inputs.",
              who, Shapes.text(input.shape()), input.name(), Arrays.toString(received.get(i)));
        }
      }
    }
  }

  private static void sample(String who, int[] expected, int[] received) {
    if (!fits(expected, received)) {
      String fix =
          received.length == 0 || !Shapes.areFixed(expected)
              ? "give an array of that shape for each sample"
              : Shapes.size(expected) == Shapes.size(received)
                  ? Messages.of(
                      "start the model with %s, reshape(%s)", input(received), list(expected))
                  : Messages.of("start the model with %s", input(received));
      throw Messages.wrong(
          "%s expects samples %s, as the model's input says, but receives %s: %s.",
          who,
          Shapes.text(expected),
          received.length == 0 ? "single numbers" : Arrays.toString(received),
          fix);
    }
  }

  private static String input(int[] shape) {
    return Messages.of("input(%s)", list(shape));
  }

  private static String list(int[] shape) {
    return Arrays.toString(shape).replaceAll("[\\[\\]]", "");
  }

  /** Whether a sample fits an input; a trailing 1 may be missing or superfluous. */
  private static boolean fits(int[] expected, int[] received) {
    if (Shapes.areFixed(expected)) {
      return Arrays.equals(Shapes.trimmed(expected), Shapes.trimmed(received));
    }
    int[] sized = sized(expected, received);
    return Shapes.areFixed(sized) && Arrays.equals(Shapes.trimmed(sized), Shapes.trimmed(received));
  }

  /** The shapes of the inputs, with the samples' extents where they are not fixed. */
  static List<int[]> sized(List<int[]> expected, List<int[]> received) {
    return IntStream.range(0, expected.size())
        .mapToObj(i -> sized(expected.get(i), received.get(i)))
        .toList();
  }

  private static int[] sized(int[] expected, int[] received) {
    int[] sized = expected.clone();
    for (int axis = 0; axis < sized.length; axis++) {
      if (sized[axis] == Shapes.ANY && axis < received.length) {
        sized[axis] = received[axis];
      }
    }
    return sized;
  }

  private void targets(String who, Dataset data) {
    targetShapes(who, data.targetShapes());
    int chunk = Math.min(Math.max(1, CHUNK / IntStream.of(compiled.targets()).sum()), data.size());
    var y = new Columns(chunk, compiled.targets());
    int[] order = IntStream.range(0, data.size()).toArray();
    for (int from = 0; from < data.size(); from += chunk) {
      int rows = Math.min(chunk, data.size() - from);
      data.gatherY(order, from, rows, y.rows());
      y.split(rows);
      int first = from;
      targets(
          y, rows, from, (into, start, count) -> data.gatherX(order, first + start, count, into));
    }
  }

  private void targets(Columns y, int rows, int from, Source x) {
    for (int h = 0; h < compiled.heads().size(); h++) {
      OutputHead head = compiled.heads().get(h);
      try {
        target(head, y.part(h), rows, from);
      } catch (IllegalArgumentException e) {
        if (compiled.network().maskOf(h).isEmpty()) {
          throw e;
        }
        // Anything may stand at steps that do not count, which only the network knows.
        target(head, counting(h, y.part(h), rows, x), rows, from);
      }
    }
  }

  /** The targets with any that the loss knows at the steps that do not count. */
  private float[] counting(int h, float[] y, int rows, Source x) {
    OutputHead head = compiled.heads().get(h);
    float[] known = y.clone();
    try (var lease = compiled.lendInference(MASKED)) {
      InferencePlan step = lease.get();
      for (int from = 0; from < rows; from += MASKED) {
        int count = Math.min(MASKED, rows - from);
        x.copy(step.x(), from, count);
        step.run(count);
        for (int row = 0; row < count * head.positions(); row++) {
          if (!step.counting(h).counts(row)) {
            new TrainingLoss(head.loss())
                .fillNeutral(known, from * head.positions() + row, head.targetWidth());
          }
        }
      }
    }
    return known;
  }

  private void targetShapes(String who, List<int[]> shapes) {
    List<OutputHead> heads = compiled.heads();
    if (shapes.size() != heads.size()) {
      throw Messages.wrong(
          "The model has %d outputs, %s, and expects a target for each, but the data has %d: give"
              + " %s.",
          heads.size(),
          heads.stream().map(head -> head.output().name()).collect(Collectors.joining(", ")),
          shapes.size(),
          heads.size() == 1 ? "one array" : "an array for each, List.of(a, b)");
    }
    for (int h = 0; h < heads.size(); h++) {
      new TrainingLoss(heads.get(h).loss())
          .checkTargetShape(who, shapes.get(h), heads.get(h).output().shape());
    }
  }

  private static void target(OutputHead head, float[] y, int rows, int from) {
    try {
      var training = new TrainingLoss(head.loss());
      training.checkTargets(y, rows * head.positions(), head.width());
      training.checkSequences(y, rows, head.positions());
      for (Metric metric : head.metrics()) {
        head.tally(metric).check(metric.name(), y, rows * head.targets());
      }
    } catch (IllegalArgumentException e) {
      throw from == 0 && head.prefix().isEmpty()
          ? e
          : new IllegalArgumentException(
              Messages.of(
                  "%s%s%s",
                  head.prefix().isEmpty() ? "" : head.output().name() + ": ",
                  e.getMessage(),
                  from == 0 ? "" : Messages.of(" (y counted from sample %,d on)", from)),
              e);
    }
  }

  /**
   * Checks that there is one weight per sample, or one at each position of the model's output, if
   * there are weights.
   */
  public void weights(String who, Optional<float[]> weights, int samples) {
    weights.ifPresent(all -> weights(who, all.length, samples));
  }

  /** The same for the weights given beside a dataset, or for its own. */
  public void weights(String who, Dataset data, Optional<float[]> given) {
    int own = data.weightsPerSample();
    if (own > 0 && given.isPresent()) {
      throw Messages.wrong(
          "%s expects weights once but receives %,d for a dataset that has its own: give one or the other.",
          who, given.get().length);
    }
    weights(who, given, data.size());
    if (own > 0) {
      weights(who, (long) own * data.size(), data.size());
    }
  }

  private void weights(String who, long given, int samples) {
    int positions = compiled.positions();
    if (given == samples) {
      return;
    }
    if (given != (long) samples * positions) {
      throw Messages.wrong(
          "%s expects one weight for each of the %,d samples%s but receives %,d: give one per sample.",
          who,
          samples,
          positions == 1
              ? ""
              : Messages.of(", or %,d, one for each position,", (long) samples * positions),
          given);
    }
    for (OutputHead head : compiled.heads()) {
      if (head.positions() != positions) {
        throw Messages.wrong(
            "%s expects one weight for each of the %,d samples, as the outputs differ in their"
                + " positions, but receives %,d, which do not fit %s: give one per sample.",
            who, samples, given, head.output().name());
      }
    }
  }
}
