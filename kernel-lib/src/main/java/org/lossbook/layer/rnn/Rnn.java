package org.lossbook.layer.rnn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Registry;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.CallArguments;
import org.lossbook.layer.InnerLayer;
import org.lossbook.layer.Layer;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Regularizer;

/**
 * A recurrent layer of any cell, or of several one upon another: reads a sequence step by step.
 * {@code [steps, n] -> [units]}
 *
 * <p>{@code rnn(lstmCell(64))} computes what {@code lstm(64)} does; {@code
 * rnn(List.of(lstmCell(64), gruCell(32)))} has both in each step. {@link #returnSequences()} gives
 * the output of every step, {@link #returnState()} the states after the last one as further
 * outputs, and {@code of(x, h, c)} begins with states that another layer gives.
 *
 * @question How does a cell read a whole sequence?
 * @use To run a cell of your own, or several stacked.
 * @avoid For a built-in cell alone: its layer is faster.
 */
public final class Rnn extends BaseLayer<Rnn> implements SequenceLayer<Rnn> {
  private final RecurrentCell cell;
  private Set<SequenceSetting> sequence = Set.of();

  public Rnn(RecurrentCell cell) {
    this.cell = Require.given(cell, "rnn", "a cell", "write rnn(lstmCell(64))");
  }

  static Cell cell(RecurrentCell cell) {
    return cell instanceof StackedRnnCells stacked
        ? stacked.cell()
        : ((RecurrentUnits<?>) cell).cell();
  }

  /** The parameters of a cell for steps of that shape. */
  static List<Parameter> parameters(RecurrentCell cell, int... step) {
    List<int[]> inputs = new ArrayList<>(List.of(step));
    inputs.addAll(cell(cell).states(step));
    return cell.parameters(inputs);
  }

  Rnn set(SequenceSetting setting) {
    return with(copy -> copy.sequence = SequenceSetting.with(sequence, setting));
  }

  Sequences sequences() {
    return new Sequences(kind(), cell(cell), sequence);
  }

  @Override
  public String kind() {
    return "rnn";
  }

  @Override
  protected int[] outputOf(List<int[]> inputShapes) {
    return sequences().outputShape(inputShapes);
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return outputOf(List.of(inputShape));
  }

  @Override
  protected List<int[]> outputsOf(List<int[]> inputShapes) {
    return sequences().furtherShapes(inputShapes);
  }

  @Override
  protected List<Parameter> parametersOf(List<int[]> inputShapes) {
    return parameters(cell, sequences().step(inputShapes));
  }

  @Override
  protected boolean givesMask(List<Boolean> inputs, List<int[]> inputShapes) {
    return sequences().keepsMask(inputs);
  }

  @Override
  public boolean usesMasks() {
    return true;
  }

  @Override
  protected Tensor maskOf(Graph graph, List<Tensor> inputs) {
    return Sequences.mask(inputs);
  }

  @Override
  protected Tensor buildMasked(
      Graph graph, List<Tensor> inputs, Function<String, Parameters.Slot> weights) {
    return sequences().build(graph, inputs, weights);
  }

  @Override
  public long keptNumbers(List<int[]> inputShapes, boolean training) {
    outputShape(inputShapes); // checks them
    return sequences().numbers(inputShapes, training);
  }

  @Override
  public boolean isStateful() {
    return sequence.contains(SequenceSetting.STATEFUL);
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return buildMasked(graph, List.of(x), weights);
  }

  @Override
  public CallArguments callArguments() {
    return CallArguments.rest(sequences().statesArgument());
  }

  @Override
  public String groupOf(String parameter) {
    String inner = cell.groupOf(parameter);
    return inner.isEmpty() ? "cell" : "cell/" + inner;
  }

  @Override
  public Regularizer penalty(String parameter) {
    return cell.penalty(parameter);
  }

  @Override
  public Optional<Constraint> constraint(String parameter) {
    return cell.constraint(parameter);
  }

  @Override
  public boolean isFrozen() {
    return super.isFrozen() || cell.isFrozen();
  }

  @Override
  public String toString() {
    return "rnn(" + cell + ")";
  }

  @Override
  public Optional<Config> config() {
    return InnerLayer.config(cell)
        .map(
            inner ->
                SequenceSetting.in(Config.of("keras.layers", "RNN").with("cell", inner), sequence));
  }

  static Rnn from(Settings settings, Registry<Layer> layers) {
    Object saved = settings.value("cell").orElse("None");
    Set<SequenceSetting> read = SequenceSetting.from(settings);
    return new Rnn(Wrapped.cell(settings, "cell", saved, layers))
        .with(copy -> copy.sequence = read);
  }
}
