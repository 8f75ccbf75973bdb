package org.lossbook.model;

import java.lang.ref.Reference;
import org.lossbook.data.Dataset;
import org.lossbook.training.TrainingPlan;

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
public final class TrainingStep implements AutoCloseable {
  private final TrainingPlan plan;

  /** Owns the weights, which are not freed as long as this step is there. */
  private final ModelState owner;

  TrainingStep(TrainingPlan plan, ModelState owner) {
    this.plan = plan;
    this.owner = owner;
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
    plan.load(data, order, from);
  }

  /**
   * The whole step with the batch that is loaded.
   *
   * @return the loss before the update, with what the weights cost; where it is not finite there
   *     was no update
   */
  public double run() {
    double loss = plan.run();
    Reference.reachabilityFence(owner);
    return loss;
  }

  /** The plan behind it. */
  TrainingPlan plan() {
    return plan;
  }

  /** Frees its memory; a second call does nothing. */
  @Override
  public void close() {
    plan.close();
  }
}
