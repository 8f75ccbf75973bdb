package org.lossbook.training.fit;

import java.util.Optional;
import java.util.OptionalInt;
import org.lossbook.base.Messages;
import org.lossbook.config.Refined;
import org.lossbook.config.Require;
import org.lossbook.model.Model;

/**
 * How {@link Model#evaluate(org.lossbook.data.Dataset, EvaluateOptions) evaluate} is to judge, as
 * an immutable value: each call gives a changed copy.
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

  /** With a weight for each sample: see {@link #sampleWeight(Object)}. */
  public static EvaluateOptions ofSampleWeight(Object weights) {
    return NONE.sampleWeight(weights);
  }

  /**
   * So many samples at a time. The figures do not depend on it, but for a loss that sees its batch
   * as a whole, such as {@code dice}: of that it is the mean over the batches.
   *
   * @throws IllegalArgumentException for less than one
   */
  public static EvaluateOptions ofBatchSize(int size) {
    return NONE.batchSize(size);
  }

  /** The same in batches of that size. */
  public EvaluateOptions batchSize(int size) {
    int checked = FitOptions.checkedBatchSize(size);
    return with(o -> o.batchSize = OptionalInt.of(checked));
  }

  /**
   * The same with a weight for each sample: its loss is multiplied by it, and it counts so in the
   * metrics that are {@linkplain org.lossbook.metric.Metric#sampleWeighted weighted by samples}.
   *
   * @param weights one number per sample, 0 or more
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

  /** {@code batchSize(64)} and what else was said. */
  @Override
  public String toString() {
    String size = batchSize.isPresent() ? "batchSize(" + batchSize.getAsInt() + ")" : "";
    String weights =
        sampleWeight.map(w -> Messages.of("sampleWeight(%,d weights)", w.length)).orElse("");
    return size + (size.isEmpty() || weights.isEmpty() ? "" : ".") + weights;
  }
}
