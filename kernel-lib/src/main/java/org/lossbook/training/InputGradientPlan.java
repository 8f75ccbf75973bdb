package org.lossbook.training;

import org.lossbook.engine.Engine;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.network.Network;
import org.lossbook.network.samples.BatchSamples;

/**
 * A plan from samples to the loss, or to an output, and back to the samples: the gradients of the
 * inputs for one batch size. Those of the weights are neither computed nor changed.
 */
final class InputGradientPlan implements PlanCache.Prepared {
  private final Weights weights;

  /** The model's parameters, none of them trained. */
  private final Parameters parameters;

  private final Plan plan;
  private final Columns x;
  private final Columns y;
  private final OutputStep[] heads;

  /** All samples count once. */
  private final BatchWeights ones;

  /**
   * @param ofLoss whether the gradient is that of the loss, which may take the place of the last
   *     activation
   */
  InputGradientPlan(CompiledModel compiled, int batch, Mode use, boolean ofLoss) {
    MemoryCheck.batch(compiled, batch, use);
    weights = compiled.weights();
    Network network = compiled.network();
    x = Columns.of(batch, network.inputShapes());
    y = new Columns(batch, compiled.targets());
    heads = new OutputStep[compiled.heads().size()];
    for (int h = 0; h < heads.length; h++) {
      heads[h] =
          new OutputStep(
              compiled.heads().get(h), h, compiled.network().maskOf(h), batch, y.part(h));
    }
    ones = new BatchWeights(batch, compiled.positions());
    parameters = untrained(compiled.engine(), network, weights.parameters());
    try {
      plan =
          network.plan(
              compiled.engine(),
              parameters,
              batch,
              use,
              output -> ofLoss && compiled.heads().get(output).outputLoss().isFused());
    } catch (RuntimeException | Error e) {
      parameters.close();
      throw e;
    }
  }

  private static Parameters untrained(Engine engine, Network network, Parameters all) {
    return engine.parameters(
        network.parameters().stream()
            .map(p -> p.frozen().at(all.home(all.slot(p.name()))))
            .toList());
  }

  /** The gradients of the loss of a batch by its samples, an array for each input. */
  float[][] ofLoss(BatchSamples samples, BatchSamples targets, DataChecks checks) {
    targets.copy(y.rows());
    checks.targets(y, plan.batch());
    forward(samples);
    for (OutputStep head : heads) {
      head.forward(plan, ones);
      head.backward(plan);
    }
    return backward();
  }

  /** The gradients of one number of an output by the samples, each by its own. */
  float[][] ofOutput(BatchSamples samples, int head, int unit, int size) {
    forward(samples);
    float[] chosen = new float[plan.batch() * size];
    for (int i = unit; i < chosen.length; i += size) {
      chosen[i] = 1;
    }
    plan.outputGradient(head, chosen);
    return backward();
  }

  private void forward(BatchSamples samples) {
    weights.open();
    samples.copy(x.rows());
    x.split(plan.batch());
    for (int i = 0; i < x.parts(); i++) {
      plan.input(i, x.part(i));
    }
    plan.forward();
  }

  private float[][] backward() {
    plan.backward();
    float[][] gradients = new float[x.parts()][];
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = new float[x.part(i).length];
      plan.inputGradient(i, gradients[i]);
    }
    return gradients;
  }

  void seed(long seed) {
    plan.seed(seed);
  }

  @Override
  public long bytes() {
    return plan.bytes();
  }

  @Override
  public void close() {
    plan.close();
    parameters.close();
  }
}
