package org.lossbook.layer.preprocessing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.Axes;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.weights.Initializers;

/**
 * Normalization of features: (x − mean) / √variance, with a mean and a variance for each place
 * along the last axis, such as each column of a table. They are measured on data, {@link #adapt},
 * or given. Training does not change them.
 *
 * <p>Parameters, none of them trained, unless mean and variance are given: mean and variance, each
 * with the extents of the axes; count, which Keras no longer uses.
 *
 * <pre>{@code
 * normalization().adapt(new double[][] {{1, 10}, {3, 30}})     // means (2, 20), variances (1, 100)
 * normalization().mean(2).variance(4)                          // makes 2 of 6
 * }</pre>
 *
 * @question How many standard deviations from its mean is each feature?
 * @use For tables whose columns have different units.
 * @avoid Before the data are split: it must be adapted to training data alone.
 */
public final class Normalization extends BaseLayer<Normalization> {
  private static final double SMALLEST_DEVIATION = 1e-7; // Keras's
  private static final Constants NONE = new Constants(new int[0], new double[1]);

  private Optional<Axes> axes = Optional.of(Axes.LAST);
  private Optional<Constants> mean = Optional.empty();
  private Optional<Constants> variance = Optional.empty();
  private Optional<Statistics> adapted = Optional.empty();
  private boolean inverted;

  /**
   * The axes along which each place has statistics of its own, numbered as in Keras: 1 is a
   * sample's first, −1 its last, the default. None, {@code axis()}, has one mean and variance for
   * all numbers, which is Keras's {@code axis=None}.
   */
  public Normalization axis(int... axes) {
    Require.given(axes, kind(), "an axis", "-1 is the last");
    Optional<Axes> given = axes.length == 0 ? Optional.empty() : Optional.of(Axes.of(kind(), axes));
    return with(
        copy -> {
          copy.axes = given;
          copy.adapted = Optional.empty();
        });
  }

  /** The mean, one for all places or one for each; the variance must be given too. */
  public Normalization mean(double... mean) {
    Constants given = Constants.of(kind(), "mean", mean);
    return with(copy -> copy.mean = Optional.of(given));
  }

  /** The variance, one for all places or one for each, 0 or more. */
  public Normalization variance(double... variance) {
    Constants given = requireVariance(Constants.of(kind(), "variance", variance));
    return with(copy -> copy.variance = Optional.of(given));
  }

  private static Constants requireVariance(Constants given) {
    if (Arrays.stream(given.numbers()).anyMatch(each -> each < 0)) {
      throw Messages.wrong(
          "normalization expects a variance of 0 or more but receives %s: it is the square of the deviation.",
          given);
    }
    return given;
  }

  /** Undoes the normalization instead: x · √variance + mean. */
  public Normalization invert() {
    return with(copy -> copy.inverted = true);
  }

  /**
   * The same layer with the mean and variance of these samples.
   *
   * @param data samples, batch first: any array that {@code fit} takes
   */
  public Normalization adapt(Object data) {
    Values samples = Values.of("normalization.adapt", data).finite("normalization.adapt", "data");
    if (samples.rank() == 0) {
      throw new IllegalArgumentException(
          "normalization.adapt expects samples [n, …] but receives one number: give the samples that the model is trained with.");
    }
    int[] shape = samples.shape();
    int[] sample = Arrays.copyOfRange(shape, 1, shape.length);
    Statistics measured = Statistics.of(samples, sample, places(sample));
    return with(
        copy -> {
          copy.adapted = Optional.of(measured);
          copy.mean = Optional.empty();
          copy.variance = Optional.empty();
        });
  }

  @Override
  public String kind() {
    return "normalization";
  }

  private int[] places(int... shape) {
    return axes.map(given -> given.in(kind(), shape)).orElse(new int[0]);
  }

  /** The extents of the statistics. */
  private int[] extents(int... shape) {
    return Arrays.stream(places(shape)).map(axis -> shape[axis]).toArray();
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    int[] extents = extents(inputShape);
    if (mean.isPresent() != variance.isPresent()) {
      throw Messages.wrong(
          "normalization expects a mean and a variance but receives a %s alone: add %s, or measure both with adapt(x).",
          mean.isPresent() ? "mean" : "variance", mean.isPresent() ? "variance(1)" : "mean(0)");
    }
    check("mean", mean.orElse(NONE), inputShape, extents);
    check("variance", variance.orElse(NONE), inputShape, extents);
    adapted.ifPresent(
        measured -> {
          if (!Arrays.equals(measured.extents(), extents)) {
            throw Messages.wrong(
                "normalization was adapted to samples with %s along its axes but receives %s: adapt it to such samples.",
                Arrays.toString(measured.extents()), LayerChecks.batched(inputShape));
          }
        });
    return inputShape.clone();
  }

  private static void check(String what, Constants given, int[] inputShape, int[] extents) {
    if (given.shape().length > extents.length || !given.fit(extents)) {
      throw Messages.wrong(
          "normalization expects one %s or one for each place along its axes of %s but receives %s: mean(0).variance(1) has one for all.",
          what, LayerChecks.batched(inputShape), given);
    }
  }

  @Override
  protected List<Parameter> parametersFor(int... inputShape) {
    outputOf(inputShape);
    if (mean.isPresent()) {
      return List.of();
    }
    int[] extents = extents(inputShape);
    Parameter means = Parameter.kept("mean", Initializers.zeros(), extents);
    Parameter variances = Parameter.kept("variance", Initializers.ones(), extents);
    return List.of(
        adapted.map(measured -> means.startingWith(measured.means())).orElse(means),
        adapted.map(measured -> variances.startingWith(measured.variances())).orElse(variances),
        Parameter.kept("count", Initializers.zeros()));
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    int[] shape = x.shape();
    if (mean.isEmpty()) {
      return graph.standardization(
          x, weights.apply("mean"), weights.apply("variance"), inverted, places(shape));
    }
    float[] means = overSample(mean.orElseThrow(), shape);
    float[] deviations = overSample(variance.orElseThrow(), shape);
    for (int i = 0; i < deviations.length; i++) {
      double deviation = Math.max(Math.sqrt(deviations[i]), SMALLEST_DEVIATION);
      deviations[i] = (float) (inverted ? deviation : 1 / deviation);
    }
    float[] none = new float[1];
    return inverted
        ? graph.affine(x, none, deviations, means)
        : graph.affine(x, means, deviations, none);
  }

  /** The constants along the axes, with an extent of 1 along all others. */
  private float[] overSample(Constants given, int... shape) {
    int[] places = places(shape);
    int[] spread = IntStream.range(0, shape.length).map(axis -> 1).toArray();
    for (int i = 1; i <= given.shape().length; i++) {
      spread[places[places.length - i]] = given.shape()[given.shape().length - i];
    }
    return new Constants(spread, given.numbers()).over(shape);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "Normalization")
            .with("axis", axes.map(Axes::saved).orElse(List.of()))
            .with("invert", inverted)
            .with("mean", saved(mean))
            .with("variance", saved(variance)));
  }

  private static Object saved(Optional<Constants> given) {
    return given.isPresent() ? given.get().saved() : Optional.empty();
  }

  static Normalization from(Settings settings) {
    Object axis = settings.raw("axis").orElse(-1);
    boolean isNone = axis instanceof Optional<?> || axis instanceof List<?> list && list.isEmpty();
    Optional<Axes> axes =
        isNone ? Optional.empty() : Optional.of(Axes.from(settings, "axis", Axes.LAST));
    Optional<Constants> mean = Constants.from(settings, "mean");
    Optional<Constants> variance = Constants.from(settings, "variance");
    variance.ifPresent(Normalization::requireVariance);
    boolean inverted = settings.flag("invert", false);
    return new Normalization()
        .with(
            copy -> {
              copy.axes = axes;
              copy.mean = mean;
              copy.variance = variance;
              copy.inverted = inverted;
            });
  }
}
