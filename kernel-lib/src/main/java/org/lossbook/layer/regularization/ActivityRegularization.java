package org.lossbook.layer.regularization;

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
import org.lossbook.layer.weights.Regularizer;

/**
 * Activity regularization: passes its input on and adds a penalty on its size to the loss, λ₁ Σ |x|
 * + λ₂ Σ x², averaged over the samples. The shape stays the same.
 *
 * <pre>{@code
 * activityRegularization(0.01, 0)     // λ₁ = 0.01: few activations differ from 0
 * }</pre>
 *
 * @question What if large outputs had a price?
 * @use To make outputs small or sparse.
 * @avoid To keep weights small: use {@code l2} on the kernel.
 */
public final class ActivityRegularization extends BaseLayer<ActivityRegularization> {
  private final Regularizer penalty;

  /**
   * @param l1 λ₁, the factor of the sum of absolute values
   * @param l2 λ₂, the factor of the sum of squares
   */
  public ActivityRegularization(double l1, double l2) {
    penalty = Regularizer.l1l2(l1, l2);
  }

  @Override
  public String kind() {
    return "activity_regularization";
  }

  @Override
  public Regularizer activityPenalty() {
    return penalty;
  }

  @Override
  protected int[] outputOf(int... inputShape) {
    return inputShape.clone();
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected Tensor buildOn(Graph graph, Tensor x, Function<String, Parameters.Slot> weights) {
    return x;
  }

  @Override
  protected Bounds boundsOf(List<Bounds> inputs, List<int[]> inputShapes) {
    return inputs.get(0);
  }

  @Override
  public Optional<Config> config() {
    return Optional.of(
        Config.of("keras.layers", "ActivityRegularization")
            .with("l1", penalty.l1())
            .with("l2", penalty.l2()));
  }

  static ActivityRegularization from(Settings settings) {
    return new ActivityRegularization(settings.number("l1", 0), settings.number("l2", 0));
  }
}
