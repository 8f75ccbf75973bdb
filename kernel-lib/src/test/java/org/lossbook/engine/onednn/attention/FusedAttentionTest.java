package org.lossbook.engine.onednn.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lossbook.engine.Attention;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.onednn.OneDnnEngine;

/** Attention a few samples at a time gives what its three operations give for the whole batch. */
class FusedAttentionTest {
  private static final int HEADS = 2;

  @ParameterizedTest(name = "batch {0}, {1} steps attend to {2}, causal {3}")
  @CsvSource({"1, 1, 1, true", "3, 5, 7, false", "5, 300, 250, true", "24, 600, 600, false"})
  void itIsTheSameForAnyNumberOfSamples(int batch, int steps, int length, boolean isCausal) {
    Attention how = Attention.of(HEADS, 0.5).causal(isCausal);
    List<float[]> fused = run(batch, steps, length, how, true, Mode.TRAINING);
    List<float[]> plain = run(batch, steps, length, how, false, Mode.TRAINING);

    for (int k = 0; k < plain.size(); k++) {
      assertClose(fused.get(k), plain.get(k));
    }
    assertClose(run(batch, steps, length, how, true, Mode.INFERENCE).get(0), plain.get(0));
  }

  private static void assertClose(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      if (!(Math.abs(found[i] - expected[i]) <= 1e-5)) {
        assertThat(found[i]).as("number %d", i).isCloseTo(expected[i], within(1e-5f));
      }
    }
  }

  /** The output, and in training the gradients of queries, keys and values. */
  private static List<float[]> run(
      int batch, int steps, int length, Attention how, boolean isFused, Mode mode) {
    Random random = new Random(3);
    try (Parameters none = OneDnnEngine.instance().parameters(List.of())) {
      Graph graph = OneDnnEngine.instance().graph(none, batch, mode);
      int[][] shapes = {{steps, HEADS * 3}, {length, HEADS * 3}, {length, HEADS * 4}};
      List<Tensor> inputs = new ArrayList<>();
      for (int[] shape : shapes) {
        inputs.add(graph.inputWithGradient(shape));
      }
      Tensor keyMask = graph.input(length);
      inputs.add(keyMask);
      Optional<Tensor> mask = Optional.of(keyMask);
      Tensor q = inputs.get(0);
      Tensor k = inputs.get(1);
      Tensor v = inputs.get(2);
      Tensor y =
          isFused
              ? graph.attention(q, k, v, how, Optional.empty(), mask)
              : graph.weightedValues(
                  graph.attentionWeights(
                      graph.attentionScores(q, k, how), how, Optional.empty(), mask),
                  v);
      try (Plan plan = graph.plan(inputs, List.of(y))) {
        for (int i = 0; i < inputs.size(); i++) {
          float[] numbers = new float[batch * inputs.get(i).size()];
          for (int j = 0; j < numbers.length; j++) {
            numbers[j] = i < 3 ? (float) random.nextGaussian() : j % 3 == 1 ? 0 : 1;
          }
          plan.input(i, numbers);
        }
        plan.forward();
        List<float[]> results = new ArrayList<>(List.of(new float[batch * y.size()]));
        plan.output(0, results.get(0));
        if (mode == Mode.TRAINING) {
          float[] dy = new float[batch * y.size()];
          for (int j = 0; j < dy.length; j++) {
            dy[j] = (float) random.nextGaussian();
          }
          plan.outputGradient(0, dy);
          plan.backward();
          for (int i = 0; i < 3; i++) {
            float[] slope = new float[batch * inputs.get(i).size()];
            plan.inputGradient(i, slope);
            results.add(slope);
          }
        }
        return results;
      }
    }
  }
}
