package org.lossbook.loss.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.lossbook.formula.Numbers;
import org.lossbook.loss.check.LossInputs;
import org.lossbook.loss.evaluate.CompiledLoss;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Reduction;
import org.lossbook.loss.spec.SequenceFormula;

/** The steps of a loss of sequences: of each sample the ways that lead to its labels. */
final class SequenceExplanation {
  private static final int SAMPLES = 12;

  private SequenceExplanation() {}

  static Explanation of(LossInputs in, SequenceFormula formula) {
    LossSpec loss = in.loss();
    CompiledLoss evaluator = CompiledLoss.ofShape(loss, in.sample());
    double[] losses = evaluator.perSample(in);
    int steps = in.rows() / losses.length;
    int size = steps * in.columns();
    double value = evaluator.run(in.y(), in.yHat(), in.weights(), in.rows(), null);
    double divisor = evaluator.divisor(0);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(losses.length, SAMPLES); i++) {
      double[] labels = Arrays.copyOfRange(in.y(), i * steps, (i + 1) * steps);
      double[] z = Arrays.copyOfRange(in.yHat(), i * size, (i + 1) * size);
      List<List<String>> ways = formula.steps(labels, z, in.columns());
      String number = Integer.toString(i + 1);
      for (List<String> way : ways) {
        rows.add(List.of(number, text(labels), way.get(0), way.get(1)));
        number = "";
      }
      String sum = Numbers.text(Math.exp(-losses[i]));
      rows.add(List.of(number, ways.isEmpty() ? text(labels) : "", "−log " + sum, text(losses[i])));
    }
    if (losses.length > SAMPLES) {
      rows.add(List.of("…", "", (losses.length - SAMPLES) + " more samples", ""));
    }
    boolean isSum = loss.reduction() == Reduction.SUM;
    boolean isWeighted = in.weights() != null;
    String sum = text(value * divisor) + (isSum ? " " + loss.unit() : "");
    rows.add(List.of("", "", isWeighted ? "sum, each times its weight" : "sum", sum));
    if (!isSum) {
      boolean byWeights = loss.reduction() == Reduction.WEIGHTED_MEAN && isWeighted;
      String what = byWeights ? formula.weightsSay() : formula.divisorSays();
      String by = "divided by " + Numbers.text(divisor) + what;
      rows.add(List.of("", "", by, text(value) + " " + loss.unit()));
    }
    return new Explanation(
        loss,
        Notation.equation(loss.name(), loss.name(), loss).text(),
        List.of("i", "y", "alignments of sample i", ""),
        rows,
        value);
  }

  private static String text(double number) {
    return number == Double.POSITIVE_INFINITY ? "infinite" : Numbers.text(number);
  }

  private static String text(double... labels) {
    return Arrays.stream(labels)
        .filter(label -> label > 0)
        .mapToObj(Numbers::text)
        .collect(Collectors.joining(" "));
  }
}
