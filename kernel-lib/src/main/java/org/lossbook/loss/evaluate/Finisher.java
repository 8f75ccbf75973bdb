package org.lossbook.loss.evaluate;

import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Program;
import org.lossbook.formula.Shape;
import org.lossbook.loss.spec.LossSpec;

/** Last step of a loss, compiled: the loss from its parts once they are known over all batches. */
record Finisher(Program program, double[][] numbers, List<Program.ParameterSetter> settings) {
  static Finisher of(LossSpec loss, int parts) {
    List<Expr> names =
        IntStream.range(0, parts)
            .mapToObj(i -> Expr.variable("L" + i, "L_" + i, Shape.SAMPLE))
            .toList();
    Expr finished = loss.formula().finished(names.stream().map(Expr::batchSum).toList());
    Program program = Program.of(1, MovingSettings.settled(loss, finished));
    double[][] numbers = new double[parts][1];
    for (int i = 0; i < parts; i++) {
      program.input(names.get(i)).connect(numbers[i]);
    }
    return new Finisher(program, numbers, MovingSettings.setters(loss, program));
  }

  double of(double[] parts, double[] settings) {
    for (int i = 0; i < settings.length; i++) {
      this.settings.get(i).set(settings[i]);
    }
    for (int i = 0; i < parts.length; i++) {
      numbers[i][0] = parts[i];
    }
    return program.run(1);
  }
}
