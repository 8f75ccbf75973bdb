package org.lossbook.layer;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.lossbook.config.Config;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Initializer;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.layer.weights.WeightRules;

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
  private static final String KERNEL = "kernel";
  private static final String BIAS = "bias";

  private Regularizer activityPenalty = Regularizer.NONE;

  protected Regularized() {}

  /**
   * @param function the activation function unless another is set
   */
  protected Regularized(Activation function) {
    super(function);
  }

  /** The parameters that are its kernel, of which a file's settings describe the first. */
  protected List<String> kernels() {
    return List.of(KERNEL);
  }

  /**
   * What the settings of its kernel begin with in a file: "kernel", unless Keras has another word.
   */
  protected String kernelSetting() {
    return KERNEL;
  }

  /**
   * The initializer of the kernel, {@code glorotUniform()} by default: {@code
   * kernelInitializer(heNormal())} suits ReLU. One of your own is a lambda, which no file holds:
   * {@code (values, shape, random) -> …}.
   */
  public L kernelInitializer(Initializer initializer) {
    return initialized(kernels(), "kernelInitializer", initializer);
  }

  /** The initializer of the bias, {@code zeros()} by default. */
  public L biasInitializer(Initializer initializer) {
    return initialized(List.of(BIAS), "biasInitializer", initializer);
  }

  /**
   * L1 regularization: adds λ times the sum of the kernel's absolute values; many become 0.
   *
   * @param lambda 0 or more
   */
  public L l1(double lambda) {
    return kernelRegularizer(Regularizer.l1l2(lambda, penalty(kernels().get(0)).l2()));
  }

  /**
   * L2 regularization: adds λ times the sum of the kernel's squares; weights stay small.
   *
   * @param lambda 0 or more
   */
  public L l2(double lambda) {
    return kernelRegularizer(Regularizer.l1l2(penalty(kernels().get(0)).l1(), lambda));
  }

  /** L1 and L2 regularization together. */
  public L l1l2(double l1, double l2) {
    return kernelRegularizer(Regularizer.l1l2(l1, l2));
  }

  /** The kernel's regularizer: {@code kernelRegularizer(l2(1e-4))}, in short {@code l2(1e-4)}. */
  public L kernelRegularizer(Regularizer penalty) {
    return penalized(kernels(), "kernelRegularizer", penalty);
  }

  /** The bias's regularizer, which is rarely used. */
  public L biasRegularizer(Regularizer penalty) {
    return penalized(List.of(BIAS), "biasRegularizer", penalty);
  }

  /**
   * The regularizer of the layer's outputs, after the activation function: summed over the batch
   * and divided by the number of samples. {@code l1} makes most outputs 0, a sparse representation.
   */
  public L activityRegularizer(Regularizer penalty) {
    Regularizer given =
        Require.given(
            penalty,
            kind() + ".activityRegularizer",
            "what it applies",
            "write activityRegularizer(l2(1e-4))");
    given.ofNumbers(kind() + ".activityRegularizer");
    return with(copy -> setActivityPenalty(copy, given));
  }

  private static void setActivityPenalty(Regularized<?> layer, Regularizer penalty) {
    layer.activityPenalty = penalty;
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
    return constrained(kernels(), "kernelConstraint", constraint);
  }

  /** The bias's constraint; its norm is over all its values. */
  public L biasConstraint(Constraint constraint) {
    return constrained(List.of(BIAS), "biasConstraint", constraint);
  }

  @Override
  public Regularizer activityPenalty() {
    return activityPenalty;
  }

  /** The config with what is set for kernel, bias and outputs; {@code rank} is the kernel's. */
  protected final Config regularizersIn(Config config, int rank) {
    String kernel = kernels().get(0);
    Config all =
        config
            .with(kernelSetting() + "_regularizer", saved(penalty(kernel)))
            .with("bias_regularizer", saved(penalty(BIAS)))
            .with("activity_regularizer", saved(activityPenalty))
            .with(kernelSetting() + "_constraint", saved(constraint(kernel), rank))
            .with("bias_constraint", saved(constraint(BIAS), 1));
    return rules(BIAS).initializerIn(rules(kernel).initializerIn(all, kernelSetting()), BIAS);
  }

  protected static Object saved(Regularizer penalty) {
    return penalty.isNone() ? Optional.empty() : penalty.config();
  }

  protected static Object saved(Optional<Constraint> constraint, int rank) {
    return constraint.isPresent() ? constraint.get().config(rank) : Optional.empty();
  }

  /** What a file sets for kernel, bias and outputs; {@code rank} is the kernel's. */
  protected final Consumer<L> regularizersFrom(Settings settings, int rank) {
    WeightRules kernel = WeightRules.from(settings, kernelSetting(), rank);
    WeightRules bias = WeightRules.from(settings, BIAS, 1);
    Regularizer activity =
        Regularizer.from(settings, "activity_regularizer").ofNumbers("activity_regularizer");
    return copy -> {
      copy.setRules(kernels().get(0), kernel);
      copy.setRules(BIAS, bias);
      setActivityPenalty(copy, activity);
    };
  }
}
