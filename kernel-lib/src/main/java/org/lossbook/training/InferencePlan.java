package org.lossbook.training;

import org.lossbook.Internal;
import org.lossbook.engine.Plan;

/**
 * Prediction for up to one batch of samples; a batch that is not full is padded.
 *
 * @hidden
 */
@Internal
public final class InferencePlan implements PlanCache.Prepared {
  private final Weights weights;
  private final Plan plan;
  private final Columns x;
  private final Columns y;
  private final float[][] predictions;

  InferencePlan(CompiledModel compiled, int batch) {
    MemoryCheck.batch(compiled, batch, PlanCache.Use.INFERENCE);
    weights = compiled.weights();
    x = Columns.of(batch, compiled.network().inputShapes());
    y = new Columns(batch, compiled.targets());
    predictions =
        compiled.heads().stream()
            .map(head -> new float[batch * head.size()])
            .toArray(float[][]::new);
    plan =
        compiled.plan(
            batch, PlanCache.Use.INFERENCE); // last: nothing after it can fail and lose it
  }

  int batch() {
    return plan.batch();
  }

  /** To be filled with samples before {@link #run}: all inputs side by side. */
  public float[] x() {
    return x.rows();
  }

  /** Room for their targets. */
  public float[] y() {
    return y.rows();
  }

  /** The same, and each output's alone. */
  public Columns targets() {
    return y;
  }

  /** The targets of one output, after {@link #run}. */
  public float[] y(int head) {
    return y.part(head);
  }

  /** What the model says of the samples in one output, after {@link #run}. */
  public float[] predictions(int head) {
    return predictions[head];
  }

  /**
   * Predicts the samples in {@link #x()}. What is left of an earlier batch behind them does no
   * harm: in inference samples do not see each other.
   *
   * @param count how many samples there are
   */
  public void run(int count) {
    weights.open();
    x.split(count);
    y.split(count);
    for (int i = 0; i < x.parts(); i++) {
      plan.input(i, x.part(i));
    }
    plan.forward();
    for (int h = 0; h < predictions.length; h++) {
      plan.output(h, predictions[h]);
    }
  }

  /** What the activities of the first {@code rows} samples cost, a sample. */
  public double activityCost(int rows) {
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
