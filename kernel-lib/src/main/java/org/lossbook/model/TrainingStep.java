package org.lossbook.model;

import java.lang.ref.Reference;
import org.lossbook.data.Dataset;
import org.lossbook.training.TrainingPlan;

/**
 * A single training step of a model for one batch size: forward pass, loss, backward pass and
 * optimizer update. {@link Model#fit fit} is a loop around it. Running it allocates nothing.
 *
 * <pre>{@code
 * try (var step = model.trainingStep(32)) {
 *   step.load(digits.train(), order, 0);
 *   double loss = step.run();
 * }
 * }</pre>
 */
public final class TrainingStep implements AutoCloseable {
  private final TrainingPlan plan;

  /** Owns the weights, which are not freed while this step exists. */
  private final ModelState owner;

  TrainingStep(TrainingPlan plan, ModelState owner) {
    this.plan = plan;
    this.owner = owner;
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
    plan.load(data, order, from);
  }

  /**
   * Runs the whole step on the loaded batch.
   *
   * @return the loss before the update, regularization penalties included; if it is not finite,
   *     nothing was updated
   */
  public double run() {
    double loss = plan.run();
    Reference.reachabilityFence(owner);
    return loss;
  }

  /** The plan it runs. */
  TrainingPlan plan() {
    return plan;
  }

  /** Frees its memory; closing twice is harmless. */
  @Override
  public void close() {
    plan.close();
  }
}
