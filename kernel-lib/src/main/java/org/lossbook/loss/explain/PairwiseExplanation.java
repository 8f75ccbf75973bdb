package org.lossbook.loss.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lossbook.formula.Numbers;
import org.lossbook.loss.check.LossInputs;
import org.lossbook.loss.evaluate.CompiledLoss;
import org.lossbook.loss.spec.LoopFormula;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Reduction;

/** The steps of a loss of loops: a row for each sample, of a pairwise one beside the others. */
final class PairwiseExplanation {
  private static final int ANCHORS = 12;

  private PairwiseExplanation() {}

  /** The steps to the loss of sample {@code i}. */
  interface Steps {
    String of(double[] y, double[] p, int i);
  }

  static Explanation of(LossInputs in, LoopFormula formula, Steps steps) {
    LossSpec loss = in.loss();
    CompiledLoss evaluator = CompiledLoss.of(loss, in.columns());
    double[] losses = evaluator.perSample(in);
    double value = evaluator.run(in.y(), in.yHat(), in.weights(), in.rows(), null);
    Optional<double[]> counts = in.counts();
    List<List<String>> rows = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < in.rows(); i++) {
      double weight = counts.isPresent() ? counts.get()[i] : 1;
      sum += weight * losses[i];
      if (i < ANCHORS) {
        String times = counts.isPresent() ? Numbers.text(weight) + "·[" : "";
        String written = times + steps.of(in.y(), in.yHat(), i) + (times.isEmpty() ? "" : "]");
        String group = Numbers.text(in.y()[i]);
        rows.add(
            List.of(Integer.toString(i + 1), group, written, Numbers.text(weight * losses[i])));
      }
    }
    if (in.rows() > ANCHORS) {
      rows.add(List.of("…", "", (in.rows() - ANCHORS) + " more samples", ""));
    }
    String unit = loss.unit().isEmpty() ? "" : " " + loss.unit();
    boolean isSum = loss.reduction() == Reduction.SUM;
    rows.add(List.of("", "", "sum", Numbers.text(sum) + (isSum ? unit : "")));
    if (!isSum) {
      String by = Numbers.text(evaluator.divisor(0));
      boolean byWeights = loss.reduction() == Reduction.WEIGHTED_MEAN && counts.isPresent();
      String what = byWeights ? formula.weightsSay() : formula.divisorSays();
      rows.add(List.of("", "", "divided by " + by + what, Numbers.text(value) + unit));
    }
    return new Explanation(
        loss,
        Notation.equation(loss.name(), loss.name(), loss).text(),
        List.of("i", "y", "loss of sample i", ""),
        rows,
        value);
  }
}
