package org.lossbook.loss.combine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Numbers;
import org.lossbook.loss.spec.Aggregation;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.ScheduledOrLearned;
import org.lossbook.loss.spec.Setting;
import org.lossbook.metric.Direction;

/**
 * Weighted sum of losses of the same truth and prediction, each times a number, which may follow a
 * schedule.
 *
 * @hidden
 */
@Internal
public final class WeightedSum implements JointFormula.Weighing {
  private final List<Term> terms;
  private final List<Optional<Setting>> weights; // one a term

  /**
   * A term: its loss times a number, times what a schedule says where there is one.
   *
   * @param schedule of a further factor
   */
  private record Term(double factor, Optional<ScheduledOrLearned> schedule, LossSpec loss) {
    Term(double factor, LossSpec loss) {
      this(factor, Optional.empty(), loss);
    }

    Term times(double more) {
      return new Term(factor * more, schedule, loss);
    }

    Term times(ScheduledOrLearned more) {
      return new Term(
          factor, Optional.of(schedule.map(first -> product(first, more)).orElse(more)), loss);
    }

    Term of(LossSpec other) {
      return new Term(factor, schedule, other);
    }

    @Override
    public String toString() {
      return (factor == 1 ? "" : Numbers.text(factor) + "·")
          + (schedule.isPresent() ? "weight·" : "")
          + loss.name();
    }
  }

  private static ScheduledOrLearned product(ScheduledOrLearned one, ScheduledOrLearned two) {
    IntToDoubleFunction first = two.schedule().orElseThrow();
    IntToDoubleFunction second = one.schedule().orElseThrow();
    return ScheduledOrLearned.scheduled(
        epoch -> first.applyAsDouble(epoch) * second.applyAsDouble(epoch));
  }

  private WeightedSum(List<Term> terms) {
    this.terms = terms;
    weights = weights(terms);
  }

  /** The scheduled factors as settings; where there are several, each by its index. */
  private static List<Optional<Setting>> weights(List<Term> terms) {
    Setting weight =
        Setting.between(
            "times", "weight", "κ", "\\kappa", 1, -Double.MAX_VALUE, Double.POSITIVE_INFINITY);
    long scheduled = terms.stream().filter(term -> term.schedule.isPresent()).count();
    List<Optional<Setting>> weights = new ArrayList<>();
    int index = 0;
    for (Term term : terms) {
      int next = term.schedule.isPresent() ? ++index : index;
      weights.add(
          term.schedule.map(
              schedule -> (scheduled == 1 ? weight : weight.indexed(next)).to(schedule)));
    }
    return weights;
  }

  public static LossSpec times(LossSpec loss, double factor) {
    SumOfLosses.check("times", List.of(loss));
    if (!Double.isFinite(factor)) {
      throw Messages.wrong(
          "times expects a finite number but receives %s: weight %s by one such as 0.5.",
          factor, loss.name());
    }
    return spec(terms(loss, factor))
        .withAggregation(
            loss.aggregation()
                .with(loss.penalty().isNone() ? loss.penalty() : loss.penalty().times(factor)));
  }

  public static LossSpec times(LossSpec loss, ScheduledOrLearned schedule) {
    SumOfLosses.check("times", List.of(loss));
    Require.given(
        schedule, "times", "a number or a schedule", "write times(scheduled(epoch -> 0.5))");
    if (schedule.schedule().isEmpty()) {
      throw Messages.wrong(
          "times expects a number or a schedule but receives %s: a learned weight would shrink any loss to 0; uncertaintyWeighted(…) learns weights that cannot.",
          schedule);
    }
    if (!loss.penalty().isNone()) {
      throw Messages.wrong(
          "times with a schedule expects a loss without a penalty but receives %s with %s: call plus(%s) after times(…).",
          loss.name(), loss.penalty(), loss.penalty());
    }
    return spec(terms(loss, 1).stream().map(term -> term.times(schedule)).toList())
        .withAggregation(loss.aggregation());
  }

  public static LossSpec sum(LossSpec first, LossSpec second) {
    SumOfLosses.check("plus", List.of(first, second));
    List<Term> terms = Stream.of(terms(first, 1), terms(second, 1)).flatMap(List::stream).toList();
    return spec(terms)
        .withAggregation(first.aggregation().with(first.penalty().plus(second.penalty())));
  }

  /** The terms of a loss that may be a sum already. */
  private static List<Term> terms(LossSpec loss, double factor) {
    return of(loss)
        .map(sum -> sum.terms.stream().map(term -> term.times(factor)).toList())
        .orElseGet(() -> List.of(new Term(factor, loss.withAggregation(Aggregation.MEAN))));
  }

  private static Optional<WeightedSum> of(LossSpec loss) {
    return loss.formula() instanceof JointFormula joint
            && joint.weighing() instanceof WeightedSum sum
        ? Optional.of(sum)
        : Optional.empty();
  }

  /** A loss times a number, taken apart; empty where it is anything else. */
  public static Optional<Scaled> scaled(LossSpec loss) {
    boolean isPlain =
        loss.classWeights().isEmpty() && loss.ignored().isEmpty() && loss.penalty().isNone();
    return of(loss)
        .filter(sum -> isPlain && sum.terms.size() == 1 && !sum.isScheduled())
        .map(sum -> sum.terms.get(0))
        .map(term -> new Scaled(term.loss.withAggregation(loss.aggregation()), term.factor));
  }

  /**
   * A loss and what it is multiplied by.
   *
   * @param loss without the factor
   * @hidden
   */
  @Internal
  public record Scaled(LossSpec loss, double factor) {}

  private static LossSpec spec(List<Term> terms) {
    var sum = new WeightedSum(terms);
    List<LossSpec> losses = terms.stream().map(Term::loss).toList();
    LossSpec joint =
        SumOfLosses.of(
            terms.stream().map(Term::toString).collect(Collectors.joining(" + ")),
            losses,
            sum.weights.stream().flatMap(Optional::stream).toList(),
            sum,
            terms.stream().allMatch(term -> term.factor == 0));
    LossSpec drawn =
        joint.drawnAs(() -> spec(terms.stream().map(term -> term.of(term.loss.drawn())).toList()));
    // A term that is taken away rises as the model gets better.
    boolean isAdded = terms.stream().allMatch(term -> term.factor >= 0);
    LossSpec directed = isAdded ? drawn : drawn.withDirection(Direction.UNKNOWN);
    LossSpec saved = sum.config(losses).map(directed::savedAs).orElse(directed);
    boolean haveLogitsForms = losses.stream().allMatch(loss -> loss.logitsForm().isPresent());
    return haveLogitsForms ? saved.withLogitsForm(() -> spec(fromLogits(terms))) : saved;
  }

  private static List<Term> fromLogits(List<Term> terms) {
    return terms.stream().map(term -> term.of(term.loss.fromLogits().orElseThrow())).toList();
  }

  private Optional<Config> config(List<LossSpec> losses) {
    List<Object> factors = terms.stream().map(term -> (Object) term.factor).toList();
    return isScheduled()
        ? Optional.empty()
        : LossSpec.configs(losses)
            .map(
                configs ->
                    Config.ours("Combined").with("losses", configs).with("factors", factors));
  }

  private boolean isScheduled() {
    return terms.stream().anyMatch(term -> term.schedule.isPresent());
  }

  @Override
  public Expr term(int i, Expr value) {
    double factor = terms.get(i).factor;
    Expr weighed = weights.get(i).map(setting -> setting.expr().times(value)).orElse(value);
    return factor == 1 ? weighed : weighed.times(factor);
  }
}
