package org.lossbook.engine.onednn.attention;

import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.Attention;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.PlanBuilder;
import org.lossbook.engine.onednn.operation.Step;

/**
 * Matrix product of each head of each sample: z = scale · x · y, or scale · x · yᵀ. Its gradients
 * are dx = scale · dz · yᵀ and dy = scale · xᵀ · dz.
 *
 * @hidden
 */
@Internal
public final class HeadProduct extends Operation {
  private final Heads x;
  private final Heads y;
  private final Heads z;
  private final boolean isTransposed;
  private final double scale;
  private memory left;
  private memory right;

  private HeadProduct(
      GraphNode xNode,
      GraphNode yNode,
      Heads x,
      Heads y,
      Heads z,
      boolean isTransposed,
      double scale) {
    super(xNode, yNode);
    this.x = x;
    this.y = y;
    this.z = z;
    this.isTransposed = isTransposed;
    this.scale = scale;
  }

  /** x · y of each matrix. {@code [h, m, k], [h, k, n] -> [h, m, n]} */
  public static HeadProduct ofMatrices(GraphNode xNode, GraphNode yNode) {
    Heads x = Heads.stacked(xNode);
    Heads y = Heads.stacked(yNode);
    Heads z = new Heads(x.heads(), x.rows(), y.columns(), false);
    return new HeadProduct(xNode, yNode, x, y, z, false, 1);
  }

  /** Queries times keys. {@code [t, h · n], [s, h · n] -> [h, t, s]} */
  public static HeadProduct ofKeys(GraphNode queries, GraphNode keys, Attention how) {
    Heads x = Heads.inColumns(queries, how.heads());
    Heads y = Heads.inColumns(keys, how.heads());
    Heads z = new Heads(how.heads(), x.rows(), y.rows(), false);
    return new HeadProduct(queries, keys, x, y, z, true, how.scale());
  }

  /** Weights times values. {@code [h, t, s], [s, h · m] -> [t, h · m]} */
  public static HeadProduct ofValues(GraphNode weights, GraphNode values) {
    Heads x = Heads.stacked(weights);
    Heads y = Heads.inColumns(values, x.heads());
    Heads z = new Heads(x.heads(), x.rows(), y.columns(), true);
    return new HeadProduct(weights, values, x, y, z, false, 1);
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    left = Heads.plain(builder, builder.forward, x().value, x());
    right = Heads.plain(builder, builder.forward, y().value, y());
    output.value = builder.value(Formats.channelsLast(output.dims()));
    int batch = output.graph.batch();
    builder.forward.add(
        product(
            builder,
            Heads.view(builder, left, x.layout(batch)),
            Heads.view(builder, right, isTransposed ? y.transposed(batch) : y.layout(batch)),
            Heads.view(builder, output.value, z.layout(batch))));
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    memory diff = Heads.plain(builder, builder.backward, diffDst, output);
    int batch = output.graph.batch();
    memory plainDiff = Heads.view(builder, diff, z.layout(batch));
    memory turnedDiff = Heads.view(builder, diff, z.transposed(batch));
    if (x().needsGradient()) {
      memory keys =
          Heads.view(builder, right, isTransposed ? y.layout(batch) : y.transposed(batch));
      addGradient(builder, x(), x, plainDiff, keys);
    }
    if (y().needsGradient()) {
      if (isTransposed) {
        addGradient(builder, y(), y, turnedDiff, Heads.view(builder, left, x.layout(batch)));
      } else {
        addGradient(builder, y(), y, Heads.view(builder, left, x.transposed(batch)), plainDiff);
      }
    }
  }

  private void addGradient(
      PlanBuilder builder, GraphNode node, Heads heads, memory from, memory with) {
    memory gradient = builder.memory(Formats.channelsLast(node.dims()));
    memory to = Heads.view(builder, gradient, heads.layout(output.graph.batch()));
    builder.backward.add(product(builder, from, with, to));
    builder.addGradient(node, gradient);
  }

  private Step product(PlanBuilder builder, memory from, memory with, memory to) {
    return Heads.product(builder, from, with, to, scale);
  }

  private GraphNode y() {
    return inputs.get(1);
  }

  @Override
  public boolean readsOutputBackward() {
    return false;
  }

  @Override
  public long work() {
    return super.work() * x.columns();
  }
}
