package org.lossbook.engine.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.PointerScope;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Plan;
import org.lossbook.engine.onednn.operation.ActivityPenalty;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.OneDnnParameters;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.RandomOp;
import org.lossbook.engine.onednn.operation.Step;
import org.lossbook.engine.onednn.operation.Threads;

/** A plan of oneDNN steps, with all their memories, which it owns. */
final class OneDnnPlan implements Plan {
  private static final FloatBuffer NONE = FloatBuffer.allocate(0);

  private final int batch;
  private final int threads;
  private final OneDnnParameters parameters;
  private final PointerScope scope;
  private final dnnl_stream stream;
  private final List<FloatBuffer> inputs = new ArrayList<>();
  private final List<FloatBuffer> outputs = new ArrayList<>();
  private final List<FloatBuffer> outputGradients = new ArrayList<>();
  private final List<FloatBuffer> inputGradients = new ArrayList<>();
  private final Step[] weights;
  private final Step[] forward;
  private final Step[] backward;
  private final RandomOp[] randomOps;
  private final ActivityPenalty[] penalties;
  private final long bytes;
  private long weightsVersion = -1;
  private long seed;
  private long run;
  private boolean closed;

  OneDnnPlan(
      engine engine,
      OneDnnParameters parameters,
      Mode mode,
      int batch,
      List<GraphNode> inputNodes,
      List<GraphNode> outputNodes,
      List<Operation> operations) {
    this.batch = batch;
    this.parameters = parameters;
    // OpenMP's threads spin while they wait: beside an operation with threads of its own they would
    // only take processors from those.
    threads =
        Threads.worth(
            operations.stream()
                .filter(operation -> !operation.hasOwnThreads())
                .mapToLong(Operation::work)
                .sum());
    // Kernels choose their blocking by the number of threads when they are created.
    Threads.use(threads);
    parameters.retain();
    scope = new PointerScope();
    try {
      var builder = new PlanBuilder(engine, parameters, mode, threads);
      for (GraphNode input : inputNodes) {
        memory whole = builder.memory(Formats.channelsLast(input.wholeDims()));
        inputs.add(Formats.numbers(whole));
        input.value = builder.corner(whole, input.dims());
      }
      // An activity penalty reads its input once more after a run.
      if (mode == Mode.INFERENCE
          && operations.stream().noneMatch(ActivityPenalty.class::isInstance)) {
        builder.shareMemory(operations, outputNodes);
      }
      operations.forEach(builder::forward);
      for (GraphNode output : outputNodes) {
        outputs.add(
            Formats.numbers(
                builder.reordered(
                    builder.forward, output.value, Formats.channelsLast(output.dims()))));
      }
      if (mode.hasBackward()) {
        addBackward(builder, inputNodes, outputNodes, operations);
      }
      stream = new stream(engine).get();
      weights = builder.weights.toArray(Step[]::new);
      forward = builder.forward.toArray(Step[]::new);
      backward = builder.backward.toArray(Step[]::new);
      randomOps = builder.randomOps.toArray(RandomOp[]::new);
      penalties = builder.penalties.toArray(ActivityPenalty[]::new);
      bytes = builder.bytes();
    } catch (RuntimeException | Error e) {
      // Out of memory is an Error too: free what was made, and leave the scope.
      scope.close();
      parameters.release();
      throw e;
    }
    // What was made lives until close(); later allocations of this thread do not belong to it.
    scope.extend();
    scope.close();
  }

  private void addBackward(
      PlanBuilder builder,
      List<GraphNode> inputNodes,
      List<GraphNode> outputNodes,
      List<Operation> operations) {
    for (GraphNode output : outputNodes) {
      memory gradient = builder.memory(Formats.channelsLast(output.dims()));
      FloatBuffer numbers = Formats.numbers(gradient);
      // Zero until set, instead of uninitialized memory.
      numbers.put(0, new float[numbers.capacity()]);
      outputGradients.add(numbers);
      builder.addGradient(output, gradient);
    }
    for (int i = operations.size() - 1; i >= 0; i--) {
      Operation operation = operations.get(i);
      if (operation.matters(builder) && operation.output.needsGradient()) {
        operation.addBackwardSteps(builder, builder.gradientOf(operation.output));
      }
    }
    builder.finishGradients();
    for (GraphNode input : inputNodes) {
      inputGradients.add(
          input.needsGradient() && builder.gradientOf(input) != null
              ? Formats.numbers(
                  builder.reordered(
                      builder.backward,
                      builder.gradientOf(input),
                      Formats.channelsLast(input.dims())))
              : NONE);
    }
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public void input(int index, float[] values) {
    put(inputs.get(index), values);
  }

  @Override
  public void forward() {
    open();
    Threads.use(threads);
    if (weightsVersion != parameters.version()) {
      run(weights);
      weightsVersion = parameters.version();
    }
    for (RandomOp draw : randomOps) {
      draw.draw(seed, run);
    }
    run++;
    run(forward);
  }

  @Override
  public void output(int index, float[] into) {
    get(outputs.get(index), into);
  }

  @Override
  public void inputGradient(int index, float[] into) {
    get(inputGradients.get(index), into);
  }

  @Override
  public void outputGradient(int index, float[] values) {
    put(outputGradients.get(index), values);
  }

  @Override
  public double activityCost(int rows) {
    open();
    double cost = 0;
    for (ActivityPenalty penalty : penalties) {
      cost += penalty.cost(rows);
    }
    return cost;
  }

  @Override
  public void backward() {
    open();
    Threads.use(threads);
    run(backward);
  }

  @Override
  public void seed(long seed) {
    this.seed = seed;
    run = 0;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      scope.deallocate();
      parameters.release();
    }
  }

  private void run(Step[] steps) {
    for (Step step : steps) {
      step.run(stream);
    }
  }

  private void put(FloatBuffer buffer, float[] values) {
    open();
    buffer.put(0, values, 0, Math.min(buffer.capacity(), values.length));
  }

  private void get(FloatBuffer buffer, float[] into) {
    open();
    buffer.get(0, into, 0, Math.min(buffer.capacity(), into.length));
  }

  private void open() {
    if (closed) {
      throw new IllegalStateException("This plan was closed: make a new one from the graph.");
    }
  }
}
