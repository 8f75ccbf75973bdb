package org.lossbook.generation;

import java.util.Arrays;
import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.engine.Shapes;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.SteppedInference;

/** What a model says of the next token after a sequence, by running it over its window. */
final class NextToken {
  private final CompiledModel model;
  private final int[] input;
  private final boolean isOneHot;

  NextToken(CompiledModel model) {
    this.model = model;
    input = model.network().inputShapes().get(0);
    isOneHot = input.length == 2;
    boolean isOne = model.network().inputShapes().size() == 1 && model.heads().size() == 1;
    if (!isOne || input.length < 1 || input.length > 2) {
      throw Messages.wrong(
          "generate expects a model of one sequence, of ids [steps] or of one-hot rows [steps, tokens], but it takes %s: give the model one input and one output.",
          Shapes.text(input));
    }
  }

  /** The input for these ids. */
  static float[] encoded(int[] input, int from, int... ids) {
    boolean isOneHot = input.length == 2;
    int width = isOneHot ? input[1] : 1;
    float[] x = new float[input[0] * width];
    for (int i = 0; i < ids.length; i++) {
      if (isOneHot) {
        if (ids[i] >= width) {
          throw Messages.wrong(
              "generate expects ids from 0 to %d, as the model's rows have %d numbers, but receives %d: count the tokens from 0.",
              width - 1, width, ids[i]);
        }
        x[(from + i) * width + ids[i]] = 1;
      } else {
        x[from + i] = ids[i];
      }
    }
    return x;
  }

  /** The logarithms for the next token, whatever their sum. */
  double[] after(int... ids) {
    int steps = input[0] == Shapes.ANY ? ids.length : input[0];
    int[] window = Arrays.copyOfRange(ids, Math.max(0, ids.length - steps), ids.length);
    int[] sample = input.clone();
    sample[0] = steps;
    CompiledModel sized = model.sizedFor("generate", List.of(sample));
    int[] output = sized.heads().get(0).output().shape();
    boolean saysEachStep = output.length == 2;
    // Padding stands where it does least: behind what is read step by step, before a single answer.
    int from = saysEachStep ? 0 : steps - window.length;
    double[] said = SteppedInference.whole(sized, encoded(sample, from, window));
    int classes = Shapes.last(output);
    int row = saysEachStep ? window.length - 1 : 0;
    return logits(Arrays.copyOfRange(said, row * classes, (row + 1) * classes));
  }

  /** The logarithms of probabilities; logits as they are. */
  static double[] logits(double... said) {
    double sum = 0;
    boolean areProbabilities = true;
    for (double p : said) {
      sum += p;
      areProbabilities &= p >= 0 && p <= 1;
    }
    if (!areProbabilities || !(Math.abs(sum - 1) < 1e-3)) {
      return said;
    }
    double[] logits = new double[said.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Math.log(said[i]);
    }
    return logits;
  }
}
