package org.lossbook.loss.explain;

import java.util.ArrayList;
import java.util.List;
import org.lossbook.Internal;
import org.lossbook.formula.Expr;
import org.lossbook.formula.JavaScript;
import org.lossbook.formula.Program.Output;
import org.lossbook.formula.Shape;
import org.lossbook.loss.spec.FormulaSlider;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.ProbeSample;
import org.lossbook.plot.Figure;
import org.lossbook.plot.explorer.ComparedExplorer;
import org.lossbook.plot.explorer.ComparedExplorer.Compared;
import org.lossbook.plot.explorer.Explorer.Group;
import org.lossbook.plot.explorer.Explorer.Slider;

/**
 * Makes the explorer of several losses over one truth and one prediction.
 *
 * @hidden
 */
@Internal
public final class ComparedExploration {
  private ComparedExploration() {}

  /** The losses, all of the first one's kind of prediction. */
  public static ComparedExplorer of(List<LossSpec> losses) {
    LossSpec first = losses.get(0);
    Figure still = LossCurve.compared(first, losses.subList(1, losses.size()));
    ProbeSample probe = ProbeSamples.of(first);
    List<Expr> letters = new ArrayList<>();
    List<Slider> shared = new ArrayList<>();
    for (FormulaSlider each : probe.truth()) {
      letters.add(each.letter());
      shared.add(Exploration.slider(Group.TRUTH, each));
    }
    for (FormulaSlider each : probe.prediction()) {
      letters.add(each.letter());
      shared.add(Exploration.slider(Group.PREDICTION, each));
    }
    FormulaSlider moving = probe.prediction().get(0);
    List<Compared> compared = new ArrayList<>();
    for (LossSpec loss : losses) {
      compared.add(compared(loss, losses, probe, letters));
    }
    return new ComparedExplorer(
        shared,
        letters.indexOf(moving.letter()),
        JavaScript.of(1, letters, moving.target()),
        probe.goal(),
        compared,
        still,
        still.toString());
  }

  private static Compared compared(
      LossSpec loss, List<LossSpec> all, ProbeSample probe, List<Expr> shared) {
    List<Expr> inputs = new ArrayList<>(List.of(ProbeSample.T));
    inputs.addAll(shared);
    List<Slider> settings = new ArrayList<>();
    for (FormulaSlider each : loss.settings().stream().map(FormulaSlider::of).toList()) {
      inputs.add(each.letter());
      settings.add(Exploration.slider(Group.SETTING, each));
    }
    Expr value = probe.loss(loss, probe.prediction().get(0));
    Output slope = new Output(value.gradient(ProbeSample.T), Shape.SCALAR);
    return new Compared(
        LossCurve.label(loss, all),
        loss.unit(),
        settings,
        JavaScript.of(probe.columns(), inputs, value, slope));
  }
}
