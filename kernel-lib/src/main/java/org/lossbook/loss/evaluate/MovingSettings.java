package org.lossbook.loss.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Program;
import org.lossbook.loss.spec.LossSpec;

/** Scheduled and learned settings of a loss in its compiled form. */
final class MovingSettings {
  private MovingSettings() {}

  /** With numbers for the settings that stay what they are, which is faster. */
  static Expr settled(LossSpec loss, Expr e) {
    Map<Expr, Expr> numbers = new HashMap<>();
    e.parameters().forEach(letter -> numbers.put(letter, letter.settled()));
    loss.movingSettings().forEach(setting -> numbers.remove(setting.expr()));
    return numbers.isEmpty() ? e : e.substituted(numbers);
  }

  /** Where those that move are set. */
  static List<Program.ParameterSetter> setters(LossSpec loss, Program program) {
    return loss.movingSettings().stream()
        .map(setting -> program.parameter(setting.expr()))
        .toList();
  }
}
