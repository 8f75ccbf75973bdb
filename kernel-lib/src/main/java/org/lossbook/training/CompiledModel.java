package org.lossbook.training;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.engine.Engine;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.network.Network;
import org.lossbook.optimizer.Optimizer;

/**
 * The parts of a compiled model, with which fit, evaluate and predict work.
 *
 * @hidden
 */
@Internal
public record CompiledModel(
    Engine engine,
    Network network,
    Optimizer optimizer,
    List<OutputHead> heads,
    Weights weights,
    Penalties penalties,
    ParameterUpdate update) {

  /**
   * The same model for samples of these shapes, if its network leaves sizes to the data. It has the
   * same weights, optimizer and settings.
   *
   * @param samples the shape of a sample for each input; a trailing 1 may be missing
   * @throws IllegalArgumentException if they do not fit its layers
   */
  public CompiledModel sizedFor(String who, List<int[]> samples) {
    Network built = network.asBuilt();
    if (built.hasFixedSizes()) {
      return this;
    }
    DataChecks.samples(who, built, samples);
    return over(built.sizedFor(DataChecks.sized(built.inputShapes(), samples)));
  }

  /** The same model over its network for inputs of another size. */
  CompiledModel over(Network sized) {
    List<Network.Output> outputs = sized.outputs();
    return new CompiledModel(
        engine,
        sized,
        optimizer,
        IntStream.range(0, heads.size()).mapToObj(h -> heads.get(h).with(outputs.get(h))).toList(),
        weights,
        penalties,
        update);
  }

  /** The shapes of the inputs that its plans are for. */
  public List<List<Integer>> sizes() {
    return network.sizes();
  }

  /** How many numbers a sample's target has, per output. */
  public int[] targets() {
    return heads.stream().mapToInt(OutputHead::targets).toArray();
  }

  /** How many weights a sample may have: one at each position of the largest output. */
  public int positions() {
    return heads.stream().mapToInt(OutputHead::positions).max().orElse(1);
  }

  /**
   * The index of the output of that name, or of the only one if the name is empty.
   *
   * @param who the caller, for messages
   */
  public int head(String who, String name) {
    Require.given(name, who, "the name of an output", who + "(x) asks the only one");
    for (int h = 0; h < heads.size(); h++) {
      if (heads.get(h).output().name().equals(name) || (name.isEmpty() && heads.size() == 1)) {
        return h;
      }
    }
    throw Messages.wrong(
        "%s expects the name of one of the outputs %s but receives %s: write %s(x, \"%s\").",
        who,
        heads.stream().map(head -> head.output().name()).collect(Collectors.joining(", ")),
        name.isEmpty() ? "none" : "\"" + name + "\"",
        who,
        heads.get(0).output().name());
  }

  /**
   * The only output.
   *
   * @param who the caller, for messages
   */
  public OutputHead singleOutput(String who) {
    if (heads.size() > 1) {
      throw Messages.wrong(
          "%s expects a model of one output but this one has %s: make a model of the one you"
              + " mean, model(x, %s).",
          who,
          heads.stream().map(head -> head.output().name()).collect(Collectors.joining(", ")),
          heads.get(0).output().name());
    }
    return heads.get(0);
  }

  /** The losses' names. */
  public String lossName() {
    return heads.stream().map(head -> head.loss().name()).collect(Collectors.joining(" + "));
  }

  /**
   * The current value of a setting of a loss, with the output's name first if there are several.
   */
  public double setting(String name) {
    Require.given(name, "setting", "the name of a setting", "losses() shows which there are");
    for (OutputHead head : heads) {
      if (!head.prefix().isEmpty() && name.startsWith(head.prefix())) {
        return head.settings().value(name.substring(head.prefix().length()));
      }
    }
    return heads.get(0).settings().value(name);
  }

  Plan plan(int batch, Mode use) {
    boolean training = use == Mode.TRAINING;
    return network.plan(
        engine,
        weights.parameters(),
        batch,
        use,
        output -> training && heads.get(output).outputLoss().isFused());
  }

  public PlanCache.Lease<TrainingPlan> lendTraining(int batch) {
    var key = new PlanCache.Key(weights.number(), batch, Mode.TRAINING, sizes());
    return PlanCache.SHARED.lend(key, TrainingPlan.class, () -> new TrainingPlan(this, batch));
  }

  public PlanCache.Lease<InferencePlan> lendInference(int batch) {
    return lendInference(batch, Mode.INFERENCE);
  }

  /** A plan that predicts, or that predicts with dropout and the batch's statistics. */
  PlanCache.Lease<InferencePlan> lendInference(int batch, Mode use) {
    var key = new PlanCache.Key(weights.number(), batch, use, sizes());
    return PlanCache.SHARED.lend(
        key, InferencePlan.class, () -> new InferencePlan(this, batch, use));
  }

  PlanCache.Lease<InputGradientPlan> lendInputGradient(int batch, Mode use) {
    var key = new PlanCache.Key(weights.number(), batch, use, sizes());
    return PlanCache.SHARED.lend(
        key, InputGradientPlan.class, () -> new InputGradientPlan(this, batch, use, true));
  }

  /** A parameter's gradient, as the last backward pass left it. */
  public Values gradient(String name) {
    Parameters.Slot slot = weights.parameters().slot(name);
    if (!slot.parameter().trainable()) {
      throw Messages.wrong(
          "gradient expects a parameter that is trained but receives %s, which is frozen or"
              + " follows the batches' statistics: ask for another one.",
          name);
    }
    return numbers(Parameters.Vector.GRADIENT, slot);
  }

  /** A parameter's weights, as a copy. */
  public Values weights(String name) {
    Parameters.Slot slot = weights.parameters().slot(name);
    return numbers(slot.vector(), slot);
  }

  /** Sets a parameter's weights. */
  public void weights(String name, Values given) {
    Parameters parameters = weights.parameters();
    Parameters.Slot slot = parameters.slot(name);
    int[] shape = slot.parameter().shape();
    boolean isMany = given.size() == slot.size();
    if (!isMany || !sameButForOnes(shape, given.shape())) {
      throw Messages.wrong(
          "%s expects %s but receives %s: %s.",
          name,
          Arrays.toString(shape),
          Arrays.toString(given.shape()),
          isMany
              ? "transpose it, or give the numbers in one row, in that order"
              : "give as many numbers");
    }
    parameters.write(slot.vector(), slot.offset(), given.toFloats(), slot.size());
  }

  /**
   * Whether two shapes are the same apart from dimensions of length 1; a transposed matrix has as
   * many numbers but another meaning.
   */
  private static boolean sameButForOnes(int[] expected, int[] given) {
    return given.length <= 1 || Arrays.equals(withoutOnes(expected), withoutOnes(given));
  }

  /** The shape without dimensions of length 1: a kernel on one channel may be given as its rows. */
  private static int[] withoutOnes(int[] shape) {
    return Arrays.stream(shape).filter(length -> length != 1).toArray();
  }

  private Values numbers(Parameters.Vector vector, Parameters.Slot slot) {
    float[] values = new float[slot.size()];
    weights.parameters().read(vector, slot.offset(), values, values.length);
    return Values.of(values, slot.parameter().shape());
  }

  /** Sets a learning rate that the reader asked for; with 0 nothing would be trained. */
  public void learningRate(String who, double rate) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw Messages.wrong(
          "%s expects a learning rate above 0 but receives %s: 0.001 is a common choice, and"
              + " frozen() keeps a layer's weights as they are.",
          who, rate);
    }
    learningRate(rate);
  }

  /**
   * Sets the learning rate from the next step on, for the weights and the learned settings of
   * losses.
   */
  public void learningRate(double rate) {
    update.updater().learningRate(rate);
    heads.forEach(head -> head.settings().updater().learningRate(rate));
  }

  /** Replaces the weights with their moving averages, if the optimizer keeps any. */
  public void takeAverages() {
    update.takeAverages();
    heads.forEach(head -> head.settings().takeAverages());
  }

  /** Adds the current values of scheduled and learned loss settings to the figures of an epoch. */
  public void addSettings(Map<String, Double> figures) {
    heads.forEach(head -> head.settings().addTo(head.prefix(), figures));
  }

  public RunningMetrics runningMetrics() {
    return new RunningMetrics(heads);
  }

  /**
   * The data with sequences of labels that are as long as the model's output, where its loss takes
   * sequences of any length.
   */
  public Dataset fitted(String who, Dataset data) {
    int[] output = heads.get(0).output().shape();
    boolean takesSequences =
        heads.size() == 1
            && new TrainingLoss(heads.get(0).loss()).takesSequences()
            && output.length == 2
            && Shapes.areFixed(output);
    int[] target = takesSequences ? DataChecks.given(who, data).targetShape() : new int[0];
    return takesSequences && Shapes.trimmed(target).length <= 1 && Shapes.size(target) != output[0]
        ? data.paddedTargets(output[0])
        : data;
  }
}
