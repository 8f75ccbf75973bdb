package org.lossbook.layer.rnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.convLstm1d;
import static org.lossbook.Lossbook.gru;
import static org.lossbook.Lossbook.lstm;
import static org.lossbook.Lossbook.simpleRnn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Shapes;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.onednn.OneDnnEngine;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerValue;

/**
 * What dropout drops of one unit, whose gates are all or nothing: where one number is dropped for
 * all of them, two outputs are possible.
 */
class RecurrentDropoutTest {
  private static final int SAMPLES = 64;
  private static final float DECIDED = 100;

  static Stream<Layer> gated() {
    return Stream.of(lstm(1), gru(1), gru(1).resetAfter(false), convLstm1d(1, 1));
  }

  private static Layer dropping(Layer layer, double inputs, double state) {
    return ((RecurrentUnits<?>) layer).dropout(inputs).recurrentDropout(state);
  }

  @ParameterizedTest
  @MethodSource("gated")
  void eachGateHasItsOwnNumbersOfTheStateDropped(Layer layer) {
    assertThat(outputs(dropping(layer, 0, 0.5), 0, 2)).hasSizeGreaterThan(2);
  }

  @ParameterizedTest
  @MethodSource("gated")
  void thenEachGateHasItsOwnInputsDroppedToo(Layer layer) {
    int ofOne = layer instanceof LstmUnits ? 2 : 1; // a unit of a GRU forgets what it dropped
    assertThat(outputs(dropping(layer, 0.5, 1e-9), 1, 0)).hasSizeGreaterThan(ofOne);
  }

  @Test
  void withoutItAllGatesReadTheSameInputs() {
    assertThat(outputs(dropping(lstm(1), 0.5, 0), 1, 0)).hasSize(2);
    assertThat(outputs(dropping(gru(1), 0.5, 0), 1, 0)).hasSize(1);
    assertThat(outputs(dropping(simpleRnn(1), 0, 0.5), 0, 2)).hasSize(2);
    assertThat(outputs(dropping(convLstm1d(1, 1), 0.5, 0), 1, 0)).hasSizeGreaterThan(2);
  }

  /** What the samples give after one step, rounded. */
  private static Set<Long> outputs(Layer layer, float input, float state) {
    boolean isOfSignals = layer instanceof ConvLstm;
    int[] step = isOfSignals ? new int[] {1, 1} : new int[] {1};
    int[] sequence = isOfSignals ? new int[] {1, 1, 1} : new int[] {1, 1};
    int states = layer instanceof LstmUnits ? 2 : 1;
    List<int[]> shapes = new ArrayList<>(List.of(sequence));
    for (int i = 0; i < states; i++) {
      shapes.add(step);
    }
    try (Parameters parameters = OneDnnEngine.instance().parameters(layer.parameters(shapes))) {
      for (Parameters.Slot slot : parameters.slots()) {
        float[] values = new float[slot.size()];
        Arrays.fill(values, slot.parameter().name().equals("bias") ? 0 : DECIDED);
        parameters.write(slot.vector(), slot.offset(), values, values.length);
      }
      Graph graph = OneDnnEngine.instance().graph(parameters, SAMPLES, true);
      List<Tensor> inputs = shapes.stream().map(graph::input).toList();
      Tensor y = LayerValue.tensor(layer.build(graph, inputs, parameters::slot));
      try (Plan plan = graph.plan(inputs, List.of(y))) {
        plan.seed(1);
        plan.input(0, filled(input, shapes.get(0)));
        for (int i = 1; i <= states; i++) {
          plan.input(i, filled(state, step));
        }
        plan.forward();
        float[] values = new float[SAMPLES];
        plan.output(0, values);
        Set<Long> different = new TreeSet<>();
        for (float value : values) {
          different.add(Math.round(value * 1e4));
        }
        return different;
      }
    }
  }

  private static float[] filled(float value, int... shape) {
    float[] all = new float[SAMPLES * Shapes.size(shape)];
    Arrays.fill(all, value);
    return all;
  }
}
