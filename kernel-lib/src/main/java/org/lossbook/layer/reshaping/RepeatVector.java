package org.lossbook.layer.reshaping;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;

/**
 * Repeats a vector n times, as the steps of a sequence. {@code [c] -> [n, c]}
 *
 * @question How does one vector become a sequence?
 * @use Between encoder and decoder of sequences.
 * @avoid When each step needs something else.
 */
public final class RepeatVector extends BaseLayer<RepeatVector> {
  private final int n;

  public RepeatVector(int n) {
    this.n = LayerChecks.requirePositive("repeatVector", "repetitions", n);
  }

  @Override
  public String kind() {
    return "repeat_vector";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    if (inputShape.length != 1) {
      throw new IllegalArgumentException(
          "repeatVector expects rows [batch, inputs] but receives "
              + LayerChecks.batched(inputShape)
              + ": add "
              + (inputShape.length == 0 ? "reshape(1)" : "flatten()")
              + " before it.");
    }
    int[] shape = {n, inputShape[0]};
    LayerChecks.requireHoldable("repeatVector", shape);
    return shape;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.broadcast(x, outputShape(x.shape()));
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return inputs.get(0);
  }

  @Override
  public String toString() {
    return "repeat_vector(" + n + ")";
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "RepeatVector").with("n", n));
  }

  static RepeatVector from(Settings settings) {
    return new RepeatVector(settings.integer("n"));
  }
}
