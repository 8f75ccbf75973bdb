package org.lossbook.engine.onednn.attention;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.lossbook.Internal;
import org.lossbook.engine.Attention;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;

/**
 * Attention, a few samples at a time, so that their scores stay in the processor's cache and there
 * are never those of a whole batch: z = p · v with p = softmax(scale · q · kᵀ). The backward pass
 * reads the weights p again, or computes them again where they are many.
 *
 * @hidden
 */
@Internal
public final class FusedAttention extends Operation {
  /** The bytes of scores at a time. */
  private static final long CHUNK = 1 << 20;

  /** The bytes of weights that are kept for the backward pass. */
  private static final long KEPT = 64 << 20;

  private final Attention how;
  private final MaskNodes masks;
  private final Heads query;
  private final Heads key;
  private final Heads value;
  private final Heads weights;
  private final Heads result;
  private Optional<VisibleKeys> visible = Optional.empty();
  private memory queries;
  private memory keys;
  private memory values;
  private memory kept;
  private boolean areKept;

  private FusedAttention(Attention how, MaskNodes masks, GraphNode... inputs) {
    super(masks.behind(inputs));
    this.how = how;
    this.masks = masks;
    query = Heads.inColumns(inputs[0], how.heads());
    key = Heads.inColumns(inputs[1], how.heads());
    value = Heads.inColumns(inputs[2], how.heads());
    weights = new Heads(how.heads(), query.rows(), key.rows(), false);
    result = new Heads(how.heads(), query.rows(), value.columns(), true);
  }

  /** Attention of queries to keys, for the values. */
  public static FusedAttention of(
      GraphNode queries, GraphNode keys, GraphNode values, Attention how, MaskNodes masks) {
    return new FusedAttention(how, masks, queries, keys, values);
  }

  /** Some samples of the batch, and where their weights lie. */
  private record Part(int first, int samples, memory weights) {}

  private List<Part> parts(PlanBuilder builder, memory room) {
    List<Part> parts = new ArrayList<>();
    int batch = output.graph.batch();
    int most = samplesAtOnce();
    for (int first = 0; first < batch; first += most) {
      int samples = Math.min(most, batch - first);
      memory.desc rows = rows(samples);
      parts.add(new Part(first, samples, part(builder, room, areKept ? first : 0, weights, rows)));
    }
    return parts;
  }

  private int samplesAtOnce() {
    long sample = weights.sample() * Float.BYTES;
    return (int) Math.max(1, Math.min(output.graph.batch(), CHUNK / sample));
  }

  private memory.desc rows(int samples) {
    return Formats.channelsLast(
        new long[] {(long) samples * how.heads() * query.rows(), key.rows()});
  }

  /** The numbers of a memory from a sample on, in that layout. */
  private static memory part(
      PlanBuilder builder, memory whole, int first, Heads heads, memory.desc layout) {
    long offset = first * heads.sample() * Float.BYTES;
    return new memory(
        layout, builder.engine, new BytePointer(whole.get_data_handle()).getPointer(offset));
  }

  private static memory part(PlanBuilder builder, memory whole, Part part, Heads heads) {
    return part(builder, whole, part.first, heads, heads.layout(part.samples));
  }

  private static memory turned(PlanBuilder builder, memory whole, Part part, Heads heads) {
    return part(builder, whole, part.first, heads, heads.transposed(part.samples));
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    List<Step> steps = builder.forward;
    queries = Heads.plain(builder, steps, x().value, x());
    keys = Heads.plain(builder, steps, inputs.get(1).value, inputs.get(1));
    values = Heads.plain(builder, steps, inputs.get(2).value, inputs.get(2));
    output.value = builder.value(Formats.channelsLast(output.dims()));
    int batch = output.graph.batch();
    visible = masks.visible(builder, how, batch, query.rows(), key.rows());
    areKept = builder.training && batch * weights.sample() * Float.BYTES <= KEPT;
    memory.desc room = rows(areKept ? batch : samplesAtOnce());
    kept = builder.training ? builder.memory(room) : builder.value(room);
    for (Part part : parts(builder, kept)) {
      addWeights(builder, steps, part);
      steps.add(
          Heads.product(
              builder,
              Heads.view(builder, part.weights, weights.layout(part.samples)),
              part(builder, values, part, value),
              part(builder, output.value, part, result),
              1));
    }
  }

  /** The steps from queries and keys to weights. */
  private void addWeights(PlanBuilder builder, List<Step> steps, Part part) {
    steps.add(
        Heads.product(
            builder,
            part(builder, queries, part, query),
            turned(builder, keys, part, key),
            Heads.view(builder, part.weights, weights.layout(part.samples)),
            how.scale()));
    FloatBuffer numbers = Formats.numbers(part.weights);
    visible.ifPresent(rule -> steps.add(stream -> rule.hide(numbers, part.first, part.samples)));
    steps.add(Rows.step(Rows.softmax(builder, rows(part.samples)), part.weights, part.weights));
    visible.ifPresent(rule -> steps.add(stream -> rule.settle(numbers, part.first, part.samples)));
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    List<Step> steps = builder.backward;
    memory diff = Heads.plain(builder, steps, diffDst, output);
    Optional<memory> diffQuery = gradient(builder, 0);
    Optional<memory> diffKey = gradient(builder, 1);
    Optional<memory> diffValue = gradient(builder, 2);
    memory room = builder.memory(rows(samplesAtOnce()));
    for (Part part : parts(builder, kept)) {
      if (!areKept) {
        addWeights(builder, steps, part);
      }
      memory.desc layout = weights.layout(part.samples);
      memory.desc turned = weights.transposed(part.samples);
      memory above = part(builder, diff, part, result);
      diffValue.ifPresent(
          to ->
              steps.add(
                  Heads.product(
                      builder,
                      Heads.view(builder, part.weights, turned),
                      above,
                      part(builder, to, part, value),
                      1)));
      if (diffQuery.isPresent() || diffKey.isPresent()) {
        memory slopes = Heads.view(builder, room, rows(part.samples));
        addSlopes(builder, part, above, slopes);
        diffQuery.ifPresent(
            to ->
                steps.add(
                    Heads.product(
                        builder,
                        Heads.view(builder, slopes, layout),
                        part(builder, keys, part, key),
                        part(builder, to, part, query),
                        how.scale())));
        diffKey.ifPresent(
            to ->
                steps.add(
                    Heads.product(
                        builder,
                        Heads.view(builder, slopes, turned),
                        part(builder, queries, part, query),
                        part(builder, to, part, key),
                        how.scale())));
      }
    }
    diffQuery.ifPresent(each -> builder.addGradient(x(), each));
    diffKey.ifPresent(each -> builder.addGradient(inputs.get(1), each));
    diffValue.ifPresent(each -> builder.addGradient(inputs.get(2), each));
  }

  /** The steps to the gradients of the scores. */
  private void addSlopes(PlanBuilder builder, Part part, memory above, memory slopes) {
    builder.backward.add(
        Heads.product(
            builder,
            above,
            turned(builder, values, part, value),
            Heads.view(builder, slopes, weights.layout(part.samples)),
            1));
    builder.backward.add(
        Rows.backwardStep(
            builder, Rows.softmax(builder, rows(part.samples)), part.weights, slopes, slopes));
    FloatBuffer numbers = Formats.numbers(slopes);
    visible.ifPresent(
        rule -> builder.backward.add(stream -> rule.zero(numbers, part.first, part.samples)));
  }

  private Optional<memory> gradient(PlanBuilder builder, int input) {
    GraphNode node = inputs.get(input);
    return node.needsGradient()
        ? Optional.of(builder.memory(Formats.channelsLast(node.dims())))
        : Optional.empty();
  }

  @Override
  public boolean readsOutputBackward() {
    return false;
  }

  @Override
  public long work() {
    return output.graph.batch() * weights.sample() * (key.columns() + value.columns());
  }
}
