package org.lossbook.engine.onednn.rows;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.lossbook.Internal;
import org.lossbook.engine.onednn.operation.Formats;
import org.lossbook.engine.onednn.operation.GraphNode;
import org.lossbook.engine.onednn.operation.Operation;
import org.lossbook.engine.onednn.operation.PlanBuilder;

/**
 * Dot product: Σ xᵢ · yᵢ of two vectors, each divided by its norm first if normalized. As in Keras
 * a norm counts as at least 10⁻⁷.
 *
 * @hidden
 */
@Internal
public final class Dot extends Operation {
  private static final double SMALLEST_SQUARE = 1e-14;
  private final boolean normalized;
  private float[] x;
  private float[] y;
  private float[] products;
  private float[] gradients;
  private int width;

  public Dot(GraphNode x, GraphNode y, boolean normalized) {
    super(x, y);
    this.normalized = normalized;
  }

  @Override
  public void addForwardSteps(PlanBuilder builder) {
    int rows = (int) output.dims()[0];
    width = (int) x().dims()[1];
    x = new float[rows * width];
    y = new float[x.length];
    products = new float[rows];
    gradients = new float[rows];
    output.value = builder.memory(Formats.channelsLast(output.dims()));
    FloatBuffer xs = rows(builder, x());
    FloatBuffer ys = rows(builder, inputs.get(1));
    FloatBuffer to = Formats.numbers(output.value);
    builder.forward.add(
        stream -> {
          xs.get(0, x);
          ys.get(0, y);
          for (int r = 0; r < products.length; r++) {
            products[r] = (float) (product(r, x, y) / (length(x, r) * length(y, r)));
          }
          to.put(0, products);
        });
  }

  @Override
  public void addBackwardSteps(PlanBuilder builder, memory diffDst) {
    FloatBuffer from =
        Formats.numbers(
            builder.reordered(builder.backward, diffDst, Formats.channelsLast(output.dims())));
    builder.backward.add(stream -> from.get(0, gradients));
    addBackwardSteps(builder, x(), x, y);
    addBackwardSteps(builder, inputs.get(1), y, x);
  }

  /**
   * The gradient of a · b / (|a| |b|) with respect to a: the part of b orthogonal to a, over both
   * norms.
   */
  private void addBackwardSteps(PlanBuilder builder, GraphNode node, float[] a, float[] b) {
    if (!node.needsGradient()) {
      return;
    }
    memory gradient = builder.memory(Formats.channelsLast(node.dims()));
    FloatBuffer to = Formats.numbers(gradient);
    float[] numbers = new float[a.length];
    builder.backward.add(
        stream -> {
          for (int r = 0; r < products.length; r++) {
            double ofA = length(a, r);
            double both = ofA * length(b, r);
            boolean isLong = normalized && ofA * ofA > SMALLEST_SQUARE;
            double along = isLong ? products[r] / (ofA * ofA) : 0;
            for (int i = r * width; i < (r + 1) * width; i++) {
              numbers[i] = (float) (gradients[r] * (b[i] / both - along * a[i]));
            }
          }
          to.put(0, numbers);
        });
    builder.addGradient(node, gradient);
  }

  private double product(int row, float[] a, float[] b) {
    double sum = 0;
    for (int i = row * width; i < (row + 1) * width; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private double length(float[] a, int row) {
    return normalized ? Math.sqrt(Math.max(product(row, a, a), SMALLEST_SQUARE)) : 1;
  }

  private static FloatBuffer rows(PlanBuilder builder, GraphNode node) {
    return Formats.numbers(
        builder.reordered(builder.forward, node.value, Formats.channelsLast(node.dims())));
  }
}
