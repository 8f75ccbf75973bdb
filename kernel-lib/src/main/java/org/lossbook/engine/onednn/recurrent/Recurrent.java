package org.lossbook.engine.onednn.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.lossbook.Internal;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Recurrence;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * A recurrent layer over a whole sequence. The products of the inputs, and those that give the
 * gradients of the weights, are one for all steps.
 *
 * @hidden
 */
@Internal
public final class Recurrent extends Operation {
  private final Recurrence how;
  private final List<GraphNode> initialStates;
  private final Optional<GraphNode> mask;
  private final RecurrentWeights weights;
  private final RecurrentResult last = new RecurrentResult();
  private final List<RecurrentResult> states = new ArrayList<>();
  private Cell cell;
  private Sequence sequence;
  private memory xs;

  public Recurrent(
      GraphNode x,
      Recurrence how,
      List<GraphNode> initialStates,
      Optional<GraphNode> mask,
      RecurrentWeights weights) {
    super(
        Stream.of(Stream.of(x), initialStates.stream(), mask.stream())
            .flatMap(nodes -> nodes)
            .toArray(GraphNode[]::new));
    this.how = how;
    this.initialStates = initialStates;
    this.mask = mask;
    this.weights = weights;
    for (int state = 0; state < how.cell().states(); state++) {
      states.add(new RecurrentResult());
    }
  }

  /** Gives the output of the step that is taken last; added after this. */
  public RecurrentResult last() {
    return last.readFrom(this);
  }

  /** Give the states after it; added after this. */
  public List<RecurrentResult> states() {
    return states.stream().map(state -> state.readFrom(this)).toList();
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    Cell.Shape shape = shape();
    int rows = shape.rows();
    xs = builder.reordered(builder.forward, x().value, stepByStep(rows, x().shape()));
    cell = makeCell(builder, shape);
    Products.add(
        builder,
        builder.forward,
        inputs(builder, xs),
        parameter(builder, weights.kernel()),
        weights.bias().map(bias -> biasPart(builder, bias, 0)),
        Products.matrix(builder, cell.gates.memory, 0, shape.steps() * rows, shape.width()));
    sequence = new Sequence(builder, cell, how, mask.map(node -> masks(builder, node)));
    for (int state = 0; state < initialStates.size(); state++) {
      GraphNode node = initialStates.get(state);
      memory plain =
          builder.reordered(builder.forward, node.value, Formats.channelsLast(node.dims()));
      sequence.startAt(state, new Blocks(plain, 1, shape.state()));
    }
    builder.forward.add(stream -> sequence.forward());
    output.value = new memory(stepByStep(rows, output.shape()), builder.engine, sequence.outputs());
    last.value = state(builder, sequence.last());
    for (int state = 0; state < states.size(); state++) {
      states.get(state).value = state(builder, sequence.finalState(state));
    }
  }

  private Cell.Shape shape() {
    int[] shape = x().shape();
    return new Cell.Shape(
        shape[0], output.graph.batch(), shape[1], how.units(), how.cell().gates());
  }

  private Cell makeCell(PlanBuilder builder, Cell.Shape shape) {
    int units = shape.units();
    int width = shape.width();
    var kernel = new FloatPointer(parameter(builder, weights.recurrent()).get_data_handle());
    var whole = new Products.Factor(kernel, units, width, width);
    return switch (how.cell()) {
      case SIMPLE -> new SimpleCell(builder, shape, whole);
      case LSTM -> new LstmCell(builder, shape, whole);
      case GRU ->
          new GruCell(
              builder,
              shape,
              whole,
              weights.bias().map(bias -> new Blocks(biasPart(builder, bias, width), 1, width)));
      case GRU_RESET_BEFORE ->
          new ResetBeforeCell(
              builder,
              shape,
              new Products.Factor(kernel, units, 2 * units, width),
              new Products.Factor(kernel.getPointer(2L * units), units, units, width));
    };
  }

  /** The numbers of all samples at a step lie together, one step after the other. */
  private static memory.desc stepByStep(int rows, int... shape) {
    return Formats.strided(
        new long[] {rows, shape[1], shape[0]},
        new long[] {shape[1], 1, Math.multiplyExact(rows, shape[1])});
  }

  /** The inputs, or their gradients, as a row for each step and sample. */
  private memory inputs(PlanBuilder builder, memory values) {
    Cell.Shape shape = cell.shape;
    return Products.matrix(builder, values, 0, shape.steps() * shape.rows(), shape.inputs());
  }

  private static Blocks masks(PlanBuilder builder, GraphNode node) {
    int rows = node.graph.batch();
    int steps = node.shape()[0];
    memory byStep =
        builder.reordered(
            builder.forward,
            node.value,
            Formats.strided(new long[] {rows, steps}, new long[] {1, rows}));
    return new Blocks(byStep, steps, rows);
  }

  private memory state(PlanBuilder builder, FloatPointer start) {
    return new memory(
        Formats.channelsLast(new long[] {cell.shape.rows(), how.units()}), builder.engine, start);
  }

  private static memory.desc layout(Parameters.Slot slot) {
    int[] shape = slot.parameter().shape();
    return Formats.strided(new long[] {shape[0], shape[1]}, new long[] {shape[1], 1});
  }

  private static memory parameter(PlanBuilder builder, Parameters.Slot slot) {
    return builder.parameter(slot, layout(slot));
  }

  private memory biasPart(PlanBuilder builder, Parameters.Slot bias, int offset) {
    memory all = builder.parameter(bias, Formats.vector(bias.size()));
    return Products.matrix(builder, all, offset, 1, shape().width());
  }

  @Override
  public boolean matters(PlanBuilder builder) {
    return super.matters(builder)
        || last.gradient().isPresent()
        || states.stream().anyMatch(state -> state.gradient().isPresent());
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    Cell.Shape shape = cell.shape;
    Optional<memory> byStep =
        Optional.ofNullable(diffDst)
            .map(
                diff ->
                    builder.reordered(
                        builder.backward, diff, stepByStep(shape.rows(), output.shape())));
    var gradients =
        sequence.backward(
            byStep.map(diff -> new Blocks(diff, shape.steps(), shape.state())),
            last.gradient().map(diff -> new Blocks(diff, 1, shape.state())),
            states.stream()
                .map(state -> state.gradient().map(diff -> new Blocks(diff, 1, shape.state())))
                .toList());
    builder.backward.add(stream -> gradients.run());
    for (int state = 0; state < initialStates.size(); state++) {
      if (initialStates.get(state).needsGradient()) {
        Blocks to = Blocks.of(builder, 1, shape.state());
        gradients.startsGoTo(state, to);
        builder.addGradient(initialStates.get(state), state(builder, to.start(0)));
      }
    }
    addWeightGradients(builder);
    if (x().needsGradient()) {
      memory diffSrc = builder.memory(stepByStep(shape.rows(), x().shape()));
      Products.add(
          builder,
          builder.backward,
          cell.gateGradients(builder),
          Products.transposed(builder, parameter(builder, weights.kernel())),
          Optional.empty(),
          inputs(builder, diffSrc));
      builder.addGradient(x(), diffSrc);
    }
  }

  private void addWeightGradients(PlanBuilder builder) {
    Parameters.Slot kernel = weights.kernel();
    if (kernel.parameter().trainable()) {
      memory gradient = builder.gradient(kernel, layout(kernel), layout(kernel));
      Products.add(
          builder,
          builder.backward,
          Products.transposed(builder, inputs(builder, xs)),
          cell.gateGradients(builder),
          Optional.empty(),
          gradient);
      builder.gradientWritten(kernel, layout(kernel), gradient);
    }
    Parameters.Slot recurrent = weights.recurrent();
    if (recurrent.parameter().trainable()) {
      memory gradient = builder.gradient(recurrent, layout(recurrent), layout(recurrent));
      cell.addRecurrentGradient(builder, sequence.statesBefore(builder), gradient);
      builder.gradientWritten(recurrent, layout(recurrent), gradient);
    }
    weights
        .bias()
        .filter(bias -> bias.parameter().trainable())
        .ifPresent(
            bias -> {
              memory.desc layout = Formats.vector(bias.size());
              memory gradient = builder.gradient(bias, layout, layout);
              cell.addBiasGradient(builder, gradient);
              builder.gradientWritten(bias, layout, gradient);
            });
  }

  @Override
  public boolean isTrained() {
    return weights.areTrained();
  }

  @Override
  public long work() {
    return super.work() * how.cell().gates() * (x().shape()[1] + how.units());
  }
}
