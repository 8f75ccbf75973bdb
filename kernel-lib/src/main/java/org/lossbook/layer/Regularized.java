package org.lossbook.layer;

import java.util.Optional;
import java.util.function.Consumer;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Regularizer;

/**
 * A layer whose kernel and bias can have regularizers and constraints: {@code
 * dense(64).relu().l2(1e-4)}, {@code conv2d(32, 3).maxNorm(3)}.
 *
 * <p>A regularizer adds to the loss that {@code fit} and {@code evaluate} report, as in Keras, and
 * to the gradients. A constraint is applied after each optimizer step.
 *
 * @param <L> the layer itself, so that chained calls keep its type
 */
public abstract class Regularized<L extends Regularized<L>> extends LayerWithActivation<L> {
  private Regularizer kernelPenalty = Regularizer.NONE;
  private Regularizer biasPenalty = Regularizer.NONE;
  private Regularizer activityPenalty = Regularizer.NONE;
  private Optional<Constraint> kernelConstraint = Optional.empty();
  private Optional<Constraint> biasConstraint = Optional.empty();

  protected Regularized() {}

  /**
   * L1 regularization: adds λ times the sum of the kernel's absolute values; many become 0.
   *
   * @param lambda 0 or more
   */
  public L l1(double lambda) {
    return kernelRegularizer(new Regularizer(lambda, kernelPenalty.l2()));
  }

  /**
   * L2 regularization: adds λ times the sum of the kernel's squares; weights stay small.
   *
   * @param lambda 0 or more
   */
  public L l2(double lambda) {
    return kernelRegularizer(new Regularizer(kernelPenalty.l1(), lambda));
  }

  /** L1 and L2 regularization together. */
  public L l1l2(double l1, double l2) {
    return kernelRegularizer(new Regularizer(l1, l2));
  }

  /** The kernel's regularizer: {@code kernelRegularizer(l2(1e-4))}, in short {@code l2(1e-4)}. */
  public L kernelRegularizer(Regularizer penalty) {
    Regularizer given = given("kernelRegularizer", penalty);
    return with(copy -> regularized(copy).kernelPenalty = given);
  }

  /** The bias's regularizer, which is rarely used. */
  public L biasRegularizer(Regularizer penalty) {
    Regularizer given = given("biasRegularizer", penalty);
    return with(copy -> regularized(copy).biasPenalty = given);
  }

  /**
   * The regularizer of the layer's outputs, after the activation function: summed over the batch
   * and divided by the number of samples. {@code l1} makes most outputs 0, a sparse representation.
   */
  public L activityRegularizer(Regularizer penalty) {
    Regularizer given = given("activityRegularizer", penalty);
    return with(copy -> regularized(copy).activityPenalty = given);
  }

  /** Limits the norm of each output's weights: {@link Constraint#maxNorm}. */
  public L maxNorm(double most) {
    return kernelConstraint(Constraint.maxNorm(most));
  }

  /** Keeps the kernel at 0 or above: {@link Constraint#nonNegative}. */
  public L nonNegative() {
    return kernelConstraint(Constraint.nonNegative());
  }

  /** Scales each output's weights to norm 1: {@link Constraint#unitNorm}. */
  public L unitNorm() {
    return kernelConstraint(Constraint.unitNorm());
  }

  /** The kernel's constraint. */
  public L kernelConstraint(Constraint constraint) {
    Constraint given = given("kernelConstraint", constraint);
    return with(copy -> regularized(copy).kernelConstraint = Optional.of(given));
  }

  /** The bias's constraint; its norm is over all its values. */
  public L biasConstraint(Constraint constraint) {
    Constraint given = given("biasConstraint", constraint);
    return with(copy -> regularized(copy).biasConstraint = Optional.of(given));
  }

  @Override
  public Regularizer penalty(String parameter) {
    return switch (Require.given(parameter, kind(), "a parameter's name", "it has \"kernel\"")) {
      case "kernel" -> kernelPenalty;
      case "bias" -> biasPenalty;
      default -> Regularizer.NONE;
    };
  }

  @Override
  public Regularizer activityPenalty() {
    return activityPenalty;
  }

  @Override
  public Optional<Constraint> constraint(String parameter) {
    return switch (Require.given(parameter, kind(), "a parameter's name", "it has \"kernel\"")) {
      case "kernel" -> kernelConstraint;
      case "bias" -> biasConstraint;
      default -> Optional.empty();
    };
  }

  private static Regularized<?> regularized(Regularized<?> layer) {
    return layer;
  }

  private Regularizer given(String call, Regularizer penalty) {
    if (penalty == null) {
      throw new IllegalArgumentException(
          "%s expects a penalty for %s but receives none: write %s(l2(1e-4))."
              .formatted(kind(), call, call));
    }
    return penalty;
  }

  private Constraint given(String call, Constraint constraint) {
    if (constraint == null) {
      throw new IllegalArgumentException(
          "%s expects a constraint for %s but receives none: write %s(maxNorm(3))."
              .formatted(kind(), call, call));
    }
    return constraint;
  }

  /**
   * What the settings of its kernel begin with in a file: "kernel", unless Keras has another word.
   */
  protected String kernelSetting() {
    return "kernel";
  }

  /** The config with regularizers and constraints; {@code rank} is the kernel's. */
  protected final Config regularizersIn(Config config, int rank) {
    return config
        .with(kernelSetting() + "_regularizer", saved(kernelPenalty))
        .with("bias_regularizer", saved(biasPenalty))
        .with("activity_regularizer", saved(activityPenalty))
        .with(kernelSetting() + "_constraint", saved(kernelConstraint, rank))
        .with("bias_constraint", saved(biasConstraint, 1));
  }

  protected static Object saved(Regularizer penalty) {
    return penalty.isNone() ? Optional.empty() : penalty.config();
  }

  protected static Object saved(Optional<Constraint> constraint, int rank) {
    return constraint.isPresent() ? constraint.get().config(rank) : Optional.empty();
  }

  /** The regularizers and constraints that a file has. */
  protected final Consumer<L> regularizersFrom(Settings settings, int rank) {
    Regularizer kernel = Regularizer.from(settings, kernelSetting() + "_regularizer");
    Regularizer bias = Regularizer.from(settings, "bias_regularizer");
    Regularizer activity = Regularizer.from(settings, "activity_regularizer");
    Optional<Constraint> ofKernel =
        Constraint.from(settings, kernelSetting() + "_constraint", rank);
    Optional<Constraint> ofBias = Constraint.from(settings, "bias_constraint", 1);
    return copy -> {
      Regularized<?> layer = copy;
      layer.kernelPenalty = kernel;
      layer.biasPenalty = bias;
      layer.activityPenalty = activity;
      layer.kernelConstraint = ofKernel;
      layer.biasConstraint = ofBias;
    };
  }
}
