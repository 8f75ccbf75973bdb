package org.lossbook.layer.worked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.engine.Parameter;
import org.lossbook.layer.Layer;
import org.lossbook.layer.attention.HeadedAttention;
import org.lossbook.layer.attention.ScoredAttention;
import org.lossbook.model.Model;

/** The worked steps of attention beside what the engine computes with the same weights. */
class WorkedAttentionTest {
  private static final double[][] ONE = {{1, 0}, {0, 1}};

  private final Random random = new Random(11);

  private Values numbers(int... shape) {
    double[] all = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(all, i -> Math.round((random.nextDouble() - 0.5) * 64) / 16.0);
    return Values.of(all, shape);
  }

  private static Values batch(Values x) {
    return Values.of(x.toDoubles(), 1, x.shape()[0], x.shape()[1]);
  }

  private static void areAlike(LayerSteps steps, Object predicted) {
    double[] wanted = Values.of("test", predicted).toDoubles();
    double[] all = steps.result().toDoubles();
    assertThat(all).hasSameSizeAs(wanted);
    for (int i = 0; i < all.length; i++) {
      assertThat(all[i]).isCloseTo(wanted[i], within(1e-5 * (1 + Math.abs(wanted[i]))));
    }
    assertThat(Written.requireRight(steps)).isGreaterThan(4);
  }

  static Stream<Layer> ofOneSequence() {
    return Stream.of(
        attention(),
        attention().causal(),
        attention().useScale(true),
        attention().concat(),
        additiveAttention(),
        additiveAttention().useScale(false).causal(),
        multiHeadAttention(1, 2),
        multiHeadAttention(2, 3).causal(),
        multiHeadAttention(2, 2).valueDim(3).outputDim(4),
        multiHeadAttention(2, 1).useBias(false).slidingWindow(2),
        groupedQueryAttention(2, 4, 2));
  }

  @ParameterizedTest
  @MethodSource("ofOneSequence")
  void aSequenceThatAsksItselfIsWhatTheEngineComputes(Layer layer) {
    Values x = numbers(4, 3);
    Model model = sequential(input(4, 3), layer.named("it")).build();
    for (Parameter each : layer.parameters(4, 3)) {
      model.weights("it/" + each.name(), GivenWeights.of("test", each, java.util.Optional.empty()));
    }
    LayerSteps steps = layer.explain(x);
    areAlike(steps, model.predict(batch(x)));
    assertThat(steps.result().shape()).isEqualTo(layer.outputShape(4, 3));
  }

  static Stream<Arguments> ofTwo() {
    return Stream.of(
        Arguments.of(attention().causal(), 3, 3),
        Arguments.of(additiveAttention(), 3, 3),
        Arguments.of(multiHeadAttention(2, 2).causal(), 3, 2),
        Arguments.of(groupedQueryAttention(2, 2, 1), 3, 3));
  }

  @ParameterizedTest
  @MethodSource("ofTwo")
  void aQueryAndAValueAreWhatTheEngineComputes(Layer layer, int features, int others) {
    Values query = numbers(3, features);
    Values value = numbers(5, others);
    var asks = input(3, features);
    var asked = input(5, others);
    Model model = model(List.of(asks, asked), layer.named("it").of(asks, asked)).build();
    for (Parameter each : layer.parameters(List.of(query.shape(), value.shape()))) {
      model.weights("it/" + each.name(), GivenWeights.of("test", each, java.util.Optional.empty()));
    }
    LayerSteps steps =
        layer instanceof ScoredAttention<?> scored
            ? scored.explain(query, value)
            : ((HeadedAttention<?>) layer).explain(query, value);
    areAlike(steps, model.predict(List.of(batch(query), batch(value))));
  }

  @Test
  void keysAndAScaleOfTheReaderAreTaken() {
    Values query = numbers(2, 3);
    Values value = numbers(4, 2);
    Values key = numbers(4, 3);
    Values scale = numbers(3);
    var nodes = List.of(input(2, 3), input(4, 2), input(4, 3));
    Model model =
        model(nodes, additiveAttention().named("it").of(nodes.get(0), nodes.get(1), nodes.get(2)))
            .build();
    model.weights("it/scale", scale);
    areAlike(
        additiveAttention().explain(query, value, key, scale),
        model.predict(List.of(batch(query), batch(value), batch(key))));
  }

  @Test
  void kernelsOfTheReaderAreTaken() {
    Values x = numbers(3, 2);
    Model model = sequential(input(3, 2), multiHeadAttention(2, 2).named("it")).build();
    Map<String, Values> kernels =
        Map.of(
            "query", numbers(2, 2, 2),
            "key", numbers(2, 2, 2),
            "value", numbers(2, 2, 2),
            "attention_output", numbers(2, 2, 2));
    kernels.forEach((name, kernel) -> model.weights("it/" + name + "/kernel", kernel));
    areAlike(
        multiHeadAttention(2, 2)
            .explain(
                x,
                kernels.get("query"),
                kernels.get("key"),
                kernels.get("value"),
                kernels.get("attention_output")),
        model.predict(batch(x)));
  }

  @Test
  void theExamplesOfTheJavadocAreRight() {
    assertThat(attention().explain(matrix(row(1, 0)), matrix(row(2, 5), row(0, 3))).toString())
        .contains("α₁₁     e^(2)/(e^(2) + e^(0)) ")
        .contains("0.880797·(2, 5) + 0.119203·(0, 3)  1.76159, 4.76159");
    assertThat(multiHeadAttention(1, 2).explain(ONE, ONE, ONE, ONE, ONE).toString())
        .contains("s₁₁     (1·1 + 0·0)/√2 ")
        .contains("0.669762·(1, 0) + 0.330238·(0, 1) ", "0.669762, 0.330238");
  }

  @Test
  void whatACausalStepDoesNotSeeIsSaid() {
    assertThat(attention().causal().explain(ONE).toString())
        .contains("s₁₂     step 1 does not see it", "α₁₁     e^(1)/e^(1)");
  }

  @Test
  void whatDoesNotFitIsRefusedInWords() {
    assertThatThrownBy(() -> attention().explain(vector(1, 2)))
        .hasMessageStartingWith("attention expects sequences [batch, steps, features]");
    assertThatThrownBy(() -> attention().explain(ONE, ONE, ONE, 2))
        .hasMessage(
            "attention.explain expects no scale but receives one: write useScale(true), or leave it out.");
    assertThatThrownBy(() -> multiHeadAttention(1, 2).explain(Values.of(new double[8], 2, 2, 2)))
        .hasMessage(
            "multi_head_attention.explain expects sequences [steps, features] but receives shape [2, 2, 2]: give one without the axis of the batch.");
    assertThatThrownBy(() -> multiHeadAttention(1, 2).gated().explain(ONE))
        .hasMessage(
            "multi_head_attention.explain expects neither a gate nor a mask but the layer has one: leave gated() out.");
    assertThatThrownBy(() -> multiHeadAttention(1, 2).explain(ONE, ONE, ONE, vector(1, 2, 3), ONE))
        .hasMessageStartingWith(
            "multi_head_attention.explain expects a value/kernel of shape [2, 1, 2]");
  }
}
