package org.lossbook.layer.normalization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.lossbook.base.Messages;
import org.lossbook.config.Config;
import org.lossbook.config.Settings;
import org.lossbook.data.Values;
import org.lossbook.engine.Initializer;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.layer.weights.WeightRules;
import org.lossbook.layer.worked.GivenWeights;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedNormalization;

/**
 * A normalization that then multiplies by gamma and adds beta, which are trained.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class ScaledNormalization<L extends ScaledNormalization<L>> extends BaseLayer<L> {
  private static final String GAMMA = "gamma";
  private static final String BETA = "beta";

  private double epsilon = 1e-3;
  private boolean scale = true;
  private boolean center = true;

  ScaledNormalization() {}

  /** Added to the variance, so that equal numbers do not divide by zero; 0.001 by default. */
  public L epsilon(double epsilon) {
    double given = requireEpsilon(kind(), epsilon, "1e-3");
    return with(copy -> scaled(copy).epsilon = given);
  }

  static double requireEpsilon(String who, double epsilon, String usual) {
    if (!(epsilon > 0 && Double.isFinite(epsilon))) {
      throw Messages.wrong(
          "%s expects an epsilon above 0 but receives %s: %s is the default.", who, epsilon, usual);
    }
    return epsilon;
  }

  /** Whether to multiply by gamma; true by default. */
  public L scale(boolean scale) {
    return with(copy -> scaled(copy).scale = scale);
  }

  /** Whether to add beta; true by default. */
  public L center(boolean center) {
    return with(copy -> scaled(copy).center = center);
  }

  /** The initializer of gamma, {@code ones()} by default. */
  public L gammaInitializer(Initializer initializer) {
    return initialized(List.of(GAMMA), "gammaInitializer", initializer);
  }

  /** The initializer of beta, {@code zeros()} by default. */
  public L betaInitializer(Initializer initializer) {
    return initialized(List.of(BETA), "betaInitializer", initializer);
  }

  /** The regularizer of gamma: {@code gammaRegularizer(l2(1e-4))}. */
  public L gammaRegularizer(Regularizer penalty) {
    return penalized(List.of(GAMMA), "gammaRegularizer", penalty);
  }

  /** The regularizer of beta. */
  public L betaRegularizer(Regularizer penalty) {
    return penalized(List.of(BETA), "betaRegularizer", penalty);
  }

  /** The constraint of gamma, applied after each step: {@code gammaConstraint(nonNegative())}. */
  public L gammaConstraint(Constraint constraint) {
    return constrained(List.of(GAMMA), "gammaConstraint", constraint);
  }

  /** The constraint of beta, applied after each step. */
  public L betaConstraint(Constraint constraint) {
    return constrained(List.of(BETA), "betaConstraint", constraint);
  }

  private static ScaledNormalization<?> scaled(ScaledNormalization<?> layer) {
    return layer;
  }

  final double epsilon() {
    return epsilon;
  }

  /**
   * Worked steps on your numbers with your gamma and beta; {@link #explain(Object)} takes the first
   * ones, usually 1 and 0.
   *
   * <pre>{@code
   * layerNormalization().explain(vector(1, 3), vector(2, 2), vector(0, 1)).result().get(1)   // 2.9990007493755466
   * }</pre>
   *
   * @param gamma a number for each channel of a batch normalization, for each place of a row of a
   *     layer normalization
   * @param beta as many
   * @throws IllegalArgumentException where the shapes do not fit, and for a layer without them
   */
  public LayerSteps explain(Object x, Object gamma, Object beta) {
    if (!scale || !center) {
      throw Messages.wrong(
          "%s.explain expects no gamma and beta after %s but receives them: leave one of the two out.",
          kind(), scale ? "center(false)" : "scale(false)");
    }
    return explained(
        x, GivenWeights.named(kind(), "gamma", gamma), GivenWeights.named(kind(), "beta", beta));
  }

  /** The steps with these weights or first ones; a layer without steps refuses. */
  LayerSteps explained(Object x, Optional<Object> gamma, Optional<Object> beta) {
    return explain(x);
  }

  /** The worked steps with gamma and beta of that shape, which show where they change anything. */
  final WorkedNormalization worked(
      Values x, Optional<Object> gamma, Optional<Object> beta, int... shape) {
    Map<String, Values> shown = new HashMap<>();
    for (Parameter each : gammaAndBeta(shape)) {
      boolean isGamma = each.name().equals(GAMMA);
      Optional<Object> given = isGamma ? gamma : beta;
      Values weights = GivenWeights.of(kind(), drawn(each), given);
      double none = isGamma ? 1 : 0;
      boolean changes = Arrays.stream(weights.toDoubles()).anyMatch(number -> number != none);
      if (given.isPresent() || changes) {
        shown.put(each.name(), weights);
      }
    }
    return new WorkedNormalization(
        x, epsilon, Optional.ofNullable(shown.get(GAMMA)), Optional.ofNullable(shown.get(BETA)));
  }

  /** Whether it only normalizes. */
  final boolean isPlain() {
    return !scale && !center;
  }

  /** Gamma and beta, where it has them, each of that shape. */
  final List<Parameter> gammaAndBeta(int... shape) {
    List<Parameter> parameters = new ArrayList<>();
    if (scale) {
      parameters.add(Parameter.trained(GAMMA, Initializers.ones(), shape));
    }
    if (center) {
      parameters.add(Parameter.trained(BETA, Initializers.zeros(), shape));
    }
    return parameters;
  }

  final Optional<Parameters.Slot> gamma(Function<String, Parameters.Slot> weights) {
    return scale ? Optional.of(weights.apply(GAMMA)) : Optional.empty();
  }

  final Optional<Parameters.Slot> beta(Function<String, Parameters.Slot> weights) {
    return center ? Optional.of(weights.apply(BETA)) : Optional.empty();
  }

  /** The config with these settings; {@code rank} is that of gamma. */
  final Config scalingIn(Config config, int rank) {
    Config all = config.with("epsilon", epsilon).with("center", center).with("scale", scale);
    return rules(BETA).in(rules(GAMMA).in(all, GAMMA, rank), BETA, rank);
  }

  /** These settings as a file has them. */
  final Consumer<L> scalingFrom(Settings settings, int rank) {
    L read =
        epsilon(settings.number("epsilon", 1e-3))
            .center(settings.flag("center", true))
            .scale(settings.flag("scale", true));
    ScaledNormalization<?> other = read;
    WeightRules gamma = WeightRules.from(settings, GAMMA, rank);
    WeightRules beta = WeightRules.from(settings, BETA, rank);
    return copy -> {
      ScaledNormalization<?> layer = copy;
      layer.epsilon = other.epsilon;
      layer.center = other.center;
      layer.scale = other.scale;
      copy.setRules(GAMMA, gamma);
      copy.setRules(BETA, beta);
    };
  }
}
