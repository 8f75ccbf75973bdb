package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lossbook.formula.Expr;
import org.lossbook.formula.JavaScript;
import org.lossbook.formula.Program.Output;
import org.lossbook.formula.Shape;
import org.lossbook.loss.EveryLoss.Example;
import org.lossbook.testing.JavaScriptCalls;

/** Every loss and its gradient in JavaScript, run on the JVM, beside Java's. */
class LossJavaScriptTest {
  private static final int ROWS = 6;

  @Test
  void everyLossAndItsGradientAreTheSameInJavaScript() {
    JavaScriptCalls calls = new JavaScriptCalls();
    List<Loss> losses =
        EveryLoss.inEveryForm().stream().filter(loss -> loss.spec().isFormula()).toList();
    for (int i = 0; i < losses.size(); i++) {
      calls.call(function(losses.get(i)), arguments(losses.get(i), i).toArray());
    }
    List<double[]> answers = calls.answers();

    assertThat(answers).hasSameSizeAs(losses);
    for (int i = 0; i < losses.size(); i++) {
      Loss loss = losses.get(i);
      Example example = Example.of(loss, ROWS, i);
      double[] gradient = new double[example.p().length];
      double value =
          new TrainingLoss(loss)
              .bind(example.columns())
              .run(example.y(), example.p(), null, ROWS, gradient);
      double[] answer = answers.get(i);
      assertThat(answer).as(loss.toString()).hasSize(1 + gradient.length);
      assertThat(answer[0]).as(loss.toString()).isCloseTo(value, near(value));
      for (int k = 0; k < gradient.length; k++) {
        assertThat(answer[k + 1])
            .as("dL/dŷ[%d] of %s", k, loss)
            .isCloseTo(gradient[k], near(gradient[k]));
      }
    }
  }

  private static List<Object> arguments(Loss loss, int seed) {
    Example example = Example.of(loss, ROWS, seed);
    List<Object> arguments = new ArrayList<>(List.of(ROWS, example.y(), example.p()));
    loss.settings().forEach(setting -> arguments.add(setting.value()));
    return arguments;
  }

  /** The settings are the function's own parameters. */
  private static String function(Loss loss) {
    Expr objective = loss.spec().objective(false);
    List<Expr> inputs = new ArrayList<>(List.of(loss.spec().y(), loss.spec().p()));
    loss.settings().forEach(setting -> inputs.add(setting.expr()));
    int columns = Example.of(loss, 1, 0).columns();
    Output slope = new Output(objective.gradient(loss.spec().p()), Shape.ELEMENT);
    return JavaScript.of(columns, inputs, objective, slope);
  }

  private static org.assertj.core.data.Offset<Double> near(double number) {
    return within(1e-9 * Math.max(1e-3, Math.abs(number)));
  }
}
