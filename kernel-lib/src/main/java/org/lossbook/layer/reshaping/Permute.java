package org.lossbook.layer.reshaping;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;

/**
 * Permutes the axes of each sample, numbered from 1 as in Keras: {@code permute(2, 1)} transposes,
 * {@code [10, 64] -> [64, 10]}.
 *
 * @question How are the axes of a sample exchanged?
 * @use When a layer expects its axes in another order.
 * @avoid To change extents: use {@link Reshape}.
 */
public final class Permute extends BaseLayer<Permute> {
  private final int[] dims;

  /**
   * @param dims for each axis of the output the input's, 1 for a sample's first
   */
  public Permute(int... dims) {
    this.dims = LayerChecks.requireShape("permute", dims, "permute(2, 1)");
    boolean isOrder =
        dims.length > 0
            && Arrays.equals(
                Arrays.stream(dims).sorted().toArray(),
                IntStream.rangeClosed(1, dims.length).toArray());
    if (!isOrder) {
      throw new IllegalArgumentException(
          "permute expects each axis from 1 on once but receives "
              + Arrays.toString(dims)
              + ": permute(2, 1) swaps the two axes of a sample.");
    }
  }

  @Override
  public String kind() {
    return "permute";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    if (inputShape.length != dims.length) {
      throw Messages.wrong(
          "permute(%s) expects samples of %d %s but receives %s: name as many axes as there are.",
          listed(),
          dims.length,
          dims.length == 1 ? "axis" : "axes",
          LayerChecks.batched(inputShape));
    }
    return Arrays.stream(dims).map(dim -> inputShape[dim - 1]).toArray();
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.permute(x, Arrays.stream(dims).map(dim -> dim - 1).toArray());
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    Bounds given = inputs.get(0);
    return dims[dims.length - 1] == dims.length ? given : given.withoutSumToOne();
  }

  @Override
  public String toString() {
    return "permute(" + listed() + ")";
  }

  private String listed() {
    return String.join(", ", Arrays.stream(dims).mapToObj(Integer::toString).toList());
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "Permute").with("dims", dims));
  }

  static Permute from(Settings settings) {
    return new Permute(settings.integers("dims"));
  }
}
