package org.lossbook.layer.preprocessing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;

/**
 * Discretization: sorts numbers into bins, the intervals between ascending boundaries, and gives
 * the number of the bin: 0 below the first boundary, 1 from it to below the second, and so on. The
 * boundaries are given or measured on data, {@link #adapt}, so that bins hold about equally many.
 *
 * <p>It has no weights and passes no gradient on.
 *
 * <pre>{@code
 * discretization(0, 1, 2)                           // (−1.5, 1, 3.4, 0.5) becomes (0, 2, 3, 1)
 * discretization().numBins(4).adapt(vector(1, 2, 3, 4))   // boundaries at the quartiles
 * discretization(0, 1).outputMode("one_hot")        // makes (0, 1, 0) of 0.5
 * }</pre>
 *
 * @question Into which bin does a number fall?
 * @use For numbers whose effect jumps, such as age groups.
 * @avoid When nearby numbers mean nearly the same: bins forget that.
 */
public final class Discretization extends BaseLayer<Discretization> {
  private static final List<String> MODES = List.of("int", "one_hot", "multi_hot", "count");

  private Optional<double[]> boundaries;
  private OptionalInt numBins = OptionalInt.empty();
  private double epsilon = 0.01;
  private OutputMode mode = OutputMode.INT;

  /**
   * @param binBoundaries in ascending order; none where they will be measured
   */
  public Discretization(double... binBoundaries) {
    Require.given(binBoundaries, "discretization", "boundaries", "discretization(0, 1) has two");
    boundaries =
        binBoundaries.length == 0 ? Optional.empty() : Optional.of(ascending(binBoundaries));
  }

  private static double[] ascending(double... given) {
    for (int i = 0; i < given.length; i++) {
      if (!Double.isFinite(given[i]) || i > 0 && given[i] < given[i - 1]) {
        throw Messages.wrong(
            "discretization expects finite boundaries in ascending order but receives %s: sort them.",
            Arrays.toString(given));
      }
    }
    return given.clone();
  }

  /** How many bins {@link #adapt} makes. */
  public Discretization numBins(int numBins) {
    int given = LayerChecks.requirePositive(kind(), "bins", numBins);
    if (boundaries.isPresent() && this.numBins.isEmpty()) {
      throw Messages.wrong(
          "discretization expects boundaries or a number of bins but receives both: write discretization().numBins(%d).",
          given);
    }
    return with(copy -> copy.numBins = OptionalInt.of(given));
  }

  /**
   * How precisely {@link #adapt} measures: it looks at every value until there are more than 1 / ε,
   * 100 by default.
   */
  public Discretization epsilon(double epsilon) {
    if (!(epsilon > 0 && epsilon <= 1)) {
      throw Messages.wrong(
          "discretization expects an epsilon above 0 and up to 1 but receives %s: 0.01 is the default.",
          epsilon);
    }
    return with(copy -> copy.epsilon = epsilon);
  }

  /**
   * What it gives, by Keras's names: {@code int} (the default), the numbers of the bins; {@code
   * one_hot}, a row for each number; {@code multi_hot} or {@code count}, a row for all along the
   * first axis.
   */
  public Discretization outputMode(String name) {
    OutputMode named = OutputMode.named(kind(), name, MODES);
    return with(copy -> copy.mode = named);
  }

  /**
   * The same layer with boundaries that split this data into {@link #numBins} bins of about equally
   * many numbers.
   *
   * @param data any numbers
   */
  public Discretization adapt(Object data) {
    int bins =
        numBins.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "discretization.adapt expects a number of bins but has none: write discretization().numBins(4).adapt(x)."));
    Values numbers = Values.of("discretization.adapt", data).finite("discretization.adapt", "data");
    double[] measured = Quantiles.boundaries(numbers.toFloats(), bins, epsilon);
    return with(copy -> copy.boundaries = Optional.of(measured));
  }

  @Override
  public String kind() {
    return "discretization";
  }

  private int bins() {
    return boundaries
        .map(known -> known.length + 1)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "discretization expects boundaries but has none yet: give them, discretization(0, 1), or measure them, discretization().numBins(4).adapt(x)."));
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return mode.shape(kind(), bins(), inputShape);
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    double[] known = boundaries.orElseThrow();
    float[] floats = new float[known.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) known[i];
    }
    return mode.build(graph, graph.discretization(x, floats), bins());
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return mode.bounds(bins(), Shapes.size(inputShapes.get(0)));
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "Discretization")
            .with("bin_boundaries", saved(boundaries))
            .with("num_bins", numBins)
            .with("epsilon", epsilon)
            .with("output_mode", mode.kerasName()));
  }

  private static Object saved(Optional<double[]> boundaries) {
    return boundaries.isPresent()
        ? Arrays.stream(boundaries.get()).boxed().toList()
        : Optional.empty();
  }

  static Discretization from(Settings settings) {
    double[] boundaries =
        settings.has("bin_boundaries") ? settings.numbers("bin_boundaries") : new double[0];
    Discretization layer =
        new Discretization(boundaries)
            .epsilon(settings.number("epsilon", 0.01))
            .outputMode(settings.text("output_mode", "int"));
    if (!settings.has("num_bins")) {
      return layer;
    }
    int bins = LayerChecks.requirePositive("discretization", "bins", settings.integer("num_bins"));
    return layer.with(copy -> copy.numBins = OptionalInt.of(bins));
  }
}
