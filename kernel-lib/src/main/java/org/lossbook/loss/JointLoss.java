package org.lossbook.loss;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lossbook.formula.Expr;
import org.lossbook.layer.Penalty;
import org.lossbook.metric.Direction;

/** Several losses of the same truth and prediction that are made small together. */
abstract class JointLoss extends Loss {
  private final List<Loss> losses;
  private final JointLetters letters;

  /**
   * @param settings further ones, of the whole
   */
  JointLoss(String name, List<Loss> losses, List<Setting> settings) {
    this(name, losses, JointLetters.of(losses), settings);
  }

  private JointLoss(String name, List<Loss> losses, JointLetters letters, List<Setting> settings) {
    super(
        name,
        losses.get(0).target(),
        losses.get(0).prediction(),
        Stream.of(letters.all(), settings).flatMap(List::stream).toList());
    this.losses = losses;
    this.letters = letters;
  }

  /**
   * Refuses losses that cannot be added.
   *
   * @param call who adds them
   */
  static void check(String call, List<Loss> losses) {
    Loss first = losses.get(0);
    for (Loss other : losses) {
      LossChecks.given(other, call, "losses", "run the cell that makes it first");
      if (!other.isFormula()) {
        throw new IllegalArgumentException(
            call
                + " expects losses that are formulas over one row but receives "
                + other.name()
                + ", which compares the samples of a batch: train with it alone.");
      }
      boolean isSameKind =
          first.target() == other.target() && first.prediction() == other.prediction();
      if (!isSameKind
          || first.reduction() != other.reduction()
          || !first.classWeights().equals(other.classWeights())) {
        throw new IllegalArgumentException(
            call
                + " expects losses of the same kind of truth, prediction and reduction but receives"
                + " "
                + described(first)
                + " and "
                + described(other)
                + ": "
                + (isSameKind
                    ? "add them up first, and call .sum() or .classWeight(…) on the sum."
                    : "give each its output with .output(0), .output(1), or write one in the"
                        + " other's form."));
      }
    }
  }

  /** One loss and others, which can be added. */
  static List<Loss> together(String call, Loss first, Loss... others) {
    Loss[] rest = LossChecks.given(others, call, "losses", "run the cell that makes it first");
    List<Loss> losses = Stream.concat(Stream.of(first), Stream.of(rest)).toList();
    check(call, losses);
    return losses;
  }

  private static String described(Loss loss) {
    return loss.name()
        + " of "
        + loss.prediction()
        + (loss.reduction() == Reduction.MEAN ? "" : ", reduced by " + loss.reduction().says());
  }

  /** What number {@code i} of the losses, which is {@code value}, gives to the whole. */
  abstract Expr term(int i, Expr value);

  final List<Loss> losses() {
    return losses;
  }

  @Override
  Direction directionAsMetric() {
    boolean allFall = losses.stream().allMatch(loss -> loss.direction() == Direction.DOWN);
    return allFall ? Direction.DOWN : Direction.UNKNOWN;
  }

  @Override
  final boolean seesWholeBatch() {
    return losses.stream().anyMatch(Loss::seesWholeBatch);
  }

  @Override
  Reduction reduction() {
    return losses.get(0).reduction();
  }

  @Override
  Optional<ClassWeights> classWeights() {
    return losses.get(0).classWeights();
  }

  @Override
  Penalty penalty() {
    return losses.stream().map(Loss::penalty).reduce(Penalty.NONE, Penalty::plus);
  }

  @Override
  ProbeSample sweep() {
    return losses.get(0).sweep();
  }

  @Override
  boolean takesLogitsAlone() {
    return losses.stream().allMatch(Loss::takesLogitsAlone);
  }

  @Override
  void checkTargetsOfParts(double[] y, int rows, int outputs) {
    losses.forEach(loss -> loss.checkTargetsOfParts(y, rows, outputs));
  }

  @Override
  void checkPredictionsOfParts(double[] p, int rows, int outputs) {
    losses.forEach(loss -> loss.checkPredictionsOfParts(p, rows, outputs));
  }

  @Override
  RowTruth rowTruth() {
    return losses.stream().map(Loss::rowTruth).max(Comparator.naturalOrder()).orElseThrow();
  }

  @Override
  int leastOutputs() {
    return losses.stream().mapToInt(Loss::leastOutputs).max().orElse(1);
  }

  @Override
  Expr perSample(Expr y, Expr p) {
    return sum(i -> losses.get(i).perSample(y, p));
  }

  @Override
  final Expr alone(Expr y, Expr p) {
    return sum(i -> losses.get(i).alone(y, p));
  }

  /** A term that has a root around its sum is worked out apart from the others. */
  @Override
  Explanation explained(LossInputs in) {
    return isSumOverSamples() || seesWholeBatch()
        ? super.explained(in)
        : Explanation.ofParts(in.loss(), in);
  }

  /** One number where all terms are sums over samples; else each term has its own. */
  @Override
  List<Part> parts(Reduction by, boolean weighted) {
    if (isSumOverSamples()) {
      return super.parts(by, weighted);
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < losses.size(); i++) {
      for (Part part : losses.get(i).parts(by, weighted)) {
        parts.add(new Part(letters.of(i, part.value()), part.reduction()));
      }
    }
    return parts;
  }

  @Override
  Expr finished(List<Expr> parts) {
    if (isSumOverSamples()) {
      return parts.get(0);
    }
    int[] from = new int[losses.size() + 1];
    for (int i = 0; i < losses.size(); i++) {
      from[i + 1] = from[i] + losses.get(i).parts(Reduction.MEAN, false).size();
    }
    return sum(i -> losses.get(i).finished(parts.subList(from[i], from[i + 1])));
  }

  @Override
  boolean isSumOverSamples() {
    return losses.stream().allMatch(Loss::isSumOverSamples);
  }

  private Expr sum(IntFunction<Expr> value) {
    return IntStream.range(0, losses.size())
        .mapToObj(i -> term(i, letters.of(i, value.apply(i))))
        .reduce(Expr::plus)
        .orElseThrow();
  }
}
