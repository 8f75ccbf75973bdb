package org.lossbook.model;

import java.util.List;
import org.lossbook.engine.Engine;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.onednn.OneDnnEngine;
import org.lossbook.loss.Loss;
import org.lossbook.loss.Training;
import org.lossbook.metric.Metric;
import org.lossbook.metric.YesAbove;
import org.lossbook.optimizer.Optimizer;

/** What a compiled model consists of: what fitting, judging and predicting work with. */
record Core(
    Engine engine,
    Network network,
    Optimizer optimizer,
    Ending ending,
    List<Metric> metrics,
    Weights weights,
    Penalties penalties,
    ParameterUpdate update,
    MovingSettings settings) {

  /** Metrics of one name get different ones, and take a yes for what the loss does. */
  Core {
    double yesAbove = ending.yesAbove();
    metrics =
        MetricNames.apart(metrics.stream().map(metric -> YesAbove.of(yesAbove, metric)).toList());
  }

  /** What is compiled of these, with room for weights, all zero. */
  static Core of(Network network, Optimizer optimizer, Loss loss, List<Metric> metrics) {
    Parameters parameters = OneDnnEngine.instance().parameters(network.parameters());
    return of(network, new Weights(parameters), optimizer, loss, metrics);
  }

  /** The same over weights that are there. */
  static Core of(
      Network network, Weights weights, Optimizer optimizer, Loss loss, List<Metric> metrics) {
    Parameters parameters = weights.parameters();
    Penalties penalties = Penalties.of(parameters, network, new Training(loss).penalty());
    return new Core(
        OneDnnEngine.instance(),
        network,
        optimizer,
        Ending.of(network, loss),
        metrics,
        weights,
        penalties,
        new ParameterUpdate(parameters, optimizer, penalties, new Constraints(parameters, network)),
        new MovingSettings(loss, optimizer));
  }

  /**
   * Refuses a loss and metrics that do not fit a network's end.
   *
   * @param mismatchAllowed whether the loss may fit it badly
   */
  static void check(Network network, Loss loss, List<Metric> metrics, boolean mismatchAllowed) {
    int outputs = network.outputs();
    for (Metric metric : metrics) {
      metric.tally(
          new Training(loss).targets(outputs), outputs); // one without meaning here says so now
    }
    if (!mismatchAllowed) {
      new Training(loss)
          .refusal(network.end())
          .ifPresent(
              reason -> {
                throw new IllegalArgumentException(reason);
              });
    }
  }

  /** The numbers in a sample's target. */
  int targets() {
    return new Training(ending.loss()).targets(network.outputs());
  }

  Plan plan(int batch, PlanCache.Use use) {
    boolean training = use == PlanCache.Use.TRAINING;
    return network.plan(
        engine, weights.parameters(), batch, training, training && ending.isJoined());
  }

  PlanCache.Lease<TrainingStep> lendTraining(int batch) {
    var key = new PlanCache.Key(weights.number(), batch, PlanCache.Use.TRAINING);
    return PlanCache.SHARED.lend(
        key, TrainingStep.class, () -> new TrainingStep(this, batch, this));
  }

  PlanCache.Lease<InferenceStep> lendInference(int batch) {
    var key = new PlanCache.Key(weights.number(), batch, PlanCache.Use.INFERENCE);
    return PlanCache.SHARED.lend(key, InferenceStep.class, () -> new InferenceStep(this, batch));
  }

  /** The vector that a parameter lies in. */
  static Parameters.Vector vector(Parameters.Slot slot) {
    return slot.parameter().trainable() ? Parameters.Vector.TRAINABLE : Parameters.Vector.KEPT;
  }

  /** A parameter's gradient, as the last backward run left it. */
  float[] gradient(String name) {
    Parameters.Slot slot = weights.parameters().slot(name);
    if (!slot.parameter().trainable()) {
      throw new IllegalArgumentException(
          Say.of(
              "gradient expects a parameter that is trained but receives %s, which follows the batches' statistics: ask for another one.",
              name));
    }
    float[] values = new float[slot.size()];
    weights.parameters().read(Parameters.Vector.GRADIENT, slot.offset(), values, values.length);
    return values;
  }

  /** Sets the learning rate of the steps to come, of the weights and of what the loss learns. */
  void learningRate(double rate) {
    update.updater().learningRate(rate);
    settings.updater().learningRate(rate);
  }

  Tallies tallies() {
    int outputs = network.outputs();
    return new Tallies(
        metrics.stream().map(Metric::name).toList(),
        metrics.stream().map(metric -> metric.tally(targets(), outputs)).toList());
  }
}
