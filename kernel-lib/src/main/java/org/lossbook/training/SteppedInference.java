package org.lossbook.training;

import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.base.InterruptedTraining;
import org.lossbook.base.Messages;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Shapes;
import org.lossbook.network.Network;

/**
 * A model that reads a sequence one step a call, its recurrent layers going on from the states that
 * the last one left; where it cannot be run so, it says that.
 *
 * @hidden
 */
@Internal
public final class SteppedInference implements AutoCloseable {
  private final String who;
  private final Optional<CompiledModel> model;
  private final Optional<PlanCache.Lease<InferencePlan>> lease;
  private final long most;
  private long count;

  private SteppedInference(String who, Optional<CompiledModel> model, long most) {
    this.who = who;
    this.model = model;
    this.most = most;
    lease = model.map(one -> one.lendInference(1, Mode.CONTINUED));
    forget();
  }

  /** From the first step on. */
  public static SteppedInference of(String who, CompiledModel model) {
    return of(who, model, 1);
  }

  /**
   * From the first step on.
   *
   * @param steps how many there will be at most; where the model's input has fewer, its attention
   *     sees no more
   */
  public static SteppedInference of(String who, CompiledModel model, int steps) {
    int window = model.network().inputShapes().get(0)[0];
    int most = window == Shapes.ANY ? steps : Math.min(steps, window);
    return new SteppedInference(
        who,
        model.network().ofOneStep(most).map(model::over),
        model.network().attends() ? most : Long.MAX_VALUE);
  }

  /**
   * Whether the model can read one more step alone: what it needs of those before it are the states
   * of its recurrent layers, and the keys and values of its attention while they fit its window.
   */
  public boolean isPossible() {
    return lease.isPresent() && count < most;
  }

  /** The shape of one step as the model's input. */
  public int[] input() {
    return network().inputShapes().get(0);
  }

  private Network network() {
    return model.orElseThrow().network();
  }

  /** What the model says after one more step. */
  public double[] after(float[] step) {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedTraining(Messages.of("%s was interrupted.", who));
    }
    count++;
    InferencePlan plan = lease.orElseThrow().get();
    System.arraycopy(step, 0, plan.x(), 0, step.length);
    plan.run(1);
    return OutputStep.doubles(plan.predictions(0));
  }

  /**
   * What a model says of one sample as a whole.
   *
   * @param sample the numbers for its input, also where it reads texts
   */
  public static double[] whole(CompiledModel model, float[] sample) {
    try (var lease = model.lendInference(1)) {
      System.arraycopy(sample, 0, lease.get().x(), 0, sample.length);
      lease.get().run(1);
      return OutputStep.doubles(lease.get().predictions(0));
    }
  }

  private void forget() {
    model.ifPresent(one -> one.weights().parameters().forgetStates(true));
  }

  @Override
  public void close() {
    forget();
    lease.ifPresent(PlanCache.Lease::close);
  }
}
