package org.lossbook.engine.onednn.recurrent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.lossbook.engine.onednn.operation.Step;
import org.lossbook.engine.onednn.operation.Threads;

/**
 * A recurrent layer over a whole sequence. The products of the inputs, and those that give the
 * gradients of the weights, are one for all steps.
 *
 * @hidden
 */
@Internal
public final class Recurrent extends Operation {
  /** Of how many samples the work is worth a thread of its own. */
  private static final int LEAST_ROWS = 4;

  private final Recurrence how;
  private final List<GraphNode> initialStates;
  private final Optional<GraphNode> mask;
  private final RecurrentWeights weights;
  private final RecurrentResult last = new RecurrentResult();
  private final List<RecurrentResult> states = new ArrayList<>();
  private final Map<Rows, Sequence> sequences = new LinkedHashMap<>();
  private final List<memory> stateMemory = new ArrayList<>();
  private int threads;
  private int threadsAfter;
  private CellMemory.Shape shape;
  private Order order;
  private CellMemory memory;
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
    new RecurrentChecks(how).check(x.graph.batch(), x, initialStates, mask, weights);
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
    int rows = output.graph.batch();
    shape = shape(rows);
    threads = Threads.worth(work());
    threadsAfter = builder.threads;
    order = new Order(shape.steps(), how.backwards());
    memory = CellMemory.of(builder, shape, how.cell());
    xs = builder.reordered(builder.forward, x().value, stepByStep(rows, x().shape()));
    share(
        builder.forward,
        Products.inParts(
            threads,
            inputs(xs),
            kernel(builder),
            weights.bias().map(bias -> biasPart(builder, bias, 0)),
            memory.matrix(memory.gates(), shape.width())));
    for (int state = 0; state < how.cell().states(); state++) {
      stateMemory.add(zeros(builder, (shape.steps() + 1) * rows * shape.units()));
    }
    boolean isApart = mask.isPresent() || how.backwards();
    FloatPointer outputs =
        isApart
            ? Blocks.from(zeros(builder, shape.all() * shape.units()), 0)
            : stateStart(0, order.slotAfter(0));
    output.value = new memory(stepByStep(rows, output.shape()), builder.engine, outputs);
    addSequences(builder, isApart);
    last.value =
        isApart
            ? state(builder, outputs.getPointer((shape.steps() - 1L) * rows * shape.units()))
            : state(builder, stateStart(0, order.lastSlot()));
    for (int state = 0; state < states.size(); state++) {
      states.get(state).value = state(builder, stateStart(state, order.lastSlot()));
    }
  }

  /** A sequence for each part of the batch that a thread of its own goes through. */
  private void addSequences(PlanBuilder builder, boolean isApart) {
    Optional<memory> masks = mask.map(node -> stepByStep(builder, node));
    List<memory> starts =
        initialStates.stream()
            .map(
                node ->
                    builder.reordered(
                        builder.forward, node.value, Formats.channelsLast(node.dims())))
            .toList();
    int parts = Math.max(1, Math.min(threads, shape.rows() / LEAST_ROWS));
    for (int part = 0; part < parts; part++) {
      Rows rows = Rows.part(part, parts, shape.rows());
      var sequence =
          new Sequence(
              makeCell(builder, rows),
              shape.steps(),
              how,
              masks.map(numbers -> memory.blocks(numbers, rows, 1)),
              stateMemory.stream()
                  .map(all -> Blocks.of(all, shape.steps() + 1, rows, shape.units()))
                  .toArray(Blocks[]::new),
              isApart
                  ? Optional.of(memory.blocks(output.value, rows, shape.units()))
                  : Optional.empty());
      for (int state = 0; state < starts.size(); state++) {
        sequence.startAt(state, Blocks.of(starts.get(state), 1, rows, shape.units()));
      }
      sequences.put(rows, sequence);
    }
    share(
        builder.forward, sequences.values().stream().map(one -> (Runnable) one::forward).toList());
  }

  /** Adds the step that shares parts among the threads. */
  private void share(List<Step> steps, List<Runnable> parts) {
    var team = new Team(parts, threadsAfter);
    steps.add(stream -> team.run());
  }

  private CellMemory.Shape shape(int rows) {
    int[] sizes = x().shape();
    return new CellMemory.Shape(sizes[0], rows, sizes[1], how.units(), how.cell().gates());
  }

  private static memory zeros(PlanBuilder builder, int count) {
    memory zeros = builder.memory(Formats.vector(count));
    Formats.numbers(zeros).put(0, new float[count]);
    return zeros;
  }

  private FloatPointer stateStart(int state, int slot) {
    return Blocks.from(stateMemory.get(state), (long) slot * shape.rows() * shape.units());
  }

  private Cell makeCell(PlanBuilder builder, Rows rows) {
    int units = shape.units();
    int width = shape.width();
    var kernel = new FloatPointer(parameter(builder, weights.recurrent()).get_data_handle());
    var whole = new Products.Factor(kernel, units, width, width);
    return switch (how.cell()) {
      case SIMPLE -> new SimpleCell(builder, memory, rows, whole);
      case LSTM -> new LstmCell(builder, memory, rows, whole);
      case GRU ->
          new GruCell(
              builder,
              memory,
              rows,
              whole,
              weights.bias().map(bias -> biasPart(builder, bias, width)));
      case GRU_RESET_BEFORE ->
          new ResetBeforeCell(
              builder,
              memory,
              rows,
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
  private Matrix inputs(memory values) {
    return memory.matrix(values, shape.inputs());
  }

  private static memory stepByStep(PlanBuilder builder, GraphNode mask) {
    int rows = mask.graph.batch();
    int steps = mask.shape()[0];
    return builder.reordered(
        builder.forward,
        mask.value,
        Formats.strided(new long[] {rows, steps}, new long[] {1, rows}));
  }

  private memory state(PlanBuilder builder, FloatPointer start) {
    return new memory(
        Formats.channelsLast(new long[] {shape.rows(), shape.units()}), builder.engine, start);
  }

  private static memory parameter(PlanBuilder builder, Parameters.Slot slot) {
    return builder.parameter(slot, WeightGradients.layout(slot));
  }

  /** The kernel by which inputs are multiplied. */
  private Matrix kernel(PlanBuilder builder) {
    return Matrix.of(parameter(builder, weights.kernel()), shape.inputs(), shape.width());
  }

  private Matrix biasPart(PlanBuilder builder, Parameters.Slot bias, int offset) {
    memory all = builder.parameter(bias, Formats.vector(bias.size()));
    return Matrix.of(all, offset, 1, shape.width(), shape.width());
  }

  @Override
  public boolean matters(PlanBuilder builder) {
    return super.matters(builder)
        || last.gradient().isPresent()
        || states.stream().anyMatch(state -> state.gradient().isPresent());
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    Optional<memory> ofOutputs =
        Optional.ofNullable(diffDst)
            .map(
                diff ->
                    builder.reordered(
                        builder.backward, diff, stepByStep(shape.rows(), output.shape())));
    List<Optional<memory>> toStarts =
        initialStates.stream()
            .map(
                node ->
                    node.needsGradient()
                        ? Optional.of(builder.memory(Formats.channelsLast(node.dims())))
                        : Optional.<memory>empty())
            .toList();
    share(
        builder.backward,
        sequences.entrySet().stream()
            .map(entry -> wayBack(entry.getKey(), entry.getValue(), ofOutputs, toStarts))
            .toList());
    for (int state = 0; state < toStarts.size(); state++) {
      GraphNode start = initialStates.get(state);
      toStarts.get(state).ifPresent(gradient -> builder.addGradient(start, gradient));
    }
    addGradients(builder);
  }

  /** The products that give the gradients of the weights and of the inputs, all together. */
  private void addGradients(PlanBuilder builder) {
    var gradients = new WeightGradients(builder, memory, threads);
    addWeightGradients(builder, gradients);
    List<Runnable> products = new ArrayList<>(gradients.products());
    Optional<memory> toInputs =
        x().needsGradient()
            ? Optional.of(builder.memory(stepByStep(shape.rows(), x().shape())))
            : Optional.empty();
    if (toInputs.isPresent()) {
      products.addAll(
          Products.inParts(
              threads,
              memory.allGateGradients(),
              kernel(builder).transposed(),
              Optional.empty(),
              inputs(toInputs.get())));
    }
    if (!products.isEmpty()) {
      share(builder.backward, products);
    }
    gradients.finish();
    toInputs.ifPresent(gradient -> builder.addGradient(x(), gradient));
  }

  private Runnable wayBack(
      Rows rows, Sequence sequence, Optional<memory> ofOutputs, List<Optional<memory>> toStarts) {
    int units = shape.units();
    Sequence.Backward backward =
        sequence.backward(
            ofOutputs.map(diff -> memory.blocks(diff, rows, units)),
            last.gradient().map(diff -> Blocks.of(diff, 1, rows, units)),
            states.stream()
                .map(state -> state.gradient().map(diff -> Blocks.of(diff, 1, rows, units)))
                .toList());
    for (int state = 0; state < toStarts.size(); state++) {
      int number = state;
      toStarts
          .get(state)
          .ifPresent(to -> backward.startsGoTo(number, Blocks.of(to, 1, rows, units)));
    }
    return backward::run;
  }

  private void addWeightGradients(PlanBuilder builder, WeightGradients gradients) {
    if (weights.kernel().parameter().trainable()) {
      gradients.addKernel(weights.kernel(), inputs(xs));
    }
    if (weights.recurrent().parameter().trainable()) {
      Matrix states =
          Matrix.of(
              stateMemory.get(0),
              order.slotBefore(0) * shape.rows() * shape.units(),
              shape.all(),
              shape.units(),
              shape.units());
      gradients.addRecurrent(weights.recurrent(), how.cell(), states);
    }
    weights
        .bias()
        .filter(bias -> bias.parameter().trainable())
        .ifPresent(bias -> gradients.addBias(bias, how.cell()));
  }

  @Override
  public boolean isTrained() {
    return weights.areTrained();
  }

  @Override
  public long work() {
    return super.work() * how.cell().gates() * (x().shape()[1] + how.units());
  }

  @Override
  public boolean hasOwnThreads() {
    return true;
  }
}
