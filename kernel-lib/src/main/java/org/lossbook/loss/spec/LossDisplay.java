package org.lossbook.loss.spec;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.lossbook.Internal;

/**
 * How a loss is shown.
 *
 * @param unit of the value; empty where it is the prediction's own
 * @param variation what tells the loss from others of its name beside settings and unit, in words
 * @param identifyingSettings the settings that tell it from others of its name, also where its
 *     formula has no such letter; empty where these are the settings of the formula
 * @param sample the one sample that figures and sliders move; empty for the one that fits the kind
 *     of truth and prediction
 * @param drawnInstead the loss that a figure draws in place of this one; empty for the loss itself
 * @hidden
 */
@Internal
public record LossDisplay(
    String unit,
    String variation,
    Optional<List<Setting>> identifyingSettings,
    Optional<Supplier<ProbeSample>> sample,
    Optional<Supplier<LossSpec>> drawnInstead) {
  public static final LossDisplay PLAIN =
      new LossDisplay("", "", Optional.empty(), Optional.empty(), Optional.empty());

  /** This, with the sample of another loss. */
  public LossDisplay sampledAs(LossDisplay other) {
    return new LossDisplay(unit, variation, identifyingSettings, other.sample, drawnInstead);
  }
}
