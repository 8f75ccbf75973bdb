package org.lossbook.optimizer.schedule;

import org.lossbook.Internal;
import org.lossbook.config.Registry;

/**
 * The schedules that a file may name. A new one is one line here.
 *
 * @hidden
 */
@Internal
public final class ScheduleRegistry {
  /** By Keras's classes. */
  public static final Registry<Schedule> SCHEDULES =
      Registry.<Schedule>of("schedule", FormulatedSchedule.MODULE)
          .common((settings, from) -> from.apply(settings.ignore("name")))
          .add("ExponentialDecay", ExponentialDecay::from)
          .add("InverseTimeDecay", InverseTimeDecay::from)
          .add("PolynomialDecay", PolynomialDecay::from)
          .add("CosineDecay", CosineDecay::from)
          .add("CosineDecayRestarts", CosineDecayRestarts::from)
          .add("PiecewiseConstantDecay", PiecewiseConstantDecay::from);

  private ScheduleRegistry() {}
}
