package org.lossbook.loss;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lossbook.formula.Expr;

/** A sum of losses of the same truth and prediction, each times a number. */
final class Combined extends Loss {
  private final List<Term> terms;

  record Term(double factor, Loss loss) {
    @Override
    public String toString() {
      return factor == 1 ? loss.name() : (float) factor + "·" + loss.name();
    }
  }

  Combined(List<Term> terms) {
    super(
        terms.stream().map(Term::toString).collect(Collectors.joining(" + ")),
        terms.get(0).loss().target(),
        terms.get(0).loss().prediction());
    this.terms = terms;
    for (Term term : terms) {
      Loss first = terms.get(0).loss();
      Loss other = term.loss();
      if (other.target() != first.target()
          || other.prediction() != first.prediction()
          || other.reduction() != first.reduction()) {
        throw new IllegalArgumentException(
            "plus expects losses of the same kind of truth, prediction and reduction but receives "
                + first.name()
                + " of "
                + first.prediction()
                + " and "
                + other.name()
                + " of "
                + other.prediction()
                + ": give the two outputs a loss each, or bring one to the other's form.");
      }
    }
  }

  /** The terms of a loss that may be a sum already. */
  static List<Term> terms(Loss loss, double factor) {
    return loss instanceof Combined sum
        ? sum.terms.stream().map(t -> new Term(t.factor * factor, t.loss)).toList()
        : List.of(new Term(factor, loss));
  }

  @Override
  public Optional<Loss> joinedWith(String activation) {
    List<Term> joined =
        terms.stream()
            .flatMap(t -> t.loss.joinedWith(activation).map(j -> new Term(t.factor, j)).stream())
            .toList();
    return joined.size() == terms.size() ? Optional.of(new Combined(joined)) : Optional.empty();
  }

  @Override
  Reduction reduction() {
    return terms.get(0).loss().reduction();
  }

  @Override
  Expr perSample(Expr y, Expr p) {
    return terms.stream()
        .map(t -> t.factor == 1 ? t.loss.perSample(y, p) : t.loss.perSample(y, p).times(t.factor))
        .reduce(Expr::plus)
        .orElseThrow();
  }
}
