package org.lossbook.model;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.lossbook.base.Messages;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.RowGradient;
import org.lossbook.network.samples.BatchSamples;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.DataChecks;
import org.lossbook.training.NanDiagnosis;
import org.lossbook.training.TrainingPlan;

/**
 * The state of a manual training loop between calls: which loss can be backpropagated, and whether
 * there are gradients. It holds no plan: between two calls the cache may lend that to another
 * model, and then the forward pass is repeated.
 */
final class ManualTrainingLoop {
  private final CompiledModel compiled;
  private final SplittableRandom dropout;
  private Optional<Forward> last = Optional.empty();
  private String ended = "";
  private boolean haveGradients;
  private Optional<LossValue> spent = Optional.empty();
  private float[] earlier = {}; // these two only if gradients accumulate
  private float[] part = {};

  /**
   * One forward pass.
   *
   * @param loss its result
   * @param compiled the model for the batch's shapes
   * @param seed the seed of its dropout
   * @param plan the plan that holds its activations, as long as {@code run} is its last run
   */
  private record Forward(
      LossValue loss,
      Example example,
      CompiledModel compiled,
      long seed,
      TrainingPlan plan,
      long run) {}

  /** The batch of one forward pass. */
  private record Example(BatchSamples x, BatchSamples y, Optional<float[]> weights) {
    void load(TrainingPlan plan) {
      plan.load(x, y);
      weights.ifPresent(
          given ->
              System.arraycopy(
                  given, 0, plan.lossWeights().fill(given.length / x.rows()), 0, given.length));
    }
  }

  /**
   * @param seed the seed of dropout
   */
  ManualTrainingLoop(CompiledModel compiled, long seed) {
    this.compiled = compiled;
    dropout = new SplittableRandom(seed);
  }

  LossValue loss(Model model, Object givenX, Object givenY, Optional<float[]> weights) {
    BatchSamples x = BatchSamples.of("loss", compiled.network(), givenX);
    BatchSamples y = BatchSamples.of("loss", "y", givenY);
    CompiledModel sized = compiled.sizedFor("loss", x.rowShapes());
    var checks = new DataChecks(sized);
    checks.batch("loss", x, y);
    checks.weights("loss", weights, x.rows());
    var example = new Example(x, y, weights);
    long seed = dropout.nextLong();
    try (var lease = sized.lendTraining(x.rows())) {
      TrainingPlan plan = lease.get();
      example.load(plan);
      checks.targets(plan.targets(), x.rows());
      compiled.update().prepare();
      double value = forward(plan, seed) + plan.activityCost() + compiled.penalties().cost();
      var loss = new LossValue(model, value, x.rows());
      last = Optional.of(new Forward(loss, example, sized, seed, plan, plan.runs()));
      return loss;
    }
  }

  private static double forward(TrainingPlan plan, long seed) {
    plan.seed(seed);
    return plan.forward();
  }

  void backward(LossValue loss) {
    Forward forward =
        last.filter(each -> each.loss == loss)
            .orElseThrow(() -> new IllegalStateException(refusal(loss)));
    try (var lease = forward.compiled.lendTraining(loss.samples())) {
      TrainingPlan plan = lease.get();
      if (plan != forward.plan || plan.runs() != forward.run) {
        forward.example.load(plan);
        forward(plan, forward.seed);
      }
      if (!Double.isFinite(loss.value())) {
        throw new ArithmeticException(
            new NanDiagnosis(forward.compiled).manualLoopMessage(loss.value(), plan));
      }
      if (haveGradients) {
        keepEarlier();
      }
      backward(plan);
      compiled.update().addPenaltyGradients();
      if (haveGradients) {
        addEarlier();
      }
      plan.addSettingGradients();
      haveGradients = true;
      spent = Optional.of(loss);
      last = Optional.empty();
    }
  }

  private String refusal(LossValue loss) {
    if (spent.filter(each -> each == loss).isPresent()) {
      return "backward expects a loss that has not been backpropagated yet but this one has, and its"
          + " gradients are there: call model.loss(x, y) again for new ones.";
    }
    return last.isPresent() || ended.isEmpty()
        ? "backward expects the loss of the last model.loss(x, y) but receives an earlier one: call"
            + " backward on each loss before the next is computed."
        : Messages.of(
            "backward expects a loss of the weights as they are but receives one from before %s:"
                + " call model.loss(x, y) again.",
            ended);
  }

  /** The backward pass, which adds to the rows of tables of an earlier one. */
  private void backward(TrainingPlan plan) {
    List<RowGradient> tables = haveGradients ? parameters().rowGradients() : List.of();
    tables.forEach(rows -> rows.keep(true));
    try {
      plan.backward();
    } finally {
      tables.forEach(rows -> rows.keep(false));
    }
  }

  /**
   * Saves the gradients of an earlier backward pass, because the plan overwrites them; but those
   * that are by rows.
   */
  private void keepEarlier() {
    if (earlier.length == 0) {
      earlier = new float[parameters().trainableSize()];
      part = new float[Math.min(earlier.length, Optimizer.CHUNK)];
    }
    forDenseParts(
        (offset, count) -> {
          parameters().read(Parameters.Vector.GRADIENT, offset, part, count);
          System.arraycopy(part, 0, earlier, offset, count);
        });
  }

  private void addEarlier() {
    forDenseParts(
        (offset, count) -> {
          parameters().read(Parameters.Vector.GRADIENT, offset, part, count);
          for (int i = 0; i < count; i++) {
            part[i] += earlier[offset + i];
          }
          parameters().write(Parameters.Vector.GRADIENT, offset, part, count);
        });
  }

  private interface Part {
    void work(int offset, int count);
  }

  private void forDenseParts(Part part) {
    for (Parameters.Slot slot : parameters().slots()) {
      boolean isDense =
          parameters().rowGradients().stream().noneMatch(rows -> rows.slot().equals(slot));
      int end = slot.offset() + slot.size();
      for (int at = slot.offset(); slot.parameter().trainable() && isDense && at < end; ) {
        int count = Math.min(Optimizer.CHUNK, end - at);
        part.work(at, count);
        at += count;
      }
    }
  }

  void zeroGrad() {
    parameters().zeroGradients();
    compiled.heads().forEach(head -> head.settings().clearGradients());
    haveGradients = false;
  }

  void step() {
    if (!haveGradients) {
      throw new IllegalStateException(
          "step expects gradients but there are none: call model.loss(x, y).backward() before it,"
              + " and model.zeroGrad() before that or after step.");
    }
    compiled.update().runAsIs();
    compiled.heads().forEach(head -> head.settings().step());
    end("model.step()");
  }

  /** Invalidates all earlier losses, because the weights have changed or are about to. */
  void end(String why) {
    last = Optional.empty();
    ended = why;
  }

  /** The same, and discards the gradients, which belong to another call. */
  void forget(String why) {
    zeroGrad();
    end(why);
  }

  private Parameters parameters() {
    return compiled.weights().parameters();
  }
}
