package org.lossbook.layer.reshaping;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.LayerChecks;

/**
 * Reshapes each sample, row-major. {@code reshape(28, 28, 1): [784] -> [28, 28, 1]}; one extent may
 * be −1, and is then computed from the others.
 *
 * @question How does a row become an image again?
 * @use When the numbers are right but their shape is not.
 * @avoid To exchange axes: use {@link Permute}.
 */
public final class Reshape extends Reshaping<Reshape> {
  private final int[] shape;

  public Reshape(int... shape) {
    this.shape = LayerChecks.requireShape("reshape", shape, "reshape(28, 28, 1)");
    if (Arrays.stream(shape).filter(extent -> extent == -1).count() > 1) {
      throw new IllegalArgumentException(
          "reshape expects at most one extent of -1 but receives "
              + LayerChecks.batched(shape)
              + ": name the others.");
    }
    for (int extent : shape) {
      if (extent != -1) {
        LayerChecks.requirePositive("reshape", "extents", extent);
      }
    }
    LayerChecks.requireHoldable(
        "reshape", Arrays.stream(shape).filter(extent -> extent != -1).toArray());
  }

  @Override
  public String kind() {
    return "reshape";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    int received = Shapes.size(inputShape);
    int named = Shapes.size(Arrays.stream(shape).filter(extent -> extent != -1).toArray());
    int[] whole =
        Arrays.stream(shape).map(extent -> extent == -1 ? received / named : extent).toArray();
    if (Shapes.size(whole) != received) {
      throw new IllegalArgumentException(
          "reshape expects numbers that fill "
              + LayerChecks.batched(shape)
              + " but receives "
              + LayerChecks.batched(inputShape)
              + ", "
              + received
              + " a sample: name extents with that product.");
    }
    return whole;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.reshape(x, outputShape(x.shape()));
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(Config.of("keras.layers", "Reshape").with("target_shape", shape));
  }

  static Reshape from(Settings settings) {
    return new Reshape(settings.integers("target_shape"));
  }
}
