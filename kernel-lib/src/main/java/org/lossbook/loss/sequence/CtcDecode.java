package org.lossbook.loss.sequence;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.data.Values;

/**
 * What a model that was trained with {@link Ctc} says: labels from logits {@code [steps, classes]}
 * or {@code [n, steps, classes]}, Keras's {@code ops.ctc_decode}. Greedy at first, the largest of
 * each step, of which what is repeated counts once and blanks not at all; {@link #beams} adds up
 * the alignments of the same labels, which finds likelier ones. Graves 2012, <i>Supervised sequence
 * labelling with recurrent neural networks</i>.
 *
 * <pre>{@code
 * ctcDecode().of(matrix(row(0, 2, 1), row(0, 2, 1), row(2, 0, 0), row(0, 2, 1)))           // [1, 1]
 * ctcDecode().beams(10).of(matrix(row(1, 0.9), row(1, 0.9)))                               // [1]
 * ctcDecode().of(matrix(row(1, 0), row(0, 1), row(1, 0)))                                  // [1]
 * }</pre>
 *
 * @param beams how many prefixes go on at each step; 0 is greedy
 * @param topPaths how many sequences of a sample {@link #paths} gives
 * @param merging whether repeated labels count once, where it is greedy
 */
public record CtcDecode(int beams, int topPaths, boolean merging) {
  /** One sequence of labels; of a greedy search with the negative sum of the largest logits. */
  public record Path(List<Integer> labels, double score) {}

  /** Checks that there are prefixes enough for the paths. */
  public CtcDecode {
    if (beams < 0 || topPaths < 1 || topPaths > Math.max(beams, 1)) {
      throw Messages.wrong(
          "ctcDecode expects 1 path or more and at least as many beams but receives %d beams and %d paths: write ctcDecode().beams(100).topPaths(3).",
          beams, topPaths);
    }
  }

  /** Greedy: the largest logit of each step. */
  public static CtcDecode ctcDecode() {
    return new CtcDecode(0, 1, true);
  }

  /** Beam search: the likeliest labels among so many prefixes; Keras's default is 100. */
  public CtcDecode beams(int width) {
    return new CtcDecode(width, topPaths, merging);
  }

  /** The likeliest few of a beam search. */
  public CtcDecode topPaths(int count) {
    return new CtcDecode(beams, count, merging);
  }

  /** Greedy without counting repeated labels once: Keras's {@code merge_repeated=False}. */
  public CtcDecode keepRepeated() {
    return new CtcDecode(beams, topPaths, false);
  }

  /** The labels of each sample, as long as they are. */
  public int[][] of(Object logits) {
    return paths(logits).stream()
        .map(all -> all.get(0).labels().stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  /** The likeliest sequences of each sample, the best first, each with its logarithm. */
  public List<List<Path>> paths(Object logits) {
    Values values = Values.of("ctcDecode", logits).finite("ctcDecode", "the logits");
    int[] shape = values.shape();
    if (shape.length < 2 || shape.length > 3) {
      throw Messages.wrong(
          "ctcDecode expects a row of logits for each step, [steps, classes] or [samples, steps, classes], but receives %s: give what the model predicts of whole sequences.",
          shape.length == 0 ? "one number" : Arrays.toString(shape));
    }
    int classes = shape[shape.length - 1];
    int steps = shape[shape.length - 2];
    double[] z = values.toDoubles();
    return IntStream.range(0, shape.length == 3 ? shape[0] : 1)
        .mapToObj(i -> rows(z, i * steps, steps, classes))
        .map(rows -> beams == 0 ? List.of(greedy(rows)) : CtcBeams.search(rows, beams, topPaths))
        .toList();
  }

  private static double[][] rows(double[] z, int from, int steps, int classes) {
    return IntStream.range(from, from + steps)
        .mapToObj(t -> Arrays.copyOfRange(z, t * classes, (t + 1) * classes))
        .toArray(double[][]::new);
  }

  private Path greedy(double[][] rows) {
    int[] path = Arrays.stream(rows).mapToInt(CtcDecode::argmax).toArray();
    double score = 0;
    for (double[] row : rows) {
      score -= row[argmax(row)];
    }
    int[] labels =
        merging
            ? collapsed(path)
            : Arrays.stream(path).filter(symbol -> symbol != CtcLoops.BLANK).toArray();
    return new Path(Arrays.stream(labels).boxed().toList(), score);
  }

  /** An alignment's labels: what is repeated counts once, and blanks not at all. */
  static int[] collapsed(int... path) {
    return IntStream.range(0, path.length)
        .filter(t -> path[t] != CtcLoops.BLANK && (t == 0 || path[t] != path[t - 1]))
        .map(t -> path[t])
        .toArray();
  }

  private static int argmax(double... row) {
    int best = 0;
    for (int k = 1; k < row.length; k++) {
      best = row[k] > row[best] ? k : best;
    }
    return best;
  }
}
