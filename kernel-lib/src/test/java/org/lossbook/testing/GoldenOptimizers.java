package org.lossbook.testing;

import com.google.gson.JsonObject;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.optimizer.OptimizerRegistry;
import org.lossbook.optimizer.schedule.Schedule;
import org.lossbook.optimizer.schedule.ScheduleRegistry;

/** Reads the optimizers and schedules of the golden files. */
public final class GoldenOptimizers {
  private GoldenOptimizers() {}

  public static Optimizer of(String name, JsonObject settings) {
    return Golden.read(OptimizerRegistry.OPTIMIZERS, name, settings);
  }

  public static Schedule schedule(String className, JsonObject settings) {
    return Golden.read(ScheduleRegistry.SCHEDULES, className, settings);
  }
}
