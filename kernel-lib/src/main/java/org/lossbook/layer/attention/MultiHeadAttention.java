package org.lossbook.layer.attention;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.layer.LayerChecks;

/**
 * Multi-head attention (Vaswani et al. 2017, <i>Attention is all you need</i>): each step of the
 * query takes from the steps of the value a mean, weighted by how well their keys match it. Each
 * head does so with projections of its own, q = x · W + b and likewise k and v: softmax(q · kᵀ /
 * √keyDim) · v. A last projection joins what the heads give. {@code [t, n], [s, m] -> [t, n]}
 *
 * <pre>{@code
 * multiHeadAttention(4, 16).of(input(5, 8))                   // self-attention: x asks itself
 * multiHeadAttention(4, 16).causal().of(input(5, 8))          // each step sees those before it
 * multiHeadAttention(4, 16).of(input(5, 8), input(7, 8))      // cross attention
 * multiHeadAttention(4, 16).returnScores().of(input(5, 8)).output(1).shape() // [4, 5, 5]
 * }</pre>
 *
 * <p>Steps that a mask leaves out are seen by none. The mask of the query is that of the output.
 * Values of more axes, such as images, attend with all their positions.
 *
 * <p>Parameters, by default with biases: query/kernel {@code [n, heads, keyDim]}, key/kernel,
 * value/kernel {@code [m, heads, valueDim]} and attention_output/kernel {@code [heads, valueDim,
 * n]}, initially Glorot uniform. {@code multiHeadAttention(4, 16)} on 64 features has 16,640.
 *
 * @question What does each step need from all others, in several ways at once?
 * @use In transformers.
 * @avoid For very long sequences: its work grows with their square.
 */
public final class MultiHeadAttention extends HeadedAttention<MultiHeadAttention> {
  private final int heads;
  private final int keyDim;
  private int valueDim;
  private int[] outputShape = {};
  private int[] axes = {};

  /**
   * @param heads how many attend side by side
   * @param keyDim the numbers of a query and of a key in each head
   */
  public MultiHeadAttention(int heads, int keyDim) {
    this.heads = LayerChecks.requirePositive("multi_head_attention", "heads", heads);
    this.keyDim = LayerChecks.requirePositive("multi_head_attention", "a key's size", keyDim);
    valueDim = this.keyDim;
  }

  /** The numbers of a value in each head; as many as a key has by default. */
  public MultiHeadAttention valueDim(int valueDim) {
    int given = LayerChecks.requirePositive(kind(), "a value's size", valueDim);
    return with(copy -> copy.valueDim = given);
  }

  /** The extents of a step of the output; as many features as the query has by default. */
  public MultiHeadAttention outputDim(int... extents) {
    int[] given = Require.given(extents, kind(), "extents", "write outputDim(64)").clone();
    Arrays.stream(given).forEach(each -> LayerChecks.requirePositive(kind(), "extents", each));
    return with(copy -> copy.outputShape = given);
  }

  @Override
  public String kind() {
    return "multi_head_attention";
  }

  @Override
  int queryHeads() {
    return heads;
  }

  @Override
  int keyHeads() {
    return heads;
  }

  @Override
  int keySize() {
    return keyDim;
  }

  @Override
  int valueSize() {
    return valueDim;
  }

  @Override
  int[] outputFeatures(int queryFeatures) {
    return outputShape.length == 0 ? new int[] {queryFeatures} : outputShape.clone();
  }

  @Override
  String groupOf(Projection projection) {
    return projection == Projection.GATE ? "_gate_dense" : projection.group();
  }

  @Override
  protected int[] outputOf(List<int[]> inputShapes) {
    int rank = inputShapes.get(0).length;
    for (int i = 0; i < axes.length; i++) {
      int axis = axes[i] < 0 ? axes[i] + rank + 1 : axes[i];
      if (axes.length != rank - 1 || axis != i + 1) {
        throw Messages.wrong(
            "multi_head_attention expects to attend over all axes of %s but its last but the file says attention_axes %s: permute the others into the batch.",
            LayerChecks.batched(inputShapes.get(0)), Arrays.toString(axes));
      }
    }
    return super.outputOf(inputShapes);
  }

  @Override
  public String toString() {
    return Messages.of("multi_head_attention(%d, %d)", heads, keyDim);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        headsIn(
            Config.of("keras.layers", "MultiHeadAttention")
                .with("num_heads", heads)
                .with("key_dim", keyDim)
                .with("value_dim", valueDim)
                .with(
                    "output_shape",
                    outputShape.length == 0 ? (Object) Optional.empty() : outputShape)
                .with("attention_axes", axes.length == 0 ? (Object) Optional.empty() : axes)));
  }

  static MultiHeadAttention from(Settings settings) {
    int heads = settings.integer("num_heads");
    int keyDim = settings.integer("key_dim");
    MultiHeadAttention layer = new MultiHeadAttention(heads, keyDim);
    int[] features = integers(settings, "output_shape");
    int[] along = integers(settings, "attention_axes");
    MultiHeadAttention shaped = features.length == 0 ? layer : layer.outputDim(features);
    return shaped
        .valueDim(settings.integer("value_dim", keyDim))
        .with(shaped.headsFrom(settings))
        .with(copy -> copy.axes = along);
  }

  /** One number or several, or none. */
  private static int[] integers(Settings settings, String name) {
    Object value = settings.value(name).orElse(List.of());
    if (value instanceof List<?> list && list.isEmpty()) {
      return new int[0];
    }
    return value instanceof List<?> ? settings.integers(name) : new int[] {settings.integer(name)};
  }
}
