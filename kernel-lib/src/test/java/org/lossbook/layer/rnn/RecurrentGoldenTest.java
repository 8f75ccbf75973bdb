package org.lossbook.layer.rnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.config.Config;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.onednn.OneDnnEngine;
import org.lossbook.io.Json;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerValue;
import org.lossbook.layer.function.ElementFormula;
import org.lossbook.layer.saved.LayerRegistry;
import org.lossbook.testing.Golden;

/**
 * Recurrent layers, read from Keras's own configs, with masks, states in and out, both directions
 * and states that stay between batches.
 */
class RecurrentGoldenTest {
  private static final String TANH = "\"activation\":\"tanh\"";

  static Stream<Golden.Case> cases() {
    return Golden.cases("recurrent");
  }

  static Stream<Golden.Case> ofTanh() {
    return cases().filter(golden -> golden.json().get("layer").toString().contains(TANH));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAndGradientsAreThoseOfKerasAndOfFiniteDifferences(Golden.Case golden) {
    assertAsInKeras(golden, golden.json().get("layer").toString());
  }

  /** The engine has no operation for a formula of one's own. */
  @ParameterizedTest
  @MethodSource("ofTanh")
  void stepsOfOrdinaryOperationsGiveTheSame(Golden.Case golden) {
    Config tanh = ElementFormula.of("own_tanh", x -> x.tanh()).config();
    String own = "\"activation\":" + Json.text(Json.keras(tanh));
    assertAsInKeras(golden, golden.json().get("layer").toString().replace(TANH, own));
  }

  private static void assertAsInKeras(Golden.Case golden, String layer) {
    try (Run run = new Run(golden, layer)) {
      run.forward(run.x);
      run.assertOutputs(all(golden.json().get("y")), "y");
      List<Golden.Values> dy = all(golden.json().get("dy"));
      for (int i = 0; i < dy.size(); i++) {
        run.plan.outputGradient(i, dy.get(i).floats());
      }
      run.plan.backward();
      List<Golden.Values> dx = all(golden.json().get("dx"));
      List<float[]> own = new ArrayList<>();
      for (int i = 0; i < dx.size(); i++) {
        float[] numbers = new float[dx.get(i).data().length];
        run.plan.inputGradient(i, numbers);
        own.add(numbers);
        assertClose(numbers, dx.get(i), "dx " + i);
      }
      List<Golden.Values> gradients = all(golden.json().get("gradients"));
      List<Parameters.Slot> slots = run.parameters.slots();
      assertThat(slots).hasSameSizeAs(gradients);
      for (int i = 0; i < slots.size(); i++) {
        float[] numbers = new float[slots.get(i).size()];
        run.parameters.read(
            Parameters.Vector.GRADIENT, slots.get(i).offset(), numbers, numbers.length);
        assertClose(numbers, gradients.get(i), slots.get(i).parameter().name());
      }
      for (JsonElement batch : golden.json().getAsJsonArray("later")) {
        List<float[]> next = new ArrayList<>(run.x);
        next.set(0, Golden.Values.of(batch.getAsJsonObject().getAsJsonObject("x")).floats());
        run.forward(next);
        run.assertOutputs(all(batch.getAsJsonObject().get("y")), "a later y");
      }
      run.assertSlope(own, dy);
    }
  }

  /** A layer with its weights, and a plan of it. */
  private static final class Run implements AutoCloseable {
    private final Layer layer;
    private final List<float[]> x;
    private final Optional<float[]> mask;
    private final Parameters parameters;
    private final Plan plan;
    private final List<Tensor> outputs = new ArrayList<>();
    private final int batch;

    Run(Golden.Case golden, String config) {
      layer = LayerRegistry.LAYERS.read(Json.config(Json.object(config)));
      List<Golden.Values> inputs = all(golden.json().get("x"));
      batch = inputs.get(0).shape()[0];
      x = inputs.stream().map(Golden.Values::floats).toList();
      mask =
          golden.json().get("mask").isJsonNull()
              ? Optional.empty()
              : Optional.of(golden.tensor("mask").floats());
      List<int[]> shapes = inputs.stream().map(each -> sample(each.shape())).toList();
      List<Parameter> declared = layer.parameters(shapes);
      List<Golden.Values> weights = all(golden.json().get("weights"));
      parameters = OneDnnEngine.instance().parameters(declared);
      assertThat(parameters.slots()).hasSameSizeAs(weights);
      for (int i = 0; i < weights.size(); i++) {
        Parameters.Slot slot = parameters.slots().get(i);
        assertThat(slot.parameter().shape()).isEqualTo(weights.get(i).shape());
        parameters.write(slot.vector(), slot.offset(), weights.get(i).floats(), slot.size());
      }
      Graph graph = OneDnnEngine.instance().graph(parameters, batch, true);
      List<Tensor> all = new ArrayList<>();
      shapes.forEach(shape -> all.add(graph.inputWithGradient(shape)));
      List<Tensor> given = new ArrayList<>(all);
      if (mask.isPresent()) {
        Tensor steps = graph.input(shapes.get(0)[0]);
        all.add(steps);
        given.set(0, LayerValue.masked(given.get(0), Optional.of(steps)));
      }
      Tensor built = layer.build(graph, given, parameters::slot);
      outputs.add(LayerValue.tensor(built));
      if (built instanceof LayerValue value) {
        outputs.addAll(value.further());
      }
      List<int[]> said = layer.outputShapes(shapes);
      assertThat(outputs.stream().map(Tensor::shape).map(Arrays::toString).toList())
          .isEqualTo(said.stream().map(Arrays::toString).toList());
      plan = graph.plan(all, outputs);
    }

    void forward(List<float[]> values) {
      for (int i = 0; i < values.size(); i++) {
        plan.input(i, values.get(i));
      }
      mask.ifPresent(steps -> plan.input(values.size(), steps));
      plan.forward();
    }

    void assertOutputs(List<Golden.Values> expected, String what) {
      assertThat(outputs).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertClose(output(i), expected.get(i), what + " " + i);
      }
    }

    private float[] output(int index) {
      float[] y = new float[batch * outputs.get(index).size()];
      plan.output(index, y);
      return y;
    }

    /** The values change along a random direction of inputs and weights as the gradients say. */
    void assertSlope(List<float[]> dx, List<Golden.Values> dy) {
      Random random = new Random(5);
      double step = 1e-3;
      double expected = 0;
      double size = 0;
      List<float[]> ahead = new ArrayList<>();
      List<float[]> behind = new ArrayList<>();
      for (int k = 0; k < x.size(); k++) {
        ahead.add(x.get(k).clone());
        behind.add(x.get(k).clone());
        for (int i = 0; i < x.get(k).length; i++) {
          double direction = random.nextGaussian();
          ahead.get(k)[i] += (float) (step * direction);
          behind.get(k)[i] -= (float) (step * direction);
          expected += dx.get(k)[i] * direction;
          size += Math.abs(dx.get(k)[i] * direction);
        }
      }
      assertThat((value(ahead, dy) - value(behind, dy)) / (2 * step))
          .isCloseTo(expected, within(0.02 * size + 0.01));
    }

    private double value(List<float[]> values, List<Golden.Values> dy) {
      parameters.forgetStates(false);
      forward(values);
      double sum = 0;
      for (int i = 0; i < dy.size(); i++) {
        float[] y = output(i);
        for (int j = 0; j < y.length; j++) {
          sum += y[j] * dy.get(i).data()[j];
        }
      }
      return sum;
    }

    @Override
    public void close() {
      plan.close();
      parameters.close();
    }
  }

  private static List<Golden.Values> all(JsonElement field) {
    List<Golden.Values> all = new ArrayList<>();
    for (JsonElement element : field.getAsJsonArray()) {
      all.add(Golden.Values.of(element.getAsJsonObject()));
    }
    return all;
  }

  private static int[] sample(int... shape) {
    return Arrays.copyOfRange(shape, 1, shape.length);
  }

  private static void assertClose(float[] actual, Golden.Values expected, String what) {
    double scale = Math.max(1, Arrays.stream(expected.data()).map(Math::abs).max().orElse(1));
    assertThat(actual).as(what).hasSize(expected.data().length);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("%s[%d]", what, i)
          .isCloseTo(expected.data()[i], within(3e-6 * scale));
    }
  }
}
