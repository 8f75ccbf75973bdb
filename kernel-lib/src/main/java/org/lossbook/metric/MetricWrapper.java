package org.lossbook.metric;

import java.util.Optional;
import org.lossbook.Internal;
import org.lossbook.config.Config;
import org.lossbook.notebook.Renderable;

/**
 * A wrapper that changes another metric's name, weights or output.
 *
 * @hidden
 */
@Internal
public interface MetricWrapper extends Metric {
  /** The metric inside. */
  Metric metric();

  @Override
  default String name() {
    return metric().name();
  }

  @Override
  default Direction direction() {
    return metric().direction();
  }

  @Override
  default Optional<Config> config() {
    return metric().config();
  }

  @Override
  default Tally tally(int targets, int outputs) {
    return metric().tally(targets, outputs);
  }

  @Override
  default Tally tally(SampleShape sample) {
    return metric().tally(sample);
  }

  @Override
  default double of(Object y, Object yHat) {
    return metric().of(y, yHat);
  }

  @Override
  default Renderable explain(Object y, Object yHat) {
    return metric().explain(y, yHat);
  }

  @Override
  default Renderable explain(Object y, Object yHat, Object weights) {
    return metric().explain(y, yHat, weights);
  }

  @Override
  default double of(Object y, Object yHat, Object weights) {
    return metric().of(y, yHat, weights);
  }
}
