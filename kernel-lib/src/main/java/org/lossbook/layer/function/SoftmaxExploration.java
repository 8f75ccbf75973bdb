package org.lossbook.layer.function;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.formula.Expr;
import org.lossbook.formula.JavaScript;
import org.lossbook.formula.Program.Output;
import org.lossbook.formula.Shape;
import org.lossbook.plot.BarChart;
import org.lossbook.plot.explorer.SoftmaxExplorer;

/**
 * Makes the explorer of a softmax with a temperature.
 *
 * @hidden
 */
@Internal
public final class SoftmaxExploration {
  private static final int MOST = 12;
  private static final String FIX = "write softmax().explore(2, 1, -1)";

  private SoftmaxExploration() {}

  public static SoftmaxExplorer of(double... scores) {
    Require.given(scores, "softmax.explore", "scores", FIX);
    if (scores.length < 2
        || scores.length > MOST
        || !DoubleStream.of(scores).allMatch(Double::isFinite)) {
      throw Messages.wrong(
          "softmax.explore expects 2 to %d finite scores but receives %s: %s.",
          MOST, Arrays.toString(scores), FIX);
    }
    Expr[] letters =
        IntStream.rangeClosed(0, scores.length)
            .mapToObj(k -> Expr.parameter("x" + k, "x_" + k, k < scores.length ? scores[k] : 1))
            .toArray(Expr[]::new);
    Expr temperature = letters[scores.length];
    Expr logs = Expr.row(Arrays.copyOf(letters, scores.length)).over(temperature).logSoftmax();
    Expr entropy = logs.exp().times(logs).sum().negate().batchSum();
    double[] shares = RowViews.SOFTMAX.values(scores);
    String[] names =
        IntStream.range(0, scores.length).mapToObj(k -> "p" + k).toArray(String[]::new);
    BarChart still =
        BarChart.of("softmax at temperature 1", names).y("probability").with("prediction", shares);
    return new SoftmaxExplorer(
        DoubleStream.of(scores).boxed().toList(),
        JavaScript.of(
            scores.length, List.of(letters), entropy, new Output(logs.exp(), Shape.ELEMENT)),
        still.figure(),
        still.toString());
  }
}
