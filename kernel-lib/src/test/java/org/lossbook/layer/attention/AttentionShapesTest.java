package org.lossbook.layer.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.additiveAttention;
import static org.lossbook.Lossbook.attention;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.groupedQueryAttention;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.meanSquaredError;
import static org.lossbook.Lossbook.multiHeadAttention;
import static org.lossbook.Lossbook.sequential;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lossbook.engine.Parameter;
import org.lossbook.layer.Node;

/** What attention is applied to, and what it refuses. */
class AttentionShapesTest {
  @Test
  void aChainAsksItself() {
    try (var model =
        sequential(input(5, 6), multiHeadAttention(2, 3).causal(), flatten(), dense(1))
            .compile(adam(), meanSquaredError())) {
      assertThat(model.predict(new float[2][5][6]).shape()).containsExactly(2, 1);
      assertThat(model.summary().toString()).contains("multi_head_attention").contains("168");
    }
  }

  @Test
  void theParametersAreThoseOfItsDescription() {
    int size =
        multiHeadAttention(4, 16).parameters(64, 64).stream().mapToInt(Parameter::size).sum();

    assertThat(size).isEqualTo(16_640);
  }

  @Test
  void scoresAreAFurtherOutput() {
    Node h = multiHeadAttention(2, 3).returnScores().of(input(5, 6), input(7, 4));

    assertThat(h.shape()).containsExactly(5, 6);
    assertThat(h.output(1).shape()).containsExactly(2, 5, 7);
    assertThat(attention().returnScores().of(input(5, 6), input(7, 6)).output(1).shape())
        .containsExactly(5, 7);
  }

  @Test
  void anyNumberOfStepsIsTaken() {
    assertThat(multiHeadAttention(2, 3).of(input(-1, 6)).shape()).containsExactly(-1, 6);
  }

  @Test
  void whatDoesNotFitIsSaid() {
    assertThatThrownBy(() -> multiHeadAttention(2, 3).of(input(64)))
        .hasMessage(
            "multi_head_attention expects sequences [batch, steps, features] but receives [batch, 64]: add reshape(64, 1) before it.");
    assertThatThrownBy(() -> multiHeadAttention(2, 3).of(input(5, 6), input(7, 6), input(8, 6)))
        .hasMessage(
            "multi_head_attention expects a key for each step of the value but receives [batch, 7, 6] and [batch, 8, 6]: give both the same length.");
    assertThatThrownBy(
            () ->
                multiHeadAttention(2, 3)
                    .outputShape(List.of(new int[2], new int[2], new int[2], new int[2])))
        .hasMessageContaining("at most a key but receives 4 values");
    assertThatThrownBy(() -> attention().of(input(5, 6), input(7, 4)))
        .hasMessage(
            "attention expects a query and a key of as many features but receives [batch, 5, 6] and [batch, 7, 4]: put dense(6) before the key.");
    assertThatThrownBy(() -> additiveAttention().of(input(5, 6, 2), input(5, 2)))
        .hasMessage(
            "additive_attention expects sequences [batch, steps, features] but receives [batch, 5, 6, 2]: add reshape(30, 2) before it.");
    assertThatThrownBy(() -> groupedQueryAttention(4, 8, 3))
        .hasMessage(
            "grouped_query_attention expects as many query heads for each head of key and value but receives 8 for 3: write groupedQueryAttention(4, 6, 3).");
    assertThatThrownBy(() -> groupedQueryAttention(4, 2, 2).of(input(5, 6), input(5, 4)))
        .hasMessage(
            "grouped_query_attention expects a query and a value of as many features but receives [batch, 5, 6] and [batch, 5, 4]: put dense(6) before the value.");
    assertThatThrownBy(() -> multiHeadAttention(2, 3).causal().of(input(4, 4, 3)))
        .hasMessageStartingWith(
            "multi_head_attention expects sequences [batch, steps, features] to tell what comes before");
    assertThatThrownBy(() -> multiHeadAttention(0, 3))
        .hasMessage("multi_head_attention expects heads of 1 or more but receives 0.");
  }
}
