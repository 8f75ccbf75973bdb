package org.lossbook.layer.activation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Initializer;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Tensor;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.LayerChecks;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.layer.weights.WeightRules;

/**
 * Parametric ReLU: x where x > 0, else α · x, where α is trained (He et al. 2015). The shape stays
 * the same.
 *
 * <p>Parameters: alpha, initially zeros, one for each number of a sample; along the axes of {@link
 * #sharedAxes} there is one for all. For images, {@code prelu().sharedAxes(1, 2)} has one for each
 * channel.
 *
 * @question What slope should a ReLU have below zero?
 * @use For deep convolutional networks with enough data to learn the slope.
 * @avoid On small data: {@code leakyRelu()} has no weights.
 */
public final class PRelu extends BaseLayer<PRelu> {
  private static final String ALPHA = "alpha";
  private static final String SHARED = "shared_axes";

  private int[] sharedAxes = {};

  /**
   * The axes along which all numbers share an α, counted from 1, the first of a sample, as Keras
   * does.
   */
  public PRelu sharedAxes(int... axes) {
    if (axes == null || Arrays.stream(axes).anyMatch(axis -> axis < 1)) {
      throw Messages.wrong(
          "prelu expects axes of a sample, counted from 1, but receives %s: sharedAxes(1, 2) are those of an image.",
          Arrays.toString(axes));
    }
    int[] given = Arrays.stream(axes).sorted().distinct().toArray();
    return with(copy -> copy.sharedAxes = given);
  }

  /**
   * The initializer of alpha, {@code zeros()} by default; {@code constant(0.25)} is the paper's.
   */
  public PRelu alphaInitializer(Initializer initializer) {
    return initialized(List.of(ALPHA), "alphaInitializer", initializer);
  }

  /** The regularizer of alpha. */
  public PRelu alphaRegularizer(Regularizer penalty) {
    return penalized(List.of(ALPHA), "alphaRegularizer", penalty);
  }

  /** The constraint of alpha: {@code alphaConstraint(nonNegative())}. */
  public PRelu alphaConstraint(Constraint constraint) {
    return constrained(List.of(ALPHA), "alphaConstraint", constraint);
  }

  @Override
  public String kind() {
    return "prelu";
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    int rank = inputShape.length;
    if (rank == 0 || Arrays.stream(sharedAxes).anyMatch(axis -> axis > rank)) {
      throw Messages.wrong(
          "prelu expects inputs with the axes that it shares, %s, but receives %s: %s.",
          Arrays.toString(sharedAxes),
          LayerChecks.batched(inputShape),
          rank == 0 ? "add reshape(1) before it" : "the last axis is " + rank);
    }
    return inputShape.clone();
  }

  @Override
  protected List<Parameter> parametersFor(int... inputShape) {
    int[] shape = outputOf(inputShape);
    for (int axis : sharedAxes) {
      shape[axis - 1] = 1;
    }
    return List.of(Parameter.trained(ALPHA, Initializers.zeros(), shape));
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return graph.prelu(x, weights.apply(ALPHA));
  }

  @Override
  public Optional<Config> config() {
    Config config =
        Config.of("keras.layers", "PReLU")
            .with(SHARED, sharedAxes.length == 0 ? Optional.empty() : sharedAxes);
    // A constraint's axis is the first, whatever the rank, as Keras's default is.
    return Optional.of(rules(ALPHA).in(config, ALPHA, 1));
  }

  static PRelu from(Settings settings) {
    WeightRules alpha = WeightRules.from(settings, ALPHA, 1);
    int[] axes =
        settings.value(SHARED).orElse(List.of()) instanceof Number axis
            ? new int[] {axis.intValue()}
            : settings.has(SHARED) ? settings.integers(SHARED) : new int[0];
    return new PRelu().sharedAxes(axes).with(ALPHA, alpha);
  }
}
