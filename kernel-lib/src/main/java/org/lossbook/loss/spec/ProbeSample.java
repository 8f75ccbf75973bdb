package org.lossbook.loss.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lossbook.Internal;
import org.lossbook.formula.Expr;

/**
 * One sample of a loss in a figure: numbers that move through the prediction, the truth it is held
 * against, and the row of each that they make.
 *
 * @param truth what a reader may move of the truth
 * @param prediction what may move of the prediction; a still picture moves the first
 * @param columns outputs of the sample
 * @param y the truth, of the letters in {@code truth}
 * @param p the prediction, of the letters in {@code prediction}
 * @param against the truth of a still picture in words: {@code the truth is yes}
 * @param goal what stands beside the place where the moving number should be
 * @hidden
 */
@Internal
public record ProbeSample(
    List<FormulaSlider> truth,
    List<FormulaSlider> prediction,
    int columns,
    Expr y,
    Expr p,
    String against,
    String goal) {
  /** What moves. */
  public static final Expr T = Expr.parameter("t", "t", 0);

  /** The same with one other number that moves. */
  public ProbeSample moving(FormulaSlider slider) {
    return new ProbeSample(truth, List.of(slider), columns, y, p, against, goal);
  }

  /** The same in other words. */
  public ProbeSample inWords(String against, String goal) {
    return new ProbeSample(truth, prediction, columns, y, p, against, goal);
  }

  /** The same where nobody reads the truth. */
  public ProbeSample withoutTruth() {
    return new ProbeSample(List.of(), prediction, columns, Expr.row(Expr.of(0)), p, against, goal);
  }

  /** The numbers that stand for themselves in {@link #loss}. */
  List<FormulaSlider> sliders() {
    List<FormulaSlider> all = new ArrayList<>(truth);
    all.addAll(prediction);
    return all;
  }

  /** The loss of this one sample, of the letters and of the loss's settings. */
  public Expr loss(LossSpec loss) {
    return loss.objective(false).substituted(Map.of(loss.y(), y, loss.p(), p));
  }

  /**
   * The same where one slider has become {@link #T}, and those that make a whole with it give way.
   */
  public Expr loss(LossSpec loss, FormulaSlider moving) {
    Map<Expr, Expr> moved = new HashMap<>(Map.of(moving.letter(), T));
    Expr room = Expr.of(1).minus(T).over(Expr.of(1).minus(moving.letter()));
    for (FormulaSlider other : prediction) {
      if (moving.whole() && other != moving) {
        moved.put(other.letter(), other.letter().times(room));
      }
    }
    return loss(loss).substituted(moved);
  }
}
