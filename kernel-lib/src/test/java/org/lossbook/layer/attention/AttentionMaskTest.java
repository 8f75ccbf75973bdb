package org.lossbook.layer.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.loadModel;
import static org.lossbook.Lossbook.model;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.multiHeadAttention;
import static org.lossbook.Lossbook.sequential;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.layer.Node;
import org.lossbook.model.Model;

/** Attention with a mask that is given to it. */
class AttentionMaskTest {
  private static double[][][] numbers(long seed, int steps, int width) {
    Random random = new Random(seed);
    double[][][] all = new double[3][steps][width];
    for (double[][] sample : all) {
      for (double[] row : sample) {
        for (int j = 0; j < width; j++) {
          row[j] = random.nextGaussian();
        }
      }
    }
    return all;
  }

  /** Each step sees itself and those before it, by a mask or because attention is causal. */
  @Test
  void aMaskOfWhatCameBeforeIsCausality(@TempDir Path folder) {
    double[][][] x = numbers(1, 4, 6);
    double[][][] mask = new double[3][4][4];
    for (double[][] sample : mask) {
      for (int t = 0; t < 4; t++) {
        Arrays.fill(sample[t], 0, t + 1, 1);
      }
    }
    Node in = input(4, 6);
    Node pairs = input(4, 4);
    try (Model masked =
            model(
                    List.of(in, pairs),
                    dense(1)
                        .of(flatten().of(multiHeadAttention(2, 3).attentionMask().of(in, pairs))))
                .seed(2)
                .compile(adam(), mse());
        Model causal =
            sequential(input(4, 6), multiHeadAttention(2, 3).causal(), flatten(), dense(1))
                .seed(2)
                .compile(adam(), mse())) {
      for (String name : masked.weightNames()) {
        causal.weights(name, masked.weightValues(name));
      }
      double[] expected = causal.predictValues(x).toDoubles();
      double[] found = masked.predictValues(List.of(x, mask)).toDoubles();
      assertThat(found).containsExactly(expected, within(1e-5));

      Path file = folder.resolve("masked.keras");
      masked.save(file.toString());
      try (Model again = loadModel(file.toString())) {
        assertThat(again.predictValues(List.of(x, mask)).toDoubles()).containsExactly(found);
      }
    }
  }

  @Test
  void aMaskThatDoesNotFitIsRefusedWithTheShapeItHas() {
    Node x = input(4, 6);
    assertThatThrownBy(() -> multiHeadAttention(2, 3).attentionMask().of(x, input(4, 5)))
        .hasMessageStartingWith(
            "multi_head_attention expects a mask [batch, 4, 4], for each query the keys that it"
                + " sees, but receives [batch, 4, 5]: give one number for each pair");
    assertThatThrownBy(() -> multiHeadAttention(2, 3).attentionMask().of(x))
        .hasMessageStartingWith(
            "multi_head_attention expects a query, a value and a mask behind them but receives one"
                + " value: write of(x, mask)");
    assertThat(multiHeadAttention(2, 3).attentionMask().of(x, input(2, 4, 4)).shape())
        .containsExactly(4, 6);
    assertThat(multiHeadAttention(2, 3).attentionMask().of(x, input(1, 4)).shape())
        .containsExactly(4, 6);
  }
}
