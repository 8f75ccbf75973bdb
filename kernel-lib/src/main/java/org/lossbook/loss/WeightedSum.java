package org.lossbook.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Worked;
import org.lossbook.metric.Direction;

/**
 * A sum of losses of the same truth and prediction, each times a number, which may follow a
 * schedule.
 */
final class WeightedSum extends JointLoss {
  private final List<Term> terms;
  private final List<Optional<Setting>> weights; // one a term

  /**
   * A term: its loss times a number, times what a schedule says where there is one.
   *
   * @param schedule of a further factor
   */
  private record Term(double factor, Optional<ScheduledOrLearned> schedule, Loss loss) {
    Term(double factor, Loss loss) {
      this(factor, Optional.empty(), loss);
    }

    Term times(double more) {
      return new Term(factor * more, schedule, loss);
    }

    Term times(ScheduledOrLearned more) {
      return new Term(factor, Optional.of(schedule.map(more::times).orElse(more)), loss);
    }

    Term of(Loss other) {
      return new Term(factor, schedule, other);
    }

    @Override
    public String toString() {
      return (factor == 1 ? "" : Worked.text(factor) + "·")
          + (schedule.isPresent() ? "weight·" : "")
          + loss.name();
    }
  }

  private WeightedSum(List<Term> terms) {
    this(terms, weights(terms));
  }

  private WeightedSum(List<Term> terms, List<Optional<Setting>> weights) {
    super(
        terms.stream().map(Term::toString).collect(Collectors.joining(" + ")),
        terms.stream().map(Term::loss).toList(),
        weights.stream().flatMap(Optional::stream).toList());
    this.terms = terms;
    this.weights = weights;
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

  static Loss times(Loss loss, double factor) {
    check("times", List.of(loss));
    if (!Double.isFinite(factor)) {
      throw new IllegalArgumentException(
          "times expects a finite number but receives %s: weight %s by one such as 0.5."
              .formatted(factor, loss.name()));
    }
    Loss scaled = ReducedLoss.like(loss, new WeightedSum(terms(loss, factor)));
    return loss.penalty().isNone()
        ? scaled
        : ReducedLoss.penalized(scaled, loss.penalty().times(factor));
  }

  static Loss times(Loss loss, ScheduledOrLearned schedule) {
    check("times", List.of(loss));
    LossChecks.given(
        schedule, "times", "a number or a schedule", "write times(scheduled(epoch -> 0.5))");
    if (schedule.schedule().isEmpty()) {
      throw new IllegalArgumentException(
          "times expects a number or a schedule but receives %s: a learned weight would shrink any loss to 0; uncertaintyWeighted(…) learns weights that cannot."
              .formatted(schedule));
    }
    if (!loss.penalty().isNone()) {
      throw new IllegalArgumentException(
          "times with a schedule expects a loss without a penalty but receives %s with %s: call plus(%s) after times(…)."
              .formatted(loss.name(), loss.penalty(), loss.penalty()));
    }
    return ReducedLoss.like(
        loss, new WeightedSum(terms(loss, 1).stream().map(term -> term.times(schedule)).toList()));
  }

  static Loss sum(Loss first, Loss second) {
    LossChecks.given(second, "plus", "a loss or a penalty", "run the cell that makes it first");
    check("plus", List.of(first, second));
    List<Term> terms = Stream.of(terms(first, 1), terms(second, 1)).flatMap(List::stream).toList();
    Loss sum = ReducedLoss.like(first, new WeightedSum(terms));
    return second.penalty().isNone() ? sum : sum.plus(second.penalty());
  }

  /** The terms of a loss that may be a sum already. */
  private static List<Term> terms(Loss loss, double factor) {
    Loss inner = ReducedLoss.inner(loss);
    return inner instanceof WeightedSum sum
        ? sum.terms.stream().map(term -> term.times(factor)).toList()
        : List.of(new Term(factor, inner));
  }

  /** Whether a factor follows a schedule, which no file can hold. */
  boolean isScheduled() {
    return terms.stream().anyMatch(term -> term.schedule.isPresent());
  }

  /** What the terms are multiplied by, where none follows a schedule. */
  List<Object> factors() {
    return terms.stream().map(term -> (Object) term.factor).toList();
  }

  /** A term that is taken away rises as the model gets better. */
  @Override
  Direction directionAsMetric() {
    boolean isAdded = terms.stream().allMatch(term -> term.factor >= 0);
    return isAdded ? super.directionAsMetric() : Direction.UNKNOWN;
  }

  @Override
  boolean isSwitchedOff() {
    return terms.stream().allMatch(term -> term.factor == 0);
  }

  @Override
  Expr term(int i, Expr value) {
    double factor = terms.get(i).factor;
    Expr weighed = weights.get(i).map(setting -> setting.expr().times(value)).orElse(value);
    return factor == 1 ? weighed : weighed.times(factor);
  }

  @Override
  Loss drawn() {
    return new WeightedSum(terms.stream().map(term -> term.of(term.loss.drawn())).toList());
  }

  @Override
  Optional<Loss> joinedWith(String activation) {
    List<Optional<Loss>> joined =
        losses().stream().map(loss -> loss.joinedWith(activation)).toList();
    return joined.stream().allMatch(Optional::isPresent)
        ? Optional.of(
            new WeightedSum(
                IntStream.range(0, terms.size())
                    .mapToObj(i -> terms.get(i).of(joined.get(i).get()))
                    .toList()))
        : Optional.empty();
  }
}
