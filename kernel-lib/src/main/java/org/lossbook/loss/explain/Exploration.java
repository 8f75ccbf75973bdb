package org.lossbook.loss.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lossbook.Internal;
import org.lossbook.formula.Expr;
import org.lossbook.formula.JavaScript;
import org.lossbook.formula.Program.Output;
import org.lossbook.formula.Shape;
import org.lossbook.loss.spec.FormulaSlider;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.ProbeSample;
import org.lossbook.plot.explorer.Explorer;
import org.lossbook.plot.explorer.Explorer.Curve;
import org.lossbook.plot.explorer.Explorer.Group;
import org.lossbook.plot.explorer.Explorer.Slider;

/**
 * Makes the explorer of a loss: its sliders, and its own formula in JavaScript.
 *
 * @hidden
 */
@Internal
public final class Exploration {
  private static final int LONGEST = 180;

  private final LossSpec loss;
  private final ProbeSample probe;
  private final List<Slider> sliders = new ArrayList<>();
  private final List<Expr> letters = new ArrayList<>();

  private Exploration(LossSpec loss) {
    this.loss = loss;
    this.probe = ProbeSamples.of(loss);
    probe.truth().forEach(slider -> add(Group.TRUTH, slider));
    probe.prediction().forEach(slider -> add(Group.PREDICTION, slider));
    loss.settings().forEach(setting -> add(Group.SETTING, FormulaSlider.of(setting)));
  }

  public static Explorer of(LossSpec loss) {
    Exploration it = new Exploration(loss);
    LossCurve curve = new LossCurve(loss, it.probe);
    return new Explorer(
        loss.name(),
        loss.unit(),
        "L = " + it.text(it.sample()),
        it.slopeText("∂L/∂" + loss.p()),
        it.sliders,
        it.curves(),
        it.probe.goal(),
        it.probe.columns() == 1 ? "" : it.gradient(),
        curve.still(),
        curve.table());
  }

  private void add(Group group, FormulaSlider slider) {
    letters.add(slider.letter());
    sliders.add(slider(group, slider));
  }

  static Slider slider(Group group, FormulaSlider slider) {
    return new Slider(
        group,
        slider.name(),
        slider.low(),
        slider.high(),
        slider.step(),
        slider.first(),
        slider.whole());
  }

  private List<Curve> curves() {
    List<Curve> curves = new ArrayList<>();
    List<Expr> inputs = new ArrayList<>(List.of(ProbeSample.T));
    inputs.addAll(letters);
    for (FormulaSlider slider : probe.prediction()) {
      Expr value = probe.loss(loss, slider);
      Output slope = new Output(value.gradient(ProbeSample.T), Shape.SCALAR);
      curves.add(
          new Curve(
              letters.indexOf(slider.letter()),
              JavaScript.of(probe.columns(), inputs, value, slope),
              JavaScript.of(1, letters, slider.target()),
              slopeText(slider)));
    }
    return curves;
  }

  private String slopeText(FormulaSlider slider) {
    if (probe.columns() == 1) {
      return slopeText("dL/d" + loss.p());
    }
    return "dL/d" + slider.text() + (slider.whole() ? ", the others scaled to fit" : "");
  }

  /** With its formula, unless that is longer than anybody reads beside a slider. */
  private String slopeText(String left) {
    String formula = text(derivative());
    return formula.length() > LONGEST ? left : left + " = " + formula;
  }

  private String gradient() {
    Map<Expr, Expr> rows = Map.of(loss.y(), probe.y(), loss.p(), probe.p());
    Expr slopes = loss.objective(false).gradient(loss.p()).substituted(rows);
    return JavaScript.of(
        probe.columns(), letters, probe.loss(loss), new Output(slopes, Shape.ELEMENT));
  }

  /** The loss of one sample, as it is written. */
  private Expr sample() {
    Expr sample = loss.alone();
    return probe.columns() == 1 ? sample.forOneOutput() : sample;
  }

  private Expr derivative() {
    return sample().batchSum().gradient(loss.p());
  }

  /** What a setting is now its slider says: the formula has its letter alone. */
  private String text(Expr e) {
    Map<Expr, Expr> names = new HashMap<>();
    loss.settings().forEach(s -> names.put(s.expr(), Expr.named(s.text(), s.latex(), s.value())));
    return e.substituted(names).toString();
  }
}
