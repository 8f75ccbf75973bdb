package org.lossbook.training.fit;

import java.util.Optional;
import java.util.OptionalInt;
import org.lossbook.base.Messages;
import org.lossbook.config.Refined;
import org.lossbook.config.Require;
import org.lossbook.model.Model;

/**
 * Options of {@link Model#evaluate(org.lossbook.data.Dataset, EvaluateOptions) evaluate}, as an
 * immutable value: each call gives a changed copy.
 *
 * <pre>{@code
 * model.evaluate(digits.test(), batchSize(64))
 * model.evaluate(x, y, batchSize(64).sampleWeight(weights))
 * }</pre>
 */
public final class EvaluateOptions extends Refined<EvaluateOptions> {
  public static final EvaluateOptions NONE = new EvaluateOptions();

  private OptionalInt batchSize = OptionalInt.empty();
  private Optional<float[]> sampleWeight = Optional.empty();

  private EvaluateOptions() {}

  public static EvaluateOptions given(EvaluateOptions options) {
    return Require.given(options, "evaluate", "options", "batchSize(64) is one");
  }

  /** Sample weights: see {@link #sampleWeight(Object)}. */
  public static EvaluateOptions ofSampleWeight(Object weights) {
    return NONE.sampleWeight(weights);
  }

  /**
   * The batch size. The results do not depend on it, except for a loss that is computed over the
   * whole batch, such as {@code dice}: the result is then the mean over batches.
   *
   * @throws IllegalArgumentException for less than one
   */
  public static EvaluateOptions ofBatchSize(int size) {
    return NONE.batchSize(size);
  }

  /** The same with that batch size. */
  public EvaluateOptions batchSize(int size) {
    int checked = FitOptions.checkedBatchSize(size);
    return with(o -> o.batchSize = OptionalInt.of(checked));
  }

  /**
   * The same with sample weights: each sample's loss is multiplied by its weight, as are its
   * contributions to the metrics that are {@linkplain org.lossbook.metric.Metric#sampleWeighted
   * weighted by samples}.
   *
   * @param weights one number per sample, or one for each position, 0 or more
   */
  public EvaluateOptions sampleWeight(Object weights) {
    float[] each = SampleWeights.of("sampleWeight", weights);
    return with(o -> o.sampleWeight = Optional.of(each));
  }

  public OptionalInt batchSize() {
    return batchSize;
  }

  public Optional<float[]> sampleWeight() {
    return sampleWeight;
  }

  /** {@code batchSize(64)} and the other options that were set. */
  @Override
  public String toString() {
    String size = batchSize.isPresent() ? "batchSize(" + batchSize.getAsInt() + ")" : "";
    String weights =
        sampleWeight.map(w -> Messages.of("sampleWeight(%,d weights)", w.length)).orElse("");
    return size + (size.isEmpty() || weights.isEmpty() ? "" : ".") + weights;
  }
}
