package org.lossbook.training;

import org.lossbook.Internal;
import org.lossbook.data.Dataset;
import org.lossbook.engine.Plan;

/**
 * One training step of a compiled model for one batch size: forward, loss, backward, the
 * optimizer's update, with all memory taken beforehand. Running it allocates nothing.
 *
 * @hidden
 */
@Internal
public final class TrainingPlan implements PlanCache.Prepared {
  private final Weights weights;
  private final Plan plan;
  private final ParameterUpdate update;
  private final Columns x;
  private final Columns y;
  private final OutputStep[] heads;
  private final float[] sampleWeights;
  private boolean weighted;
  private double cost;
  private long runs;

  public TrainingPlan(CompiledModel compiled, int batch) {
    MemoryCheck.batch(compiled, batch, PlanCache.Use.TRAINING);
    weights = compiled.weights();
    update = compiled.update();
    x = Columns.of(batch, compiled.network().inputShapes());
    y = new Columns(batch, compiled.targets());
    heads = new OutputStep[compiled.heads().size()];
    for (int h = 0; h < heads.length; h++) {
      heads[h] = new OutputStep(compiled.heads().get(h), h, batch, y.part(h));
    }
    sampleWeights = new float[batch];
    plan =
        compiled.plan(batch, PlanCache.Use.TRAINING); // last: nothing after it can fail and lose it
  }

  /** The samples in a batch. */
  public int batch() {
    return plan.batch();
  }

  /**
   * Copies a batch of samples and targets in.
   *
   * @param order which samples: {@code order[from]} and those after it
   */
  public void load(Dataset data, int[] order, int from) {
    DataChecks.given("load", data);
    data.gatherX(order, from, batch(), x.rows());
    data.gatherY(order, from, batch(), y.rows());
    loaded();
  }

  /**
   * The whole step with the batch that is loaded.
   *
   * @return the loss before the update, with what the weights cost; where it is not finite there
   *     was no update
   */
  public double run() {
    double value = forward();
    if (Double.isFinite(value)) {
      backward();
      update();
      cost = update.cost() + activityCost();
      value += cost;
    }
    return value;
  }

  /** Predicts, and gives the loss. */
  public double forward() {
    weights.open();
    runs++;
    for (int i = 0; i < x.parts(); i++) {
      plan.input(i, x.part(i));
    }
    plan.forward();
    double loss = 0;
    for (OutputStep head : heads) {
      loss += head.forward(plan, weights());
    }
    return loss;
  }

  /** The same loss computed in doubles from what the network gives, without what else it needs. */
  public double exactLoss() {
    forward();
    double[] each = weighted ? OutputStep.doubles(sampleWeights) : null;
    double loss = 0;
    for (OutputStep head : heads) {
      loss += head.exactLoss(each);
    }
    return loss;
  }

  /** From the loss to the gradients of all parameters. */
  public void backward() {
    for (OutputStep head : heads) {
      head.backward(plan);
    }
    plan.backward();
  }

  /** The optimizer's update, of the weights and of what the loss learns. */
  void update() {
    update.run();
    for (OutputStep head : heads) {
      head.update();
    }
  }

  /** The forward runs so far: whether what lies here is still what one left. */
  public long runs() {
    return runs;
  }

  /** Copies a batch in that is no dataset's. */
  public void load(BatchSamples samples, BatchSamples targets) {
    samples.copy(x.rows());
    targets.copy(y.rows());
    loaded();
  }

  /** Where all inputs and targets were filled in; all samples count alike. */
  private void loaded() {
    x.split(batch());
    y.split(batch());
    weighted = false;
  }

  /** Keeps the slopes of what the losses learn, for a step by hand. */
  public void addGradients() {
    for (OutputStep head : heads) {
      head.addGradients();
    }
  }

  /** Makes the samples of this batch count by what is written to {@link #sampleWeights()}. */
  public void weigh() {
    weighted = true;
  }

  private float[] weights() {
    return weighted ? sampleWeights : null; // null is all ones
  }

  /** One a sample. */
  public float[] sampleWeights() {
    return sampleWeights;
  }

  /** What the weights cost before the last update, and the activities in the last forward run. */
  double cost() {
    return cost;
  }

  /** What the activities cost in the last forward run, a sample. */
  public double activityCost() {
    return plan.activityCost(batch());
  }

  /** Adds what the last run measured to the figures of the epoch. */
  public void addTo(RunningMetrics running) {
    for (OutputStep head : heads) {
      head.addTo(running, weights());
    }
    running.batch(cost, batch());
  }

  /** The parts of the model's outputs. */
  public OutputStep head(int index) {
    return heads[index];
  }

  /** All inputs of the batch, side by side. */
  float[] x() {
    return x.rows();
  }

  /** One input of the batch. */
  float[] x(int input) {
    return x.part(input);
  }

  /** All targets of the batch, side by side. */
  public float[] y() {
    return y.rows();
  }

  /** The same, and each output's alone. */
  public Columns targets() {
    return y;
  }

  /** Chooses what dropout drops from here on. */
  public void seed(long seed) {
    plan.seed(seed);
  }

  @Override
  public long bytes() {
    return plan.bytes();
  }

  /** Frees its memory; a second call does nothing. */
  @Override
  public void close() {
    plan.close();
  }
}
