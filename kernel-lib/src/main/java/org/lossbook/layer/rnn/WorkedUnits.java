package org.lossbook.layer.rnn;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.data.Values;
import org.lossbook.engine.Parameter;
import org.lossbook.layer.worked.GivenWeights;
import org.lossbook.layer.worked.LayerSteps;
import org.lossbook.layer.worked.WorkedRecurrence;

/** Recurrent units worked out on a reader's sequence, with the reader's weights or first ones. */
record WorkedUnits(RecurrentUnits<?> layer) {
  private static final int MOST_STEPS = 1_000;
  private static final String FIRST = "leave it out to take first weights";

  LayerSteps explain(Object x) {
    return explained(x, Map.of());
  }

  LayerSteps explain(Object x, Object kernel, Object recurrentKernel) {
    return explained(
        x,
        Map.of(
            RecurrentUnits.KERNEL, given(kernel, "a kernel"),
            RecurrentUnits.RECURRENT, given(recurrentKernel, "a recurrent kernel")));
  }

  LayerSteps explain(Object x, Object kernel, Object recurrentKernel, Object bias) {
    if (!layer.usesBias()) {
      throw Messages.wrong(
          "%s.explain expects no bias after useBias(false) but receives one: leave one of the two out.",
          layer.kind());
    }
    return explained(
        x,
        Map.of(
            RecurrentUnits.KERNEL, given(kernel, "a kernel"),
            RecurrentUnits.RECURRENT, given(recurrentKernel, "a recurrent kernel"),
            RecurrentUnits.BIAS, given(bias, "a bias")));
  }

  private Object given(Object weights, String what) {
    return Require.given(weights, layer.kind() + ".explain", what, FIRST);
  }

  private LayerSteps explained(Object x, Map<String, Object> weights) {
    Values sequence = sequence(x);
    List<Parameter> parameters = layer.firstWeights(sequence.shape()[1]);
    Values kernel = weights(parameters.get(0), weights);
    Values recurrent = weights(parameters.get(1), weights);
    Optional<Values> bias =
        layer.usesBias() ? Optional.of(weights(parameters.get(2), weights)) : Optional.empty();
    return layer.worked(
        new WorkedRecurrence(sequence, kernel, recurrent, bias, layer.function(), layer.gates()));
  }

  private Values weights(Parameter parameter, Map<String, Object> given) {
    return GivenWeights.of(
        layer.kind(), parameter, Optional.ofNullable(given.get(parameter.name())));
  }

  /** {@code [steps, features]}. */
  private Values sequence(Object x) {
    String who = layer.kind();
    if (layer.kernelShape(1, 1).length != 2) {
      throw Messages.wrong(
          "%s.explain expects products of numbers but this layer's are convolutions: explain lstm(1) for the gates and conv2d(1, 3) for a convolution.",
          who);
    }
    Values values = Values.of(who + ".explain", x);
    int[] shape = values.shape();
    if (shape.length > 0 && shape[0] > MOST_STEPS && !(layer instanceof RecurrentCell)) {
      throw Messages.wrong(
          "%s.explain expects a sequence that can be followed, of at most %,d steps, but receives %,d: give it the first few.",
          who, MOST_STEPS, shape[0]);
    }
    boolean isCell = layer instanceof RecurrentCell;
    if (shape.length == 1 && isCell) {
      return Values.of(values.toDoubles(), 1, shape[0]);
    }
    if (shape.length == 1) {
      return Values.of(values.toDoubles(), shape[0], 1);
    }
    if (shape.length != 2 || isCell) {
      throw Messages.wrong(
          "%s.explain expects %s but receives shape %s: give one without the axis of the batch.",
          who,
          isCell ? "one step [features]" : "one sequence [steps, features] or [steps]",
          Arrays.toString(shape));
    }
    return values;
  }
}
