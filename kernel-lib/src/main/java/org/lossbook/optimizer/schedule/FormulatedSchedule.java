package org.lossbook.optimizer.schedule;

import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import org.lossbook.config.Require;
import org.lossbook.formula.Expr;
import org.lossbook.formula.Program;

/** A schedule defined by a formula, from which it is both computed and displayed. */
interface FormulatedSchedule extends Schedule {
  /** Keras's module of all schedules. */
  String MODULE = "keras.optimizers.schedules";

  /** The learning rate of a step, counted from 0. */
  Expr rate(Expr step);

  @Override
  default Optional<Expr> formula(Expr step) {
    return Optional.of(
        rate(
            Require.given(
                step, "formula", "the step", "Expr.variable(\"t\", \"t\", Shape.SCALAR) is one")));
  }

  @Override
  default double at(long step) {
    return running().applyAsDouble(OptimizerChecks.notNegative("at", "a step", step));
  }

  @Override
  default LongToDoubleFunction running() {
    Expr step = Expr.parameter("t", "t", 0);
    Program program = Program.of(1, rate(step));
    Program.ParameterSetter setter = program.parameter(step);
    return now -> {
      setter.set(now);
      return program.run(1);
    };
  }
}
