package org.lossbook.model;

import java.lang.ref.Reference;
import java.util.Arrays;
import org.lossbook.data.Dataset;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.BatchLoss;
import org.lossbook.loss.Training;

/**
 * One training step of a model for one batch size: forward, loss, backward, the optimizer's update.
 * {@link Model#fit fit} is a loop around it. Running it allocates nothing.
 *
 * <pre>{@code
 * try (var step = model.trainingStep(32)) {
 *   step.load(digits.train(), order, 0);
 *   double loss = step.run();
 * }
 * }</pre>
 */
public final class TrainingStep implements PlanCache.Prepared {
  /** Who owns the weights: not forgotten, and so not freed, while this step is there. */
  private final Object owner;

  private final Weights weights;
  private final Plan plan;
  private final BatchLoss loss;
  private final ParameterUpdate update;
  private final MovingSettings settings;
  private final Probabilities probabilities;
  private final float[] x;
  private final float[] y;
  private final float[] sampleWeights;
  private final float[] yHat;
  private final float[] gradient;
  private boolean weighted;
  private double cost;
  private long runs;

  TrainingStep(Core core, int batch, Object owner) {
    this.owner = owner;
    weights = core.weights();
    int outputs = core.network().outputs();
    plan = core.plan(batch, PlanCache.Use.TRAINING);
    loss = new Training(core.ending().trainingLoss()).bind(outputs);
    update = core.update();
    settings = core.settings();
    probabilities = core.ending().probabilities(batch, outputs);
    x = new float[batch * Shapes.size(core.network().inputShape())];
    y = new float[batch * core.targets()];
    sampleWeights = new float[batch];
    yHat = new float[batch * outputs];
    gradient = new float[batch * outputs];
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
    data.gatherX(order, from, batch(), x);
    data.gatherY(order, from, batch(), y);
    weighted = false;
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
    Reference.reachabilityFence(owner);
    return value;
  }

  /** Predicts, and gives the loss. */
  double forward() {
    weights.open();
    runs++;
    plan.input(0, x);
    plan.forward();
    plan.output(0, yHat);
    settings.apply(loss);
    return loss.run(y, yHat, weighted ? sampleWeights : null, batch(), gradient);
  }

  /** The same loss computed in doubles from what the network gives, without what else it needs. */
  double exactLoss() {
    forward();
    double[] truths = new double[y.length];
    double[] given = new double[yHat.length];
    double[] each = weighted ? new double[sampleWeights.length] : null;
    Arrays.setAll(truths, i -> y[i]);
    Arrays.setAll(given, i -> yHat[i]);
    if (weighted) {
      Arrays.setAll(each, i -> sampleWeights[i]);
    }
    return loss.run(truths, given, each, batch(), null);
  }

  /** From the loss to the gradients of all parameters. */
  void backward() {
    plan.outputGradient(0, gradient);
    plan.backward();
  }

  /** The optimizer's update, of the weights and of what the loss learns. */
  void update() {
    update.run();
    settings.update(loss);
  }

  /** The forward runs so far: whether what lies here is still what one left. */
  long runs() {
    return runs;
  }

  /** Copies a batch in that is no dataset's. */
  void load(Samples samples, Samples targets) {
    samples.copy(x);
    targets.copy(y);
    weighted = false;
  }

  /** Makes the samples of this batch count by what is written to {@link #sampleWeights()}. */
  void weigh() {
    weighted = true;
  }

  /** One a sample. */
  float[] sampleWeights() {
    return sampleWeights;
  }

  /** What the weights cost before the last update, and the activities in the last forward run. */
  double cost() {
    return cost;
  }

  /** What the activities cost in the last forward run, a sample. */
  double activityCost() {
    return plan.activityCost(batch());
  }

  /** The loss, which ran on this batch in the last forward run. */
  BatchLoss loss() {
    return loss;
  }

  float[] x() {
    return x;
  }

  float[] y() {
    return y;
  }

  /** What the model predicted in the last forward run, its last function included. */
  float[] predictions() {
    return probabilities.of(yHat);
  }

  /** What the network gave in the last forward run, before a joined function. */
  float[] outputs() {
    return yHat;
  }

  /** Chooses what dropout drops from here on. */
  void seed(long seed) {
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
