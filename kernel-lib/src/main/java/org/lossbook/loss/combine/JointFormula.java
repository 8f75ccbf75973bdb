package org.lossbook.loss.combine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.LossFormula;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Part;
import org.lossbook.loss.spec.Reduction;

/**
 * The sum of several losses of the same truth and prediction.
 *
 * @param terms the losses
 * @param letters their settings, each by a letter of its own
 * @param weighing what each loss gives to the sum
 * @param isSwitchedOff whether nothing is left of it, all terms being multiplied by 0
 * @hidden
 */
@Internal
public record JointFormula(
    List<LossSpec> terms, JointSymbols letters, Weighing weighing, boolean isSwitchedOff)
    implements LossFormula {
  /**
   * What a loss gives to the sum.
   *
   * @hidden
   */
  @Internal
  public interface Weighing {
    /**
     * The term.
     *
     * @param i the loss's place
     * @param value its value
     */
    Expr term(int i, Expr value);
  }

  @Override
  public boolean seesWholeBatch() {
    return terms.stream().anyMatch(loss -> loss.formula().seesWholeBatch());
  }

  @Override
  public boolean isSumOverSamples() {
    return terms.stream().allMatch(loss -> loss.formula().isSumOverSamples());
  }

  @Override
  public Expr perSample(Expr y, Expr p) {
    return sum(i -> formula(i).perSample(y, p));
  }

  @Override
  public Expr alone(Expr y, Expr p) {
    return sum(i -> formula(i).alone(y, p));
  }

  /** One number where all terms are sums over samples; else each term has its own. */
  @Override
  public List<Part> parts(Expr y, Expr p, Reduction by, boolean weighted) {
    if (isSumOverSamples()) {
      return LossFormula.super.parts(y, p, by, weighted);
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      for (Part part : formula(i).parts(y, p, by, weighted)) {
        parts.add(new Part(letters.of(i, part.value()), part.reduction()));
      }
    }
    return parts;
  }

  @Override
  public Expr finished(List<Expr> parts) {
    if (isSumOverSamples()) {
      return parts.get(0);
    }
    int[] from = new int[terms.size() + 1];
    for (int i = 0; i < terms.size(); i++) {
      from[i + 1] = from[i] + terms.get(i).parts(false).size();
    }
    return sum(i -> formula(i).finished(parts.subList(from[i], from[i + 1])));
  }

  private LossFormula formula(int i) {
    return terms.get(i).formula();
  }

  private Expr sum(IntFunction<Expr> value) {
    return IntStream.range(0, terms.size())
        .mapToObj(i -> weighing.term(i, letters.of(i, value.apply(i))))
        .reduce(Expr::plus)
        .orElseThrow();
  }
}
