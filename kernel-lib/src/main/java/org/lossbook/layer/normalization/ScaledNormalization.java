package org.lossbook.layer.normalization;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.layer.BaseLayer;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Initializers;
import org.lossbook.layer.weights.Regularizer;

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
  private Regularizer gammaPenalty = Regularizer.NONE;
  private Regularizer betaPenalty = Regularizer.NONE;
  private Optional<Constraint> gammaConstraint = Optional.empty();
  private Optional<Constraint> betaConstraint = Optional.empty();

  ScaledNormalization() {}

  /** Added to the variance, so that equal numbers do not divide by zero; 0.001 by default. */
  public L epsilon(double epsilon) {
    double given = requireEpsilon(kind(), epsilon, "1e-3");
    return with(copy -> scaled(copy).epsilon = given);
  }

  static double requireEpsilon(String who, double epsilon, String usual) {
    if (!(epsilon > 0 && Double.isFinite(epsilon))) {
      throw new IllegalArgumentException(
          "%s expects an epsilon above 0 but receives %s: %s is the default."
              .formatted(who, epsilon, usual));
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

  /** The regularizer of gamma: {@code gammaRegularizer(l2(1e-4))}. */
  public L gammaRegularizer(Regularizer penalty) {
    Regularizer given = given("gammaRegularizer", penalty, "l2(1e-4)");
    return with(copy -> scaled(copy).gammaPenalty = given);
  }

  /** The regularizer of beta. */
  public L betaRegularizer(Regularizer penalty) {
    Regularizer given = given("betaRegularizer", penalty, "l2(1e-4)");
    return with(copy -> scaled(copy).betaPenalty = given);
  }

  /** The constraint of gamma, applied after each step: {@code gammaConstraint(nonNegative())}. */
  public L gammaConstraint(Constraint constraint) {
    Constraint given = given("gammaConstraint", constraint, "nonNegative()");
    return with(copy -> scaled(copy).gammaConstraint = Optional.of(given));
  }

  /** The constraint of beta, applied after each step. */
  public L betaConstraint(Constraint constraint) {
    Constraint given = given("betaConstraint", constraint, "nonNegative()");
    return with(copy -> scaled(copy).betaConstraint = Optional.of(given));
  }

  private <T> T given(String call, T value, String example) {
    return Require.given(
        value, kind() + "." + call, "something to apply", "write " + call + "(" + example + ")");
  }

  private static ScaledNormalization<?> scaled(ScaledNormalization<?> layer) {
    return layer;
  }

  final double epsilon() {
    return epsilon;
  }

  /** Whether it only normalizes. */
  final boolean isPlain() {
    return !scale && !center;
  }

  @Override
  public Regularizer penalty(String parameter) {
    return switch (Require.given(parameter, kind(), "a parameter's name", "it has \"gamma\"")) {
      case GAMMA -> gammaPenalty;
      case BETA -> betaPenalty;
      default -> Regularizer.NONE;
    };
  }

  @Override
  public Optional<Constraint> constraint(String parameter) {
    return switch (Require.given(parameter, kind(), "a parameter's name", "it has \"gamma\"")) {
      case GAMMA -> gammaConstraint;
      case BETA -> betaConstraint;
      default -> Optional.empty();
    };
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
    all = gammaPenalty.isNone() ? all : all.with("gamma_regularizer", gammaPenalty.config());
    all = betaPenalty.isNone() ? all : all.with("beta_regularizer", betaPenalty.config());
    all = with(all, "gamma_constraint", gammaConstraint, rank);
    return with(all, "beta_constraint", betaConstraint, rank);
  }

  private static Config with(Config config, String name, Optional<Constraint> given, int rank) {
    return given.map(constraint -> config.with(name, constraint.config(rank))).orElse(config);
  }

  /** These settings as a file has them. */
  final Consumer<L> scalingFrom(Settings settings, int rank) {
    settings.ignore("beta_initializer", "gamma_initializer");
    L read =
        epsilon(settings.number("epsilon", 1e-3))
            .center(settings.flag("center", true))
            .scale(settings.flag("scale", true));
    ScaledNormalization<?> other = read;
    Regularizer ofGamma = Regularizer.from(settings, "gamma_regularizer");
    Regularizer ofBeta = Regularizer.from(settings, "beta_regularizer");
    Optional<Constraint> onGamma = Constraint.from(settings, "gamma_constraint", rank);
    Optional<Constraint> onBeta = Constraint.from(settings, "beta_constraint", rank);
    return copy -> {
      ScaledNormalization<?> layer = copy;
      layer.epsilon = other.epsilon;
      layer.center = other.center;
      layer.scale = other.scale;
      layer.gammaPenalty = ofGamma;
      layer.betaPenalty = ofBeta;
      layer.gammaConstraint = onGamma;
      layer.betaConstraint = onBeta;
    };
  }
}
