package org.lossbook.training;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Shapes;
import org.lossbook.network.Network;

/**
 * Diagnoses a loss that became NaN or infinite: finds what became non-finite first, and says what
 * usually helps. Before the first step the learning rate cannot be the cause.
 *
 * @hidden
 */
@Internal
public final class NanDiagnosis {
  /** The magnitude beyond which inputs, targets or outputs overflow by themselves. */
  private static final double HUGE = 1e6;

  private static final int SHOWN = 4;

  private final CompiledModel compiled;

  public NanDiagnosis(CompiledModel compiled) {
    this.compiled = compiled;
  }

  /**
   * @param loss NaN or infinite
   * @param plan the plan that computed it, without an update
   */
  public String message(int epoch, int batch, double loss, TrainingPlan plan) {
    return Messages.of(
        "The loss became %s in epoch %d, batch %,d, and fit stopped there: %s %s",
        Double.isNaN(loss) ? "NaN" : "infinite",
        epoch,
        batch,
        firstCause(plan),
        isUntrained()
            ? "No step was taken yet, so the learning rate is not to blame; the weights are unchanged."
            : "model.history() holds the run so far; the weights are those of the batch before, so compile again to start over.");
  }

  /** The message in a manual training loop. */
  public String manualLoopMessage(double loss, TrainingPlan plan) {
    return Messages.of(
        "backward expects a finite loss but receives %s: %s The weights are unchanged.",
        Double.isNaN(loss) ? "NaN" : "infinity", firstCause(plan));
  }

  private boolean isUntrained() {
    return compiled.update().updater().step() == 0;
  }

  private String firstCause(TrainingPlan plan) {
    if (!isFinite(plan.x())) {
      return "a sample of that batch holds NaN or infinity. Check the data, and drop such rows or fill them in.";
    }
    if (!isFinite(plan.y())) {
      return "a target of that batch is NaN or infinite. Check the data, and drop such rows.";
    }
    return brokenWeights()
        .map(name -> weightsWentFirst(name, plan))
        .or(() -> brokenOutputs(plan).map(name -> outputsWentFirst(name, plan)))
        .orElseGet(() -> lossWentFirst(plan));
  }

  private String weightsWentFirst(String name, TrainingPlan plan) {
    return isUntrained()
        ? Messages.of(
            "the weights %s hold NaN or infinity before the first step. Set them with model.weights(\"%s\", …), or compile the network again for new initial weights.",
            name, name)
        : "the weights "
            + name
            + " became NaN or infinite first, in the update before. "
            + stepSizeAdvice(plan);
  }

  private String outputsWentFirst(String name, TrainingPlan plan) {
    String what =
        "the outputs of " + name + " became NaN or infinite first; its weights are finite. ";
    return what + (isUntrained() ? scalingAdvice(plan) : stepSizeAdvice(plan));
  }

  /** The message if the loss itself went first; names the sample, if it is a single one. */
  private String lossWentFirst(TrainingPlan plan) {
    for (int h = 0; h < compiled.heads().size(); h++) {
      OptionalInt sample = plan.head(h).firstSampleWithoutLoss();
      if (sample.isPresent()) {
        return ofSample(
            plan.head(h), compiled.heads().get(h).loss().name(), sample.getAsInt(), plan);
      }
    }
    return Messages.of(
        "the loss %s itself became NaN or infinite first; the outputs of all layers are finite. %s",
        compiled.lossName(), isUntrained() ? scalingAdvice(plan) : stepSizeAdvice(plan));
  }

  private String ofSample(OutputStep head, String loss, int sample, TrainingPlan plan) {
    float[] y = head.y(sample);
    float[] prediction = head.prediction(sample);
    String what =
        Messages.of(
            "the loss %s itself became NaN or infinite first; the outputs of all layers are finite: it is not a finite number for y = %s and ŷ = %s, sample %,d of the batch. ",
            loss, shown(y), shown(prediction), sample + 1);
    if (largest(y) > HUGE) {
      return Messages.of(
          "%sScale the targets, which reach %s, to about 0…1.", what, trimmed(largest(y)));
    }
    if (largest(prediction) > HUGE) {
      return what + (isUntrained() ? scalingAdvice(plan) : stepSizeAdvice(plan));
    }
    return what
        + "Check its formula there: keep arguments of logarithms and roots, and denominators, away from 0, as with .max(1e-7), or choose another loss.";
  }

  private static String shown(float[] numbers) {
    String text =
        IntStream.range(0, Math.min(SHOWN, numbers.length))
            .mapToObj(i -> trimmed(numbers[i]))
            .collect(Collectors.joining(", "));
    return numbers.length == 1 ? text : "(" + text + (numbers.length > SHOWN ? ", …)" : ")");
  }

  private String stepSizeAdvice(TrainingPlan plan) {
    double inputs = largest(plan.x());
    double targets = largest(plan.y());
    if (Math.max(inputs, targets) > HUGE) {
      return Messages.of(
          "The %s reach %s: scale them to about 0…1.",
          inputs > HUGE ? "inputs" : "targets", trimmed(inputs > HUGE ? inputs : targets));
    }
    double rate = compiled.update().updater().learningRate();
    String steps =
        Messages.of(
            "Usually the steps are too large: try %s().learningRate(%s) instead of %s",
            compiled.optimizer().name(), trimmed(rate / 10), trimmed(rate));
    return inputs > 10
        ? Messages.of(
            "%s, or scale the inputs, which reach %s here, to about 0…1.", steps, trimmed(inputs))
        : steps + ".";
  }

  /** The advice before the first step, when large numbers come from inputs or initial weights. */
  private String scalingAdvice(TrainingPlan plan) {
    double inputs = largest(plan.x());
    Optional<String> weights =
        trained().filter(name -> largest(compiled.weights(name).toFloats()) > HUGE).findFirst();
    if (weights.isPresent() && inputs <= HUGE) {
      String name = weights.get();
      double most = largest(compiled.weights(name).toFloats());
      return Messages.of("Start with smaller weights %s, which reach %s.", name, trimmed(most));
    }
    return Messages.of(
        "Scale the inputs, which reach %s here, to about 0…1%s.",
        trimmed(inputs), inputs > HUGE ? "" : ", or start with smaller weights");
  }

  private static double largest(float[] values) {
    double most = 0;
    for (float value : values) {
      most = Math.max(most, Math.abs(value));
    }
    return most;
  }

  private static String trimmed(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
    return Math.abs(rounded.scale()) > 9 ? rounded.toString() : rounded.toPlainString();
  }

  private Stream<String> trained() {
    return compiled.weights().parameters().slots().stream()
        .map(Parameters.Slot::parameter)
        .filter(Parameter::trainable)
        .map(Parameter::name);
  }

  private Optional<String> brokenWeights() {
    return trained().filter(name -> !isFinite(compiled.weights(name).toFloats())).findFirst();
  }

  private Optional<String> brokenOutputs(TrainingPlan plan) {
    var network = compiled.network();
    try (Plan everyLayer =
        network.everyLayer(compiled.engine(), compiled.weights().parameters(), plan.batch())) {
      for (int i = 0; i < network.inputs().size(); i++) {
        everyLayer.input(i, plan.x(i));
      }
      everyLayer.forward();
      for (int i = 0; i < network.nodes().size(); i++) {
        Network.Node node = network.nodes().get(i);
        float[] values = new float[plan.batch() * Shapes.size(node.output())];
        everyLayer.output(i, values);
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
