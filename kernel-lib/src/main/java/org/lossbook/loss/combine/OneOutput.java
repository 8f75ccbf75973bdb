package org.lossbook.loss.combine;

import java.util.List;
import java.util.Map;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.loss.spec.Aggregation;
import org.lossbook.loss.spec.LossDomain;
import org.lossbook.loss.spec.LossFormula;
import org.lossbook.loss.spec.LossSpec;
import org.lossbook.loss.spec.Part;
import org.lossbook.loss.spec.Prediction;
import org.lossbook.loss.spec.Reduction;
import org.lossbook.loss.spec.RowTruth;
import org.lossbook.loss.spec.Target;

/**
 * The formula of a loss of one output of several: a task among others.
 *
 * @param loss of a model of one output
 * @param output which one it is, counted from 0
 * @hidden
 */
@Internal
public record OneOutput(LossSpec loss, int output) implements LossFormula {
  public static LossSpec of(LossSpec loss, int output) {
    if (loss.target().isOnePerSample() || loss.prediction().isRow() || output < 0) {
      throw new IllegalArgumentException(
          output < 0
              ? Messages.of(
                  "output expects a position counted from 0 but receives %d: output(0) is the first.",
                  output)
              : Messages.of(
                  "output expects a loss that compares output by output but %s expects %s: take a loss of single numbers, such as mse().",
                  loss.name(), loss.prediction()));
    }
    LossSpec inner = loss.withAggregation(Aggregation.MEAN);
    var domain =
        new LossDomain(
            Target.VALUE,
            Prediction.VALUE,
            RowTruth.PROBABILITIES,
            (int) Math.min(output + 1L, Integer.MAX_VALUE),
            false,
            List.of(new LossDomain.OfOutput(inner, output)));
    LossSpec one =
        LossSpec.of(loss.name() + "[" + output + "]", domain, new OneOutput(inner, output))
            .withSettings(loss.settings())
            .withAggregation(loss.aggregation())
            .withDirection(loss.direction())
            .in(loss.unit())
            .drawnAs(() -> of(inner.drawn(), output));
    return inner
        .config()
        .map(config -> Config.ours("OneOutput").with("loss", config).with("output", output))
        .map(one::savedAs)
        .orElse(one);
  }

  @Override
  public List<LossSpec> terms() {
    return List.of(loss);
  }

  @Override
  public Expr perSample(Expr y, Expr p) {
    return ofOutput(loss.perSample(), y, p);
  }

  @Override
  public List<Part> parts(Expr y, Expr p, Reduction by, boolean weighted) {
    return loss.formula().parts(loss.y(), loss.p(), by, weighted).stream()
        .map(part -> new Part(ofOutput(part.value(), y, p), part.reduction()))
        .toList();
  }

  @Override
  public Expr finished(List<Expr> parts) {
    return loss.formula().finished(parts);
  }

  @Override
  public boolean isSumOverSamples() {
    return loss.formula().isSumOverSamples();
  }

  @Override
  public boolean isSwitchedOff() {
    return loss.formula().isSwitchedOff();
  }

  /** The same of one output, with this output's numbers in place of the loss's letters. */
  private Expr ofOutput(Expr said, Expr y, Expr p) {
    return said.forOneOutput()
        .substituted(
            Map.of(
                loss.y(), y.component(output),
                loss.p(), p.component(output),
                Expr.outputs(), Expr.of(1)));
  }
}
