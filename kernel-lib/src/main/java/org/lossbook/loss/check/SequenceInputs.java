package org.lossbook.loss.check;

import java.util.Arrays;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Values;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.SequenceLoops;

/**
 * Sequences of labels beside the rows of all steps, brought into the form that loops take: as many
 * labels as steps, filled up with 0.
 *
 * @hidden
 */
@Internal
public final class SequenceInputs {
  private SequenceInputs() {}

  /** A vector of labels beside a matrix of logits is one sample. */
  static LossInputs of(LossSpec loss, Object y, Object yHat) {
    Values truth = Values.of(loss.name(), y);
    Values logits = Values.of(loss.name(), yHat);
    int[] shape = logits.shape();
    if (shape.length < 2 || shape.length > 3) {
      throw Messages.wrong(
          "%s expects a row of logits for each step, [steps, classes] or [samples, steps, classes], but receives %s: give what the model says of a whole sequence.",
          loss.name(), shape.length == 0 ? "one number" : Arrays.toString(shape));
    }
    int[] batch = shape.length == 3 ? shape : new int[] {1, shape[0], shape[1]};
    int samples = batch[0];
    int labels = truth.size() / samples;
    boolean isOne = shape.length == 2 && Shapes.trimmed(truth.shape()).length <= 1;
    if (!isOne && (truth.rank() < 2 || truth.rows() != samples)) {
      throw Messages.wrong(
          "%s expects the labels of each of the %d samples, [%d, labels], but receives %s: fill shorter rows up with 0.",
          loss.name(), samples, samples, Arrays.toString(truth.shape()));
    }
    double[] given = truth.toDoubles();
    LossChecks.finite(loss, "y", given, isOne ? 1 : labels);
    LossChecks.finite(loss, "ŷ", logits.toDoubles(), batch[2]);
    checkLabels(loss, given, batch[2]);
    double[] all = new double[samples * batch[1]];
    for (int i = 0; i < samples; i++) {
      fill(given, i * labels, labels, all, i * batch[1], batch[1]);
    }
    return new LossInputs(loss, all, logits.toDoubles(), null, samples * batch[1], batch[2], batch);
  }

  /** Copies the labels of a sample, without what fills it up. */
  private static void fill(double[] y, int from, int labels, double[] all, int to, int steps) {
    int count = 0;
    for (int i = from; i < from + labels; i++) {
      if (y[i] > 0) {
        if (count < steps) {
          all[to + count] = y[i];
        }
        count++;
      }
    }
    all[to] = count > steps ? SequenceLoops.TOO_MANY : all[to];
  }

  static void checkLabels(LossSpec loss, double[] y, int classes) {
    for (int i = 0; i < y.length; i++) {
      if (y[i] != Math.rint(y[i]) || y[i] >= classes) {
        throw Messages.wrong(
            "%s expects labels 1 to %d for %d classes, of which 0 is the blank, but y[%d] is %s: count the labels from 1 and fill rows up with 0, or give the prediction more columns.",
            loss.name(),
            classes - 1,
            classes,
            i,
            y[i] == Math.rint(y[i]) ? Long.toString((long) y[i]) : Double.toString(y[i]));
      }
    }
  }

  /** Refuses targets that are no sequence of labels beside an output that is one of rows. */
  public static void checkShape(LossSpec loss, String who, int[] target, int... output) {
    int steps = Shapes.size(output) / Shapes.last(output);
    if (output.length > 2) {
      throw Messages.wrong(
          "%s expects a model's output [steps, classes] for %s but it is %s: let the last layer keep the steps.",
          who, loss.name(), Arrays.toString(output));
    }
    int[] labels = Shapes.trimmed(target);
    if (labels.length > 1 || Shapes.size(target) != steps) {
      throw Messages.wrong(
          "%s expects the labels of a sample as a row of %d, as many as the model's output %s has steps, but receives %s: fill rows up with 0.",
          who,
          steps,
          Arrays.toString(output),
          target.length == 0 ? "one number" : Arrays.toString(target));
    }
  }

  /** Refuses samples whose labels need more steps than there are. */
  public static void check(LossSpec loss, float[] y, int samples, int steps) {
    for (int i = 0; i < samples; i++) {
      int count = 0;
      int repeated = 0;
      float before = 0;
      for (int k = i * steps; k < (i + 1) * steps; k++) {
        if (y[k] > 0) {
          count++;
          repeated += y[k] == before ? 1 : 0;
          before = y[k];
        }
      }
      if (count + repeated > steps) {
        throw Messages.wrong(
            "%s expects a step for each label, and one for the blank between equal ones, but sample %d has %d labels, %d of them like the one before, and %d steps: let the model keep more steps, or leave that sample out.",
            loss.name(), i, count, repeated, steps);
      }
    }
  }
}
