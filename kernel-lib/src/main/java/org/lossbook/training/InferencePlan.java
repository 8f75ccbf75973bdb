package org.lossbook.training;

import org.lossbook.Internal;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Plan;

/**
 * An inference plan: predicts up to one batch of samples; smaller batches are padded.
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
  private final int[] positions;
  private final CountingRows[] counting;

  /**
   * @param use prediction, or the forward pass of training
   */
  InferencePlan(CompiledModel compiled, int batch, Mode use) {
    MemoryCheck.batch(compiled, batch, use);
    weights = compiled.weights();
    x = Columns.of(batch, compiled.network().inputShapes());
    y = new Columns(batch, compiled.targets());
    predictions =
        compiled.heads().stream()
            .map(head -> new float[batch * head.size()])
            .toArray(float[][]::new);
    positions = compiled.heads().stream().mapToInt(OutputHead::positions).toArray();
    counting = new CountingRows[predictions.length];
    for (int h = 0; h < counting.length; h++) {
      counting[h] = CountingRows.of(compiled.heads().get(h), compiled.network().maskOf(h), batch);
    }
    plan = compiled.plan(batch, use); // last, because nothing after it can fail and leak it
  }

  int batch() {
    return plan.batch();
  }

  /** Seeds the next runs, where they are those of training. */
  void seed(long seed) {
    plan.seed(seed);
  }

  /** The samples, all inputs side by side; fill it before {@link #run}. */
  public float[] x() {
    return x.rows();
  }

  /** The targets, to be filled as well. */
  public float[] y() {
    return y.rows();
  }

  /** The targets, also split by output. */
  public Columns targets() {
    return y;
  }

  /** How many rows a sample of one output has for the loss, one at each position. */
  public int positions(int head) {
    return positions[head];
  }

  /** The targets of one output, after {@link #run}. */
  public float[] y(int head) {
    return y.part(head);
  }

  /** The predictions of one output, after {@link #run}. */
  public float[] predictions(int head) {
    return predictions[head];
  }

  /** The rows of one output that count, after {@link #run}. */
  public CountingRows counting(int head) {
    return counting[head];
  }

  /**
   * Predicts the samples in {@link #x()}. Samples of an earlier batch behind them do no harm: in
   * inference samples are independent.
   *
   * @param count the number of samples
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
      counting[h].read(plan);
    }
  }

  /** The activity penalty of the first {@code rows} samples, per sample. */
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
