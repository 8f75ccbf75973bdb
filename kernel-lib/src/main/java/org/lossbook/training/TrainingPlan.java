package org.lossbook.training;

import org.lossbook.Internal;
import org.lossbook.data.Dataset;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Plan;
import org.lossbook.engine.UnknownWord;
import org.lossbook.network.samples.BatchSamples;

/**
 * A training plan: one step of a compiled model for one batch size, forward pass, loss, backward
 * pass and optimizer update, with all memory allocated beforehand. Running it allocates nothing.
 *
 * @hidden
 */
@Internal
public final class TrainingPlan implements PlanCache.Prepared {
  private static final int[] ONE_BATCH = {};

  private final Weights weights;
  private final Plan plan;
  private final ParameterUpdate update;
  private final Columns x;
  private final Columns y;
  private final OutputStep[] heads;
  private final BatchWeights lossWeights;
  private int[] order = ONE_BATCH; // which samples of a dataset the batch has, from the first on
  private int first;
  private double cost;
  private long runs;

  public TrainingPlan(CompiledModel compiled, int batch) {
    MemoryCheck.batch(compiled, batch, Mode.TRAINING);
    weights = compiled.weights();
    update = compiled.update();
    x = Columns.of(batch, compiled.network().inputShapes());
    y = new Columns(batch, compiled.targets());
    heads = new OutputStep[compiled.heads().size()];
    for (int h = 0; h < heads.length; h++) {
      heads[h] =
          new OutputStep(
              compiled.heads().get(h), h, compiled.network().maskOf(h), batch, y.part(h));
    }
    lossWeights = new BatchWeights(batch, compiled.positions());
    plan =
        compiled.plan(batch, Mode.TRAINING); // last, because nothing after it can fail and leak it
  }

  /** The batch size. */
  public int batch() {
    return plan.batch();
  }

  /**
   * Loads a batch of samples and targets.
   *
   * @param order the indices of the samples, from {@code order[from]} on
   */
  public void load(Dataset data, int[] order, int from) {
    DataChecks.given("load", data);
    this.order = order;
    first = from;
    data.gatherX(order, from, batch(), x.rows());
    data.gatherY(order, from, batch(), y.rows());
    loaded();
  }

  /**
   * Runs the whole step on the loaded batch.
   *
   * @return the loss before the update, regularization penalties included; if it is not finite,
   *     nothing was updated
   */
  public double run() {
    update.prepare();
    double value = forward();
    if (Double.isFinite(value)) {
      backward();
      update();
      cost = update.cost() + activityCost();
      value += cost;
    }
    return value;
  }

  /** The forward pass: predicts, and returns the loss. */
  public double forward() {
    weights.open();
    runs++;
    for (int i = 0; i < x.parts(); i++) {
      plan.input(i, x.part(i));
    }
    try {
      plan.forward();
    } catch (UnknownWord e) {
      throw e.ofSample(order.length == 0 ? e.row() : order[first + e.row()]);
    }
    double loss = 0;
    for (OutputStep head : heads) {
      loss += head.forward(plan, lossWeights);
    }
    return loss;
  }

  /** The data loss in double precision, from the network's output, without penalties. */
  public double exactLoss() {
    forward();
    double loss = 0;
    for (OutputStep head : heads) {
      loss += head.exactLoss(lossWeights);
    }
    return loss;
  }

  /** The backward pass: from the loss to the gradients of all parameters. */
  public void backward() {
    for (OutputStep head : heads) {
      head.backward(plan);
    }
    plan.backward();
  }

  /** The optimizer's update of the weights and of the learned settings of the loss. */
  void update() {
    update.run();
    for (OutputStep head : heads) {
      head.update();
    }
  }

  /**
   * The number of forward passes so far, which shows whether a pass's activations are still here.
   */
  public long runs() {
    return runs;
  }

  /** Loads a batch that does not come from a dataset. */
  public void load(BatchSamples samples, BatchSamples targets) {
    order = ONE_BATCH;
    samples.copy(x.rows());
    targets.copy(y.rows());
    loaded();
  }

  /** Splits the loaded batch; all samples have weight one. */
  private void loaded() {
    x.split(batch());
    y.split(batch());
    lossWeights.clear();
  }

  /** Adds the gradients of the learned settings of the losses, for a manual step. */
  public void addSettingGradients() {
    for (OutputStep head : heads) {
      head.addSettingGradients();
    }
  }

  /** The weights of the losses of the loaded batch, all one until they are filled. */
  public BatchWeights lossWeights() {
    return lossWeights;
  }

  /**
   * The regularization penalty before the last update, and the activity penalty of the last forward
   * pass.
   */
  double cost() {
    return cost;
  }

  /** The activity penalty of the last forward pass, per sample. */
  public double activityCost() {
    return plan.activityCost(batch());
  }

  /** Adds the loss and metrics of the last run to the figures of the epoch. */
  public void addTo(RunningMetrics running) {
    for (OutputStep head : heads) {
      head.addTo(running, lossWeights);
    }
    running.batch(cost, batch());
  }

  /** One output's part of the step. */
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

  /** The targets, also split by output. */
  public Columns targets() {
    return y;
  }

  /** Begins again: with this seed of dropout, and zeros where layers keep states. */
  public void beginAgain(long seed) {
    seed(seed);
    weights.parameters().forgetStates(false);
  }

  /** Seeds dropout from here on. */
  public void seed(long seed) {
    plan.seed(seed);
  }

  @Override
  public long bytes() {
    return plan.bytes();
  }

  /** Frees its memory; closing twice is harmless. */
  @Override
  public void close() {
    plan.close();
  }
}
