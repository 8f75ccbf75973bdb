package org.lossbook.training;

import java.util.ArrayList;
import java.util.List;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Values;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Shapes;
import org.lossbook.network.samples.BatchSamples;

/**
 * The gradient of a loss, or of an output, by the samples.
 *
 * @hidden
 */
@Internal
public final class InputGradients {
  private InputGradients() {}

  /** The gradients of the loss, an array in the shape of the samples for each input. */
  public static List<Values> ofLoss(
      CompiledModel model, Object givenX, Object givenY, TrainingMode mode) {
    BatchSamples x = BatchSamples.of("inputGradient", model.network(), givenX);
    BatchSamples y = BatchSamples.of("inputGradient", "y", givenY);
    CompiledModel sized = model.sizedFor("inputGradient", x.rowShapes());
    var checks = new DataChecks(sized);
    checks.batch("inputGradient", x, y);
    try (var lease = sized.lendInputGradient(x.rows(), use(mode))) {
      lease.get().seed(mode.draw());
      return shaped(x, lease.get().ofLoss(x, y, checks));
    }
  }

  /** The gradients of each sample's output number {@code unit} by the sample. */
  public static List<Values> ofOutput(
      CompiledModel model, Object givenX, int head, int unit, TrainingMode mode) {
    BatchSamples x = BatchSamples.of("outputGradient", model.network(), givenX);
    CompiledModel sized = model.sizedFor("outputGradient", x.rowShapes());
    new DataChecks(sized).samples("outputGradient", x.rowShapes());
    int size = sized.heads().get(head).size();
    if (unit < 0 || unit >= size) {
      throw Messages.wrong(
          "outputGradient expects the number of one of the %d outputs, from 0 to %d, but receives"
              + " %d.",
          size, size - 1, unit);
    }
    try (var plan = new InputGradientPlan(sized, x.rows(), use(mode), false)) {
      plan.seed(mode.draw());
      return shaped(x, plan.ofOutput(x, head, unit, size));
    }
  }

  private static Mode use(TrainingMode mode) {
    return mode.isOn() ? Mode.SAMPLED_INPUT_GRADIENT : Mode.INPUT_GRADIENT;
  }

  private static List<Values> shaped(BatchSamples x, float[][] gradients) {
    List<Values> all = new ArrayList<>();
    for (int i = 0; i < gradients.length; i++) {
      all.add(Values.of(gradients[i], Shapes.batched(x.rows(), x.rowShapes().get(i))));
    }
    return List.copyOf(all);
  }
}
