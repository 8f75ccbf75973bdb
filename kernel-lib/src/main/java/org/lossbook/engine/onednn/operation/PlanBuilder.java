package org.lossbook.engine.onednn.operation;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.lossbook.Internal;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameters;

/**
 * Builds a plan: its steps in order, its memories, and all reorders.
 *
 * @hidden
 */
@Internal
public final class PlanBuilder {
  public final engine engine;
  public final primitive_attr plain = new primitive_attr();

  /** Whether there is a backward pass, for which oneDNN's forward pass in training prepares. */
  public final boolean training;

  /** Whether the backward pass changes moving statistics. */
  public final boolean movesStatistics;

  /** How many threads the plan runs on. */
  public final int threads;

  private final OneDnnParameters parameters;

  /** Steps that bring weights into the kernels' layouts, run if they changed since the last run. */
  public final List<Step> weights = new ArrayList<>();

  public final List<Step> forward = new ArrayList<>();
  public final List<Step> backward = new ArrayList<>();

  /** The random operations, which get a seed before each forward pass. */
  public final List<RandomOp> randomOps = new ArrayList<>();

  /** The activity penalties, read after a forward pass. */
  public final List<ActivityPenalty> penalties = new ArrayList<>();

  /** What the backward pass looks up in tables. */
  public final TableGradients tables;

  private final Map<GraphNode, memory> gradients = new HashMap<>();
  private final Set<memory> ofParts = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Parameters.Slot> written = new HashSet<>();
  private Optional<ValuePool> pool = Optional.empty();
  private long bytes;

  public PlanBuilder(engine engine, OneDnnParameters parameters, Mode mode, int threads) {
    this.engine = engine;
    this.parameters = parameters;
    tables = new TableGradients(parameters.gradient(), backward);
    this.threads = threads;
    training = mode.hasBackward();
    movesStatistics = mode == Mode.TRAINING;
  }

  /** The native memory of all values made so far. */
  public long bytes() {
    return bytes;
  }

  /** Lets values share memory, one after the other, for a plan that is never run backward. */
  public void shareMemory(List<Operation> operations, List<GraphNode> results) {
    pool = Optional.of(new ValuePool(engine, operations, results));
  }

  /** Adds the forward steps of an operation. */
  public void forward(Operation operation) {
    operation.addForwardSteps(this);
    pool.ifPresent(values -> values.finished(operation));
  }

  /**
   * Memory for an operation's output, or for what it needs on the way, which each run writes whole
   * before it reads it. Other values may lie there later.
   */
  public memory value(memory.desc desc) {
    if (pool.isEmpty()) {
      return memory(desc);
    }
    memory reused = pool.get().reused(desc);
    return reused != null ? reused : pool.get().add(memory(desc));
  }

  /** Memory that these steps write: a value's in the forward pass, else its own. */
  public memory written(List<Step> steps, memory.desc desc) {
    return steps == forward ? value(desc) : memory(desc);
  }

  /** Memory of its own. */
  public memory memory(memory.desc desc) {
    bytes += desc.get_size();
    return new memory(desc, engine);
  }

  /** {@code source} in the layout {@code wanted}, without a copy if it already is. */
  public memory reordered(List<Step> steps, memory source, memory.desc wanted) {
    if (Formats.same(source.get_desc(), wanted)) {
      return source;
    }
    memory copy = written(steps, wanted);
    copy(steps, source, copy);
    return copy;
  }

  /** Copies one memory to another, whatever their layouts. */
  public void copy(List<Step> steps, memory source, memory destination) {
    steps.add(
        Step.of(
            "reorder",
            new reorder(source, destination),
            Arguments.of(dnnl.DNNL_ARG_FROM, source).and(dnnl.DNNL_ARG_TO, destination)));
  }

  /** A view of the first rows and columns of an image, or of all. */
  public memory corner(memory image, long[] dims) {
    memory.desc whole = image.get_desc();
    memory.desc corner = whole.submemory_desc(dims, new long[dims.length]);
    return Formats.same(whole, corner)
        ? image
        : new memory(corner, engine, image.get_data_handle());
  }

  /** A view of a parameter in its flat vector. */
  public memory parameter(Parameters.Slot slot, memory.desc layout) {
    return parameters.view(
        slot.parameter().trainable() ? Parameters.Vector.TRAINABLE : Parameters.Vector.KEPT,
        slot,
        layout,
        engine);
  }

  /** A trainable parameter in the layout that a kernel wants, updated when the weights change. */
  public memory weight(Parameters.Slot slot, memory.desc layout, memory.desc wanted) {
    return reordered(weights, parameter(slot, layout), wanted);
  }

  /**
   * The same, each output's weights times a factor.
   *
   * @param mask the dimensions of the weights that number the outputs, as bits
   * @param factors one for each output
   */
  public memory scaledWeight(
      Parameters.Slot slot, memory.desc layout, memory.desc wanted, int mask, memory factors) {
    primitive_attr scaling = new primitive_attr();
    scaling.set_scales_mask(dnnl.DNNL_ARG_SRC, mask);
    memory from = parameter(slot, layout);
    memory to = memory(wanted);
    var description = new reorder.primitive_desc(engine, layout, engine, wanted, scaling, false);
    weights.add(
        Step.of(
            "reorder with factors",
            new reorder(description),
            Arguments.of(dnnl.DNNL_ARG_FROM, from)
                .and(dnnl.DNNL_ARG_TO, to)
                .and(dnnl.DNNL_ARG_ATTR_SCALES | dnnl.DNNL_ARG_SRC, factors)));
    return to;
  }

  /**
   * The memory where a kernel writes a parameter's gradient in the layout it wants: the flat vector
   * itself if that is the user's layout and it was not written before, else a separate one. Call
   * {@link #gradientWritten} after adding the kernel's step.
   */
  public memory gradient(Parameters.Slot slot, memory.desc layout, memory.desc wanted) {
    return Formats.same(layout, wanted) && !written.contains(slot)
        ? gradientView(slot, layout)
        : memory(wanted);
  }

  /**
   * Copies a gradient that was written elsewhere to the flat vector; for a shared layer, adds it.
   */
  public void gradientWritten(Parameters.Slot slot, memory.desc layout, memory gradient) {
    boolean isFirst = written.add(slot);
    if (!isFirst) {
      memory place = gradientView(slot, layout);
      binary(
          backward, dnnl.algorithm.binary_add, place, reordered(backward, gradient, layout), place);
    } else if (!Formats.same(layout, gradient.get_desc())) {
      copy(backward, gradient, gradientView(slot, layout));
    }
  }

  /** a ∘ b element-wise, in a new memory with the layout of a. */
  public memory binary(List<Step> steps, dnnl.algorithm how, memory a, memory b) {
    memory result = written(steps, a.get_desc());
    binary(steps, how, a, reordered(steps, b, a.get_desc()), result);
    return result;
  }

  private void binary(List<Step> steps, dnnl.algorithm how, memory a, memory b, memory to) {
    var description =
        new binary.primitive_desc(
            engine, how, a.get_desc(), b.get_desc(), to.get_desc(), plain, false);
    steps.add(
        Step.of(
            how.name(),
            new binary(description),
            Arguments.of(dnnl.DNNL_ARG_SRC_0, a)
                .and(dnnl.DNNL_ARG_SRC_1, b)
                .and(dnnl.DNNL_ARG_DST, to)));
  }

  /** factor · x, in a new memory. */
  public memory scaled(List<Step> steps, memory x, float factor) {
    return linear(steps, x, factor, 0);
  }

  /** factor · x + shift, in a new memory. */
  public memory linear(List<Step> steps, memory x, float factor, float shift) {
    memory result = memory(x.get_desc());
    var description =
        new eltwise_forward.primitive_desc(
            engine,
            dnnl.prop_kind.forward_inference,
            dnnl.algorithm.eltwise_linear,
            x.get_desc(),
            x.get_desc(),
            factor,
            shift,
            plain,
            false);
    steps.add(
        Step.of(
            "scaling",
            new eltwise_forward(description),
            Arguments.of(dnnl.DNNL_ARG_SRC, x).and(dnnl.DNNL_ARG_DST, result)));
    return result;
  }

  /** Adds the last steps of the backward pass: what becomes of the tables' gradients. */
  public void finishGradients() {
    tables.finish(written);
  }

  private memory gradientView(Parameters.Slot slot, memory.desc layout) {
    return parameters.view(Parameters.Vector.GRADIENT, slot, layout, engine);
  }

  public OneDnnParameters parameters() {
    return parameters;
  }

  /** Adds to dL/d node: a value that several operations use gets the sum of their gradients. */
  public void addGradient(GraphNode node, memory gradient) {
    memory before = gradients.get(node);
    if (before == null) {
      gradients.put(node, gradient);
      return;
    }
    gradients.put(node, binary(backward, dnnl.algorithm.binary_add, before, gradient));
  }

  /**
   * Where operations that read parts of a value add their gradients: one memory for all of them, so
   * that a sequence that is read step by step needs no copy of it for each step.
   */
  public memory gradientOfParts(GraphNode node) {
    memory before = gradients.get(node);
    if (before != null && ofParts.contains(before)) {
      return before;
    }
    memory whole = memory(Formats.channelsLast(node.dims()));
    if (before == null) {
      FloatBuffer numbers = Formats.numbers(whole);
      backward.add(stream -> Formats.zero(numbers)); // each time, because it may be overwritten
    } else {
      copy(backward, before, whole);
    }
    ofParts.add(whole);
    gradients.put(node, whole);
    return whole;
  }

  /** Adds one memory to another, whatever their layouts. */
  public void addTo(List<Step> steps, memory source, memory sum) {
    post_ops adding = new post_ops();
    adding.append_sum();
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(adding);
    var description =
        new reorder.primitive_desc(
            engine, source.get_desc(), engine, sum.get_desc(), attributes, false);
    steps.add(
        Step.of(
            "sum",
            new reorder(description),
            Arguments.of(dnnl.DNNL_ARG_FROM, source).and(dnnl.DNNL_ARG_TO, sum)));
  }

  /** dL/d node, or null if the loss does not depend on it. */
  public memory gradientOf(GraphNode node) {
    return gradients.get(node);
  }
}
