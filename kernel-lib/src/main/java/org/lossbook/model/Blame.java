package org.lossbook.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Shapes;

/** Finds what went first when a loss is no number any more, and says what usually helps. */
final class Blame {
  private final Core core;

  Blame(Core core) {
    this.core = core;
  }

  /**
   * @param loss NaN or infinite
   * @param step the step that gave it, not updated
   */
  String message(int epoch, int batch, double loss, TrainingStep step) {
    return Say.of(
        "The loss became %s in epoch %d, batch %,d, and fit stopped there: %s %s",
        Double.isNaN(loss) ? "NaN" : "infinite",
        epoch,
        batch,
        first(step),
        "model.history() holds the run so far; the weights are those of the batch before, so compile anew to begin again.");
  }

  /** The same for a loop that is written by hand. */
  String byHand(double loss, TrainingStep step) {
    return Say.of(
        "backward expects a loss that is a number but receives %s: %s The weights are as they were.",
        Double.isNaN(loss) ? "NaN" : "infinity", first(step));
  }

  private String first(TrainingStep step) {
    if (!isFinite(step.x())) {
      return "a sample of that batch holds NaN or infinity. Look at the data, and leave such rows out or fill them in.";
    }
    if (!isFinite(step.y())) {
      return "a target of that batch is NaN or infinite. Look at the data, and leave such rows out.";
    }
    return brokenWeights()
        .map(name -> "the weights " + name + " went first, in the update before. " + advice(step))
        .or(
            () ->
                brokenOutputs(step)
                    .map(
                        name ->
                            "the outputs of "
                                + name
                                + " went first, its weights being finite. "
                                + advice(step)))
        .orElseGet(
            () ->
                Say.of(
                    "the loss %s itself went first, all layers' outputs being finite. %s",
                    core.lossName(), advice(step)));
  }

  private String advice(TrainingStep step) {
    double rate = core.update().updater().learningRate();
    String steps =
        Say.of(
            "Usually the steps are too large: try %s().learningRate(%s) in place of %s",
            core.optimizer().name(), trimmed(rate / 10), trimmed(rate));
    float most = 0;
    for (float value : step.x()) {
      most = Math.max(most, Math.abs(value));
    }
    return most > 10
        ? Say.of(
            "%s, or scale the inputs, which reach %s here, to about 0…1.", steps, trimmed(most))
        : steps + ".";
  }

  private static String trimmed(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  private Optional<String> brokenWeights() {
    return core.weights().parameters().slots().stream()
        .map(Parameters.Slot::parameter)
        .filter(Parameter::trainable)
        .map(Parameter::name)
        .filter(name -> !isFinite(core.weights(name).toFloats()))
        .findFirst();
  }

  private Optional<String> brokenOutputs(TrainingStep step) {
    var network = core.network();
    try (Plan plan = network.everyLayer(core.engine(), core.weights().parameters(), step.batch())) {
      for (int i = 0; i < network.inputs().size(); i++) {
        plan.input(i, step.x(i));
      }
      plan.forward();
      for (int i = 0; i < network.nodes().size(); i++) {
        Network.Node node = network.nodes().get(i);
        float[] values = new float[step.batch() * Shapes.size(node.output())];
        plan.output(i, values);
        if (!isFinite(values)) {
          return Optional.of(node.name());
        }
      }
      return Optional.empty();
    }
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
