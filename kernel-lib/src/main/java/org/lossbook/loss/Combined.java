package org.lossbook.loss;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Worked;
import org.lossbook.metric.Direction;

/** A sum of losses of the same truth and prediction, each times a number. */
final class Combined extends JointLoss {
  private final List<Term> terms;

  private record Term(double factor, Loss loss) {
    @Override
    public String toString() {
      return factor == 1 ? loss.name() : Worked.text(factor) + "·" + loss.name();
    }
  }

  private Combined(List<Term> terms) {
    super(
        terms.stream().map(Term::toString).collect(Collectors.joining(" + ")),
        terms.stream().map(Term::loss).toList(),
        List.of());
    this.terms = terms;
  }

  static Loss times(Loss loss, double factor) {
    check("times", List.of(loss));
    if (!Double.isFinite(factor)) {
      throw new IllegalArgumentException(
          "times expects a finite number but receives %s: weigh %s with one such as 0.5."
              .formatted(factor, loss.name()));
    }
    Loss scaled = Refined.like(loss, new Combined(terms(loss, factor)));
    return loss.penalty().isNone()
        ? scaled
        : Refined.penalized(scaled, loss.penalty().times(factor));
  }

  static Loss sum(Loss first, Loss second) {
    Checks.given(second, "plus", "a loss or a penalty", "run the cell that makes it first");
    check("plus", List.of(first, second));
    List<Term> terms = Stream.of(terms(first, 1), terms(second, 1)).flatMap(List::stream).toList();
    Loss sum = Refined.like(first, new Combined(terms));
    return second.penalty().isNone() ? sum : sum.plus(second.penalty());
  }

  /** The terms of a loss that may be a sum already. */
  private static List<Term> terms(Loss loss, double factor) {
    Loss inner = Refined.inner(loss);
    return inner instanceof Combined sum
        ? sum.terms.stream().map(t -> new Term(t.factor * factor, t.loss)).toList()
        : List.of(new Term(factor, inner));
  }

  /** What the terms are multiplied by. */
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
    return factor == 1 ? value : value.times(factor);
  }

  @Override
  Loss drawn() {
    return new Combined(terms.stream().map(t -> new Term(t.factor, t.loss.drawn())).toList());
  }

  @Override
  Optional<Loss> joinedWith(String activation) {
    List<Optional<Loss>> joined =
        losses().stream().map(loss -> loss.joinedWith(activation)).toList();
    return joined.stream().allMatch(Optional::isPresent)
        ? Optional.of(
            new Combined(
                IntStream.range(0, terms.size())
                    .mapToObj(i -> new Term(terms.get(i).factor, joined.get(i).get()))
                    .toList()))
        : Optional.empty();
  }
}
