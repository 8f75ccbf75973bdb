package org.lossbook.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Worked;

/** A loss that compares the samples of a batch with each other: no formula over one row. */
abstract class PairwiseLoss extends Loss {
  private static final int ANCHORS = 12;

  PairwiseLoss(String name, Setting... settings) {
    super(name, Target.GROUP, Prediction.EMBEDDING, settings);
  }

  /** What a formula over one row would say by itself. */
  abstract HandWrittenLoss byHand();

  @Override
  final boolean isFormula() {
    return false;
  }

  @Override
  final Loss drawn() {
    return byHand().drawn(this);
  }

  @Override
  final Compiled evaluator(int columns, Loss outer) {
    return new LoopEvaluator(outer, byHand().loops(columns), columns);
  }

  @Override
  final Expr perSample(Expr y, Expr p) {
    throw new IllegalStateException(name() + " is no formula over one row.");
  }

  @Override
  final Mathematics equation(String leftLatex, String leftText, Loss outer) {
    Mathematics each = byHand().value();
    return new Mathematics(
        leftLatex
            + " = "
            + reduced(outer, true, "\\ell_i")
            + outer.penalty().expr().map(cost -> " + " + cost.latex()).orElse("")
            + ",\\quad \\ell_i = "
            + each.latex(),
        leftText
            + " = "
            + reduced(outer, false, "ℓᵢ")
            + outer.penalty().expr().map(cost -> " + " + cost).orElse("")
            + ", ℓᵢ = "
            + each.text());
  }

  @Override
  final Mathematics slope(Loss outer) {
    Mathematics each = byHand().slope();
    return new Mathematics(
        "\\frac{\\partial L}{\\partial \\hat y_j} = "
            + reduced(outer, true, "\\frac{\\partial \\ell_i}{\\partial \\hat y_j}")
            + ",\\quad "
            + each.latex(),
        "∂L/∂ŷⱼ = " + reduced(outer, false, "∂ℓᵢ/∂ŷⱼ") + ", " + each.text());
  }

  private String reduced(Loss outer, boolean inLatex, String each) {
    String n = byHand().samples();
    return switch (outer.reduction()) {
      case SUM -> (inLatex ? "\\sum_{i=1}^{n} " : "Σᵢ ") + each;
      case MEAN ->
          inLatex
              ? "\\frac{1}{" + n + "}\\sum_{i=1}^{n} " + each
              : "1/" + n.replace("_+", "₊") + " Σᵢ " + each;
      case WEIGHTED_MEAN ->
          inLatex
              ? "\\frac{\\sum_{i=1}^{n} w_i " + each + "}{" + byHand().weights().latex() + "}"
              : "(Σᵢ wᵢ·" + each + ")/(" + byHand().weights().text() + ")";
    };
  }

  @Override
  final Explanation explained(LossInputs in) {
    Loss outer = in.loss();
    LoopEvaluator evaluator = new LoopEvaluator(outer, byHand().loops(in.columns()), in.columns());
    double[] losses = evaluator.perSample(in);
    double value = evaluator.run(in.y(), in.yHat(), in.weights(), in.rows(), null);
    Optional<double[]> counts = in.counts();
    List<List<String>> rows = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < in.rows(); i++) {
      double weight = counts.isPresent() ? counts.get()[i] : 1;
      sum += weight * losses[i];
      if (i < ANCHORS) {
        String times = counts.isPresent() ? Worked.text(weight) + "·[" : "";
        String steps = times + byHand().steps(in, i) + (times.isEmpty() ? "" : "]");
        String group = Worked.text(in.y()[i]);
        rows.add(List.of(Integer.toString(i + 1), group, steps, Worked.text(weight * losses[i])));
      }
    }
    if (in.rows() > ANCHORS) {
      rows.add(List.of("…", "", (in.rows() - ANCHORS) + " more samples", ""));
    }
    boolean isSum = outer.reduction() == Reduction.SUM;
    rows.add(List.of("", "", "sum", Worked.text(sum) + (isSum ? end() : "")));
    if (!isSum) {
      String by = Worked.text(evaluator.divisor(0));
      boolean byWeights = outer.reduction() == Reduction.WEIGHTED_MEAN && counts.isPresent();
      String what = byWeights ? byHand().weightsSay() : byHand().divisorSays();
      rows.add(List.of("", "", "divided by " + by + what, Worked.text(value) + end()));
    }
    return new Explanation(
        outer,
        equation(name(), name(), outer).text(),
        List.of("i", "y", "loss of sample i", ""),
        rows,
        value);
  }

  private String end() {
    return unit().isEmpty() ? "" : " " + unit();
  }

  /** Which of the others are of sample i's group, or which are not. */
  static int[] others(LossInputs in, int i, boolean same) {
    return java.util.stream.IntStream.range(0, in.rows())
        .filter(j -> j != i && (in.y()[j] == in.y()[i]) == same)
        .toArray();
  }
}
