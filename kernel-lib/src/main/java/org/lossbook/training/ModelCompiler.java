package org.lossbook.training;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.engine.Engine;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.onednn.OneDnnEngine;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.loss.Loss;
import org.lossbook.loss.MeanSquaredError;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.metric.Metric;
import org.lossbook.metric.OnOutput;
import org.lossbook.metric.SampleShape;
import org.lossbook.network.Network;
import org.lossbook.network.NetworkEdits;
import org.lossbook.optimizer.Optimizer;
import org.lossbook.optimizer.Sgd;

/**
 * Compiles a network into a model: assigns losses and metrics to outputs, and checks them.
 *
 * @param lossWeights the weight of each output's loss in the total, Keras's {@code loss_weights};
 *     empty for equal weights
 * @hidden
 */
@Internal
public record ModelCompiler(Network network, boolean mismatchAllowed, List<Double> lossWeights) {
  public ModelCompiler(Network network, boolean mismatchAllowed) {
    this(network, mismatchAllowed, List.of());
  }

  public ModelCompiler lossWeights(List<Double> weights) {
    return new ModelCompiler(network, mismatchAllowed, weights);
  }

  /** Compiles with newly allocated weights, all zero. */
  public CompiledModel compile(
      Optimizer optimizer, List<? extends Loss> losses, List<Metric> metrics) {
    return allocated(network, optimizer, heads(optimizer, losses, metrics));
  }

  /** A model that is not compiled yet; the placeholder loss is never used. */
  public CompiledModel uncompiled() {
    return compile(Sgd.sgd(), placeholders(), List.of());
  }

  private List<Loss> placeholders() {
    return Collections.nCopies(network.outputs().size(), MeanSquaredError.mse());
  }

  /** The same with the weights of a model of the same layers. */
  public CompiledModel uncompiled(Weights weights) {
    return compile(weights, Sgd.sgd(), placeholders(), List.of());
  }

  /**
   * Compiles with the weights of a model of the same layers. Where others are trained than before,
   * the new model has them in another order, in the same memory.
   */
  public CompiledModel compile(
      Weights weights, Optimizer optimizer, List<? extends Loss> losses, List<Metric> metrics) {
    List<OutputHead> heads = heads(optimizer, losses, metrics);
    Parameters old = weights.parameters();
    boolean isSame =
        network.parameters().stream()
            .allMatch(p -> old.slot(p.name()).parameter().trainable() == p.trainable());
    return isSame
        ? compile(weights, optimizer, heads)
        : allocated(NetworkEdits.at(network, old), optimizer, heads);
  }

  private CompiledModel allocated(Network laidOut, Optimizer optimizer, List<OutputHead> heads) {
    Engine engine = OneDnnEngine.instance();
    MemoryCheck.weights(laidOut, optimizer, engine);
    var weights = new Weights(engine.parameters(laidOut.parameters()));
    try {
      return compile(weights, optimizer, heads);
    } catch (RuntimeException | Error e) {
      weights.run(); // they lie outside the heap, and only this method can free them
      throw e;
    }
  }

  /** Checks that everything fits together. */
  public void check(Optimizer optimizer, List<? extends Loss> losses, List<Metric> metrics) {
    heads(optimizer, losses, metrics);
  }

  /** Checks that a metric is defined for an output. */
  public static void check(Metric metric, Network.Output output, Loss loss) {
    var training = new TrainingLoss(loss);
    int[] shape = Shapes.fixed(1, output.shape());
    int width = training.width(shape);
    try {
      metric.tally(
          new SampleShape(training.positions(shape), training.targets(width), width, shape));
    } catch (IllegalArgumentException e) {
      throw e; // its message is meant for the reader
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      throw new MetricException.Thrown(metric.name(), e).at("in compile", "correct the metric.");
    }
  }

  private CompiledModel compile(Weights weights, Optimizer optimizer, List<OutputHead> heads) {
    Regularizer penalty =
        heads.stream()
            .map(head -> new TrainingLoss(head.loss()).penalty().times(head.weight()))
            .reduce(Regularizer::plus)
            .orElseThrow();
    Parameters parameters = weights.parameters();
    Penalties penalties = Penalties.of(parameters, network, penalty);
    return new CompiledModel(
        OneDnnEngine.instance(),
        network,
        optimizer,
        heads,
        weights,
        penalties,
        new ParameterUpdate(
            parameters,
            optimizer,
            penalties,
            new Constraints(parameters, network),
            new SpectralNorms(parameters, network)));
  }

  private List<OutputHead> heads(
      Optimizer optimizer, List<? extends Loss> losses, List<Metric> metrics) {
    Require.given(optimizer, "compile", "an optimizer", "adam() is a good first choice");
    Require.all(metrics, Metric.class, "compile", "metrics", "leave it out, or give accuracy()");
    Require.all(losses, Loss.class, "compile", "a loss", "mse() is one");
    List<Network.Output> outputs = network.outputs();
    if (losses.size() != outputs.size()) {
      throw Messages.wrong(
          "compile expects %s but receives %d: %s.",
          outputs.size() == 1
              ? "a loss"
              : "a loss for each of the " + outputs.size() + " outputs, " + names(outputs) + ",",
          losses.size(),
          outputs.size() == 1
              ? "give one, such as mse()"
              : "give them in that order, in List.of(…)");
    }
    if (!mismatchAllowed) {
      checkFit(outputs, losses);
    }
    return IntStream.range(0, outputs.size())
        .mapToObj(i -> head(outputs, i, losses.get(i), metrics, optimizer))
        .toList();
  }

  private OutputHead head(
      List<Network.Output> outputs,
      int index,
      Loss loss,
      List<Metric> metrics,
      Optimizer optimizer) {
    Network.Output output = outputs.get(index);
    boolean isOnly = outputs.size() == 1;
    List<Metric> own =
        metrics.stream()
            .filter(metric -> named(metric, outputs).map(output.name()::equals).orElse(true))
            .map(metric -> metric instanceof OnOutput on ? on.metric() : metric)
            .toList();
    own.forEach(metric -> check(metric, output, loss));
    checkMask(index, output, loss);
    return new OutputHead(
        output,
        isOnly ? "" : output.name() + "_",
        OutputLoss.of(network, output, loss),
        lossWeights.isEmpty() ? 1 : lossWeights.get(index),
        own,
        new LossParameters(loss, optimizer));
  }

  /** Rejects losses of whole samples where steps of the output may be padding. */
  private void checkMask(int index, Network.Output output, Loss loss) {
    int[] shape = Shapes.fixed(1, output.shape());
    if (network.maskOf(index).isPresent() && !new TrainingLoss(loss).takesMasks(shape)) {
      throw Messages.wrong(
          "%s expects an output whose steps all count, because it judges a sample as a whole, but"
              + " receives %s, whose padded steps are masked: take a loss of each step, such as"
              + " mse(), end in one row a sample, or leave out masking(…) or maskZero().",
          loss.name(), output.name());
    }
  }

  /** Rejects losses that do not match their outputs; the message names the fix. */
  private void checkFit(List<Network.Output> outputs, List<? extends Loss> losses) {
    boolean isLearnt =
        losses.stream()
            .map(TrainingLoss::new)
            .anyMatch(loss -> loss.withoutSlope().isEmpty() || !loss.penalty().isNone());
    for (int i = 0; i < outputs.size(); i++) {
      Network.Output output = outputs.get(i);
      var training = new TrainingLoss(losses.get(i));
      Optional<String> refusal = training.refusal(ActivationFixes.end(network, output));
      if (refusal.isEmpty() && !(isLearnt && training.isSwitchedOff())) {
        refusal = training.withoutSlope();
      }
      if (refusal.isPresent()) {
        throw Messages.wrong(
            "%s%s To see what happens anyway, call allowMismatch() on the network before compile(…).",
            outputs.size() == 1 ? "" : output.name() + ": ", refusal.get());
      }
    }
  }

  /** The output that a metric names; with one output all metrics use it. */
  private Optional<String> named(Metric metric, List<Network.Output> outputs) {
    Optional<String> name =
        metric instanceof OnOutput on ? Optional.of(on.output()) : Optional.empty();
    boolean isKnown =
        name.map(n -> outputs.stream().anyMatch(output -> output.name().equals(n)))
            .orElse(outputs.size() == 1);
    if (!isKnown) {
      throw Messages.wrong(
          "compile expects metrics of one of the outputs %s but receives %s: write .on(\"%s\")"
              + " after it.",
          names(outputs),
          name.map(n -> metric.name() + " on \"" + n + "\"").orElse(metric.name() + " on none"),
          outputs.get(0).name());
    }
    return name;
  }

  private static String names(List<Network.Output> outputs) {
    return outputs.stream().map(Network.Output::name).collect(Collectors.joining(", "));
  }
}
