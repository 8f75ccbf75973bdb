package org.lossbook.loss.combine;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.loss.spec.LossDisplay;
import org.lossbook.loss.spec.LossDomain;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Reduction;
import org.lossbook.loss.spec.Setting;
import org.lossbook.loss.spec.Target;
import org.lossbook.metric.Direction;

/**
 * Sum of several losses of the same truth and prediction.
 *
 * @hidden
 */
@Internal
public final class SumOfLosses {
  private SumOfLosses() {}

  /**
   * The sum of losses.
   *
   * @param settings further ones, of the whole
   */
  public static LossSpec of(
      String name,
      List<LossSpec> losses,
      List<Setting> settings,
      JointFormula.Weighing weighing,
      boolean isSwitchedOff) {
    JointSymbols letters = JointSymbols.of(losses);
    var formula = new JointFormula(losses, letters, weighing, isSwitchedOff);
    boolean allFall = losses.stream().allMatch(loss -> loss.direction() == Direction.DOWN);
    return LossSpec.of(name, domain(losses), formula)
        .withSettings(Stream.of(letters.all(), settings).flatMap(List::stream).toList())
        .withAggregation(losses.get(0).aggregation().with(penalty(losses)))
        .withDisplay(LossDisplay.PLAIN.sampledAs(losses.get(0).display()))
        .withDirection(allFall ? Direction.DOWN : Direction.UNKNOWN);
  }

  private static LossDomain domain(List<LossSpec> losses) {
    List<LossDomain> domains = losses.stream().map(LossSpec::domain).toList();
    return new LossDomain(
        losses.get(0).target(),
        losses.get(0).prediction(),
        domains.stream().map(LossDomain::rowTruth).max(Comparator.naturalOrder()).orElseThrow(),
        domains.stream().mapToInt(LossDomain::leastOutputs).max().orElse(1),
        domains.stream().allMatch(LossDomain::logitsOnly),
        domains.stream().flatMap(domain -> domain.outputs().stream()).toList());
  }

  private static Regularizer penalty(List<LossSpec> losses) {
    return losses.stream().map(LossSpec::penalty).reduce(Regularizer.NONE, Regularizer::plus);
  }

  /**
   * Refuses losses that cannot be added.
   *
   * @param call who adds them
   */
  public static void check(String call, List<LossSpec> losses) {
    LossSpec first = losses.get(0);
    for (LossSpec other : losses) {
      if (other.formula().axes().length > 0) {
        throw Messages.wrong(
            "%s expects losses over the last axis or the whole batch but receives %s over axes of its own: call it without .axis(…).",
            call, other.name());
      }
      if (!other.isFormula()) {
        throw new IllegalArgumentException(
            call
                + " expects losses that are formulas over one row but receives "
                + other.name()
                + (other.target() == Target.SEQUENCE
                    ? ", which sees all steps of a sample: train"
                    : ", which compares the samples of a batch: train")
                + " with it alone.");
      }
      boolean isSameKind =
          first.target() == other.target() && first.prediction() == other.prediction();
      if (!isSameKind
          || first.reduction() != other.reduction()
          || !first.classWeights().equals(other.classWeights())
          || !first.ignored().equals(other.ignored())) {
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

  private static String described(LossSpec loss) {
    return loss.name()
        + " of "
        + loss.prediction()
        + (loss.reduction() == Reduction.MEAN ? "" : ", reduced by " + loss.reduction().says());
  }
}
