package org.lossbook.layer.rnn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Initializer;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Recurrence;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Activations;
import org.lossbook.layer.CallArguments;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.Regularized;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.layer.weights.WeightRules;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedRecurrence;

/**
 * The units of a recurrent layer or of a cell: their weights, functions and dropout.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class RecurrentUnits<L extends RecurrentUnits<L>> extends Regularized<L> {
  static final String KERNEL = "kernel";
  static final String RECURRENT = "recurrent_kernel";
  static final String BIAS = "bias";

  private final int units;
  private boolean useBias = true;
  private double dropout;
  private double recurrentDropout;
  private Set<SequenceSetting> sequence = Set.of();

  RecurrentUnits(int units) {
    super(Activation.TANH);
    this.units = LayerChecks.requirePositive(kind(), "units", units);
  }

  /** Whether to add a bias; true by default. */
  public L useBias(boolean useBias) {
    return with(copy -> units(copy).useBias = useBias);
  }

  /**
   * Dropout of the inputs in training; 0 by default. Of a sample the same numbers are dropped at
   * all steps.
   */
  public L dropout(double rate) {
    double given = LayerChecks.requireRate(kind() + ".dropout", rate);
    return with(copy -> units(copy).dropout = given);
  }

  /**
   * Dropout of the state in training, where it meets the recurrent kernel; 0 by default. Of a
   * sample the same numbers are dropped at all steps (Gal and Ghahramani 2016). Each gate has its
   * own, and then the inputs are dropped for each gate too, as in Keras.
   */
  public L recurrentDropout(double rate) {
    double given = LayerChecks.requireRate(kind() + ".recurrentDropout", rate);
    return with(copy -> units(copy).recurrentDropout = given);
  }

  /** The initializer of the recurrent kernel, {@code orthogonal(1)} by default. */
  public L recurrentInitializer(Initializer initializer) {
    return initialized(List.of(RECURRENT), "recurrentInitializer", initializer);
  }

  /** The regularizer of the recurrent kernel: {@code recurrentRegularizer(l2(1e-4))}. */
  public L recurrentRegularizer(Regularizer penalty) {
    return penalized(List.of(RECURRENT), "recurrentRegularizer", penalty);
  }

  /** The constraint of the recurrent kernel: {@code recurrentConstraint(maxNorm(3))}. */
  public L recurrentConstraint(Constraint constraint) {
    return constrained(List.of(RECURRENT), "recurrentConstraint", constraint);
  }

  /**
   * Worked steps on your numbers, with first weights; {@link #explain(Object, Object, Object)}
   * takes yours.
   *
   * @param x one sequence {@code [steps, features]}, or {@code [steps]} of one number each; for a
   *     cell one step {@code [features]}
   */
  @Override
  public LayerSteps explain(Object x) {
    return new WorkedUnits(this).explain(x);
  }

  /**
   * Worked steps on your numbers: at each step a line for each gate, candidate and state. States
   * begin with 0.
   *
   * <pre>{@code
   * simpleRnn(1).explain(new double[] {1, 2}, row(0.5), row(2)).toString()
   * // h₁      tanh(1·0.5 + 0·2 + 0) = tanh(0.5)             0.462117
   * }</pre>
   *
   * @param kernel its weights for the input, {@code [features, parts · units]}, the parts in the
   *     order of {@link #parameters}; axes of length 1 may be left out
   * @param recurrentKernel its weights for the state, {@code [units, parts · units]}; the bias is
   *     the first one: zeros, and ones for an LSTM's forget gate
   * @throws IllegalArgumentException where the shapes do not fit
   */
  public LayerSteps explain(Object x, Object kernel, Object recurrentKernel) {
    return new WorkedUnits(this).explain(x, kernel, recurrentKernel);
  }

  /** The same with a bias, {@code [parts · units]}, for a GRU two rows of them. */
  public LayerSteps explain(Object x, Object kernel, Object recurrentKernel, Object bias) {
    return new WorkedUnits(this).explain(x, kernel, recurrentKernel, bias);
  }

  /** What it does with its weights at each step, written out. */
  abstract LayerSteps worked(WorkedRecurrence recurrence);

  /** The function of its gates, where it has any. */
  Activation gates() {
    return Activation.LINEAR;
  }

  /** The shape of a kernel from so many numbers to so many. */
  int[] kernelShape(int from, int to) {
    return new int[] {from, to};
  }

  /** The config with the number of units. */
  Config sizeIn(Config config) {
    return config.with("units", units);
  }

  private static RecurrentUnits<?> units(RecurrentUnits<?> layer) {
    return layer;
  }

  final int units() {
    return units;
  }

  final boolean usesBias() {
    return useBias;
  }

  /** The function of its candidates and outputs. */
  final Activation function() {
    return ownActivation();
  }

  final double dropout() {
    return dropout;
  }

  final double recurrentDropout() {
    return recurrentDropout;
  }

  final L set(SequenceSetting setting) {
    return with(copy -> units(copy).sequence = SequenceSetting.with(sequence, setting));
  }

  final Set<SequenceSetting> sequence() {
    return sequence;
  }

  final boolean isBackwards() {
    return sequence.contains(SequenceSetting.GO_BACKWARDS);
  }

  final boolean givesAll() {
    return sequence.contains(SequenceSetting.RETURN_SEQUENCES);
  }

  /** The engine's operation of a whole sequence, where it has these functions. */
  final Optional<Cell.Whole> whole(Graph graph, Recurrence.Cell kind) {
    return runsWhole(graph.training())
        ? Optional.of(
            (x, isBackwards, hasZeros, states, mask, weights) ->
                graph.recurrent(
                    new StepDropout(graph, dropout).of(x, Shapes.last(x.shape())),
                    new Recurrence(kind, units, isBackwards, hasZeros),
                    states,
                    mask,
                    weights.apply(KERNEL),
                    weights.apply(RECURRENT),
                    useBias ? Optional.of(weights.apply(BIAS)) : Optional.empty()))
        : Optional.empty();
  }

  /** Whether each gate has numbers of its own dropped. */
  boolean dropsByGate() {
    return recurrentDropout > 0;
  }

  /** How many numbers a step keeps for each of its units, with ordinary operations. */
  final int numbersOf(boolean training) {
    int dropped = training && dropsByGate() ? 4 * parts() : 0;
    return parts() * (16 + (dropout > 0 ? dropped : 0) + (recurrentDropout > 0 ? dropped : 0));
  }

  /** Dropout of the inputs or the state, for the steps of a sequence. */
  final StepDropout dropoutOf(Graph graph, double rate) {
    return new StepDropout(graph, rate, dropsByGate() ? parts() : 1);
  }

  /** Whether the engine's operation has its functions; dropout of the state changes each step. */
  final boolean runsWhole(boolean training) {
    return ownActivation().equals(Activation.TANH)
        && (recurrentDropout == 0 || !training)
        && hasGatesOf(Activation.SIGMOID);
  }

  final long wholeNumbers(Recurrence.Cell kind, int steps, boolean training, int... step) {
    return new Recurrence(kind, units, false, false).numbers(steps, Shapes.last(step), training);
  }

  /** Whether its gates, if it has any, have that function. */
  boolean hasGatesOf(Activation function) {
    return true;
  }

  /** What the units compute at each step. */
  abstract Cell cell();

  /** How many numbers of the kernels' rows belong to each unit: the number of its gates and 1. */
  abstract int parts();

  /** The shape of the bias. */
  int[] biasShape() {
    return new int[] {parts() * units};
  }

  final Sequences sequences() {
    return new Sequences(kind(), cell(), sequence);
  }

  /** How it uses its cell; over sequences, unless it is a cell itself. */
  Use use() {
    return sequences();
  }

  @Override
  protected final int[] outputOf(List<int[]> inputShapes) {
    if (ownActivation().outputShape(units)[0] != units) {
      throw Messages.wrong(
          "%s expects a function that gives a number for each of its %d units but %s gives %d: use tanh() or another one.",
          kind(), units, ownActivation().kerasName(), ownActivation().outputShape(units)[0]);
    }
    return use().outputShape(inputShapes);
  }

  @Override
  protected final int[] outputOf(int... inputShape) {
    return outputOf(List.of(inputShape));
  }

  @Override
  protected final List<int[]> outputsOf(List<int[]> inputShapes) {
    return use().furtherShapes(inputShapes);
  }

  @Override
  protected final List<Parameter> parametersOf(List<int[]> inputShapes) {
    return weightsFor(Shapes.last(use().step(inputShapes)));
  }

  /** Its weights for steps of so many features, with the initializers of this layer. */
  final List<Parameter> firstWeights(int features) {
    return weightsFor(features).stream().map(this::drawn).toList();
  }

  /** Its weights for steps of so many features. */
  private List<Parameter> weightsFor(int features) {
    List<Parameter> parameters = new ArrayList<>();
    int width = (int) Math.min(Integer.MAX_VALUE, (long) parts() * units); // too large anyway
    parameters.add(
        Parameter.trained(KERNEL, Initializers.glorotUniform(), kernelShape(features, width)));
    parameters.add(
        Parameter.trained(RECURRENT, Initializers.orthogonal(1), kernelShape(units, width)));
    if (useBias) {
      parameters.add(Parameter.trained(BIAS, Initializers.zeros(), biasShape()));
    }
    return parameters;
  }

  @Override
  protected final boolean givesMask(List<Boolean> inputs, List<int[]> inputShapes) {
    return use().keepsMask(inputs);
  }

  @Override
  public final boolean usesMasks() {
    return true;
  }

  @Override
  protected final Tensor maskOf(Graph graph, List<Tensor> inputs) {
    return Sequences.mask(inputs);
  }

  @Override
  protected final Tensor buildMasked(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    return use().build(graph, inputs, weights);
  }

  @Override
  public final long keptNumbers(List<int[]> inputShapes, boolean training) {
    outputShape(inputShapes); // checks them
    return use().numbers(inputShapes, training);
  }

  @Override
  public boolean isStateful() {
    return sequence.contains(SequenceSetting.STATEFUL);
  }

  @Override
  protected final Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return buildMasked(graph, List.of(x), weights);
  }

  @Override
  public final CallArguments callArguments() {
    return CallArguments.rest(use().statesArgument());
  }

  @Override
  public final String groupOf(String parameter) {
    return use().group();
  }

  /** Linear: its function is one of each step, not of its output alone. */
  @Override
  public Activation activation() {
    return Activation.LINEAR;
  }

  @Override
  protected int[] ended(int... shape) {
    return shape;
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return Bounds.NONE;
  }

  @Override
  public String toString() {
    return kind() + "(" + units + ")";
  }

  /** The config with these settings. */
  final Config unitsIn(Config config) {
    Config all =
        sizeIn(config)
            .with("activation", Activations.saved(ownActivation()))
            .with("use_bias", useBias);
    int rank = kernelShape(1, 1).length;
    return rules(RECURRENT)
        .in(regularizersIn(all, rank), "recurrent", rank)
        .with("dropout", dropout)
        .with("recurrent_dropout", recurrentDropout);
  }

  /** A copy with the settings of a file. */
  final L unitsFrom(Settings settings) {
    Set<SequenceSetting> read = SequenceSetting.from(settings);
    int rank = kernelShape(1, 1).length;
    WeightRules recurrent = WeightRules.from(settings, "recurrent", rank);
    return with(regularizersFrom(settings, rank))
        .useBias(settings.flag("use_bias", true))
        .dropout(settings.number("dropout", 0))
        .recurrentDropout(settings.number("recurrent_dropout", 0))
        .with(
            copy -> {
              units(copy).sequence = read;
              copy.setRules(RECURRENT, recurrent);
            })
        .with(function(settings, "activation", Activation.TANH));
  }

  /** A function that a file may leave out; None is linear. */
  static Activation function(Settings settings, String name, Activation usual) {
    return settings.raw(name).isEmpty() ? usual : Activations.from(settings, name, 1);
  }
}
