package org.lossbook.analysis;

import java.util.ArrayList;
import java.util.List;
import org.lossbook.base.Messages;
import org.lossbook.engine.Activation;
import org.lossbook.formula.Expr;
import org.lossbook.formula.JavaScript;
import org.lossbook.formula.Program.Output;
import org.lossbook.formula.Shape;
import org.lossbook.layer.function.ElementFormula;
import org.lossbook.layer.function.KerasFunctions;
import org.lossbook.loss.Loss;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.plot.explorer.NetworkExplorer;

/** Makes the explorer of a pass: its functions and its loss in JavaScript, from their formulas. */
final class BackpropExploration {
  private static final Expr Z = ElementFormula.X;
  private static final Expr G = Expr.variable("g", "g", Shape.ELEMENT);

  private BackpropExploration() {}

  static NetworkExplorer of(Backprop backprop, double[] targets) {
    List<NetworkExplorer.Layer> layers = new ArrayList<>();
    boolean fused = false;
    for (Pass each : backprop.passes()) {
      if (!(each instanceof DensePass pass)) {
        throw Messages.wrong(
            "backprop.explore expects dense layers and functions but receives %s, a layer of sequences: look at backprop(model, x, y) and its plot() instead.",
            each.name());
      }
      int from = pass.in()[0].length;
      int to = pass.out()[0].length;
      layers.add(
          new NetworkExplorer.Layer(
              pass.name(), from, to, pass.kernel(), pass.bias(), function(pass.activation(), to)));
      fused = pass.fused();
    }
    Loss loss = backprop.loss();
    int outputs = layers.get(layers.size() - 1).to();
    String script =
        new TrainingLoss(loss)
            .javascript(outputs)
            .orElseThrow(
                () ->
                    Messages.wrong(
                        "backprop.explore expects a loss that is one fixed formula, the same for each sample, but receives %s: compile with a plain loss, such as mse(), or look at backprop(model, x, y).plot().",
                        loss.name()));
    return new NetworkExplorer(
        layers,
        backprop.start(),
        targets,
        loss.name(),
        script,
        fused,
        backprop.plot(),
        backprop.toString());
  }

  /** {@code (n, z, g) => [_, φ(z), g ⊙ φ′(z)]}: the chain rule, of rows as of single numbers. */
  private static String function(Activation activation, int width) {
    Expr value =
        activation.kind() == Activation.Kind.SOFTMAX
            ? Z.softmax()
            : KerasFunctions.formulaOf(activation).orElseThrow().formula();
    Expr back = value.times(G).sum().batchSum();
    return JavaScript.of(
        width,
        List.of(Z, G),
        Expr.of(0),
        new Output(value, Shape.ELEMENT),
        new Output(back.gradient(Z), Shape.ELEMENT));
  }
}
