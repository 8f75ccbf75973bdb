package org.lossbook.model;

import org.lossbook.engine.Plan;
import org.lossbook.engine.Shapes;

/** Prediction for up to one batch of samples; a batch that is not full is padded. */
final class InferenceStep implements PlanCache.Prepared {
  private final Weights weights;
  private final Plan plan;
  private final float[] x;
  private final float[] y;
  private final float[] yHat;

  InferenceStep(Core core, int batch) {
    weights = core.weights();
    plan = core.plan(batch, PlanCache.Use.INFERENCE);
    x = new float[batch * Shapes.size(core.network().inputShape())];
    y = new float[batch * core.targets()];
    yHat = new float[batch * core.network().outputs()];
  }

  int batch() {
    return plan.batch();
  }

  /** To be filled with samples before {@link #run()}. */
  float[] x() {
    return x;
  }

  /** Room for their targets. */
  float[] y() {
    return y;
  }

  /**
   * Predicts the samples in {@link #x()}. What is left of an earlier batch behind them does no
   * harm: in inference samples do not see each other.
   */
  float[] run() {
    weights.open();
    plan.input(0, x);
    plan.forward();
    plan.output(0, yHat);
    return yHat;
  }

  /** What the activities of the first {@code rows} samples cost, a sample. */
  double activityCost(int rows) {
    return plan.activityCost(rows);
  }

  @Override
  public long bytes() {
    return plan.bytes();
  }

  @Override
  public void close() {
    plan.close();
  }
}
