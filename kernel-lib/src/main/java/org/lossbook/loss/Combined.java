package org.lossbook.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lossbook.formula.Expr;

/** A sum of losses of the same truth and prediction, each times a number. */
final class Combined extends Loss {
  private final List<Term> terms;

  record Term(double factor, Loss loss) {
    Expr of(Expr value) {
      return factor == 1 ? value : value.times(factor);
    }

    @Override
    public String toString() {
      return factor == 1 ? loss.name() : (float) factor + "·" + loss.name();
    }
  }

  private Combined(List<Term> terms) {
    super(
        terms.stream().map(Term::toString).collect(Collectors.joining(" + ")),
        terms.get(0).loss().target(),
        terms.get(0).loss().prediction());
    this.terms = terms;
  }

  static Loss times(Loss loss, double factor) {
    return Refined.like(loss, new Combined(terms(loss, factor)));
  }

  static Loss sum(Loss first, Loss second) {
    boolean isSameKind =
        first.target() == second.target() && first.prediction() == second.prediction();
    if (!isSameKind
        || first.reduction() != second.reduction()
        || !first.classWeights().equals(second.classWeights())) {
      throw new IllegalArgumentException(
          "plus expects losses of the same kind of truth, prediction and reduction but receives "
              + described(first)
              + " and "
              + described(second)
              + ": "
              + (isSameKind
                  ? "add them up first, and say .sum() or .classWeight(…) of the whole."
                  : "give the two outputs a loss each, or bring one to the other's form."));
    }
    List<Term> terms = Stream.of(terms(first, 1), terms(second, 1)).flatMap(List::stream).toList();
    return Refined.like(first, new Combined(terms));
  }

  private static String described(Loss loss) {
    return loss.name()
        + " of "
        + loss.prediction()
        + (loss.reduction() == Reduction.MEAN ? "" : ", reduced by " + loss.reduction().says());
  }

  /** The terms of a loss that may be a sum already. */
  private static List<Term> terms(Loss loss, double factor) {
    Loss inner = Refined.inner(loss);
    return inner instanceof Combined sum
        ? sum.terms.stream().map(t -> new Term(t.factor * factor, t.loss)).toList()
        : List.of(new Term(factor, inner));
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
  Sweep sweep() {
    return terms.get(0).loss().sweep();
  }

  @Override
  Expr perSample(Expr y, Expr p) {
    return terms.stream()
        .map(term -> term.of(term.loss.perSample(y, p)))
        .reduce(Expr::plus)
        .orElseThrow();
  }

  /** One number where all terms are sums over samples; else each term has its own. */
  @Override
  List<Part> parts(Reduction by, boolean weighted) {
    return isSumOverSamples()
        ? super.parts(by, weighted)
        : terms.stream().flatMap(t -> t.loss.parts(by, weighted).stream()).toList();
  }

  @Override
  Expr finished(List<Expr> parts) {
    if (isSumOverSamples()) {
      return parts.get(0);
    }
    List<Expr> each = new ArrayList<>();
    int from = 0;
    for (Term term : terms) {
      int to = from + term.loss.parts(Reduction.MEAN, false).size();
      each.add(term.of(term.loss.finished(parts.subList(from, to))));
      from = to;
    }
    return each.stream().reduce(Expr::plus).orElseThrow();
  }

  @Override
  boolean isSumOverSamples() {
    return terms.stream().allMatch(term -> term.loss.isSumOverSamples());
  }
}
