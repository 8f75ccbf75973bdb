package org.lossbook.layer.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.constant;
import static org.lossbook.Lossbook.conv2d;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.gradientCheck;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.l2;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.nonNegative;
import static org.lossbook.Lossbook.prelu;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;

import org.junit.jupiter.api.Test;
import org.lossbook.config.Config;
import org.lossbook.layer.saved.LayerRegistry;

class PReluTest {
  @Test
  void imagesShareASlopePerChannelBehindAConvolution() {
    assertThat(prelu().sharedAxes(1, 2).parameters(4, 5, 3).get(0).shape())
        .containsExactly(1, 1, 3);
    assertThat(prelu().parameters(4, 5, 3).get(0).shape()).containsExactly(4, 5, 3);
    try (var model =
        sequential(
                input(6, 6, 2),
                conv2d(3, 3),
                prelu().sharedAxes(1, 2).alphaInitializer(constant(0.25)),
                flatten(),
                dense(1))
            .compile(sgd(), mse())) {
      var x = new double[2][72];
      for (int i = 0; i < 144; i++) {
        x[i / 72][i % 72] = Math.sin(i * i);
      }
      assertThat(model.weightValues("prelu/alpha").toDoubles()).containsOnly(0.25);
      var images = org.lossbook.data.Values.of("images", x).reshape(2, 6, 6, 2);
      double[][] y = {{1}, {0}};
      assertThat(gradientCheck(model, images, y).agrees()).isTrue();
      model.zeroGrad();
      model.loss(images, y).backward();
      model.step();
      assertThat(model.weightValues("prelu/alpha").toDoubles()).doesNotContain(0.25);
    }
  }

  /** Keras has a difference of two ReLUs, whose slopes at 0 are 0. */
  @Test
  void itsSlopeAtZeroIsZero() {
    try (var model =
        sequential(input(4), prelu().alphaInitializer(constant(0.25))).compile(sgd(), mse())) {
      double[][] x = {{0, -0.0, 2, -2}};
      double[][] y = {{1, 1, 1, 1}};
      assertThat(model.inputGradient(x, y).data().asDouble()).containsExactly(0, 0, 0.5, -0.1875);
    }
  }

  @Test
  void aFileKeepsItAsKerasDoes() {
    var layer =
        prelu()
            .sharedAxes(2, 1)
            .alphaInitializer(constant(0.25))
            .alphaRegularizer(l2(0.1))
            .alphaConstraint(nonNegative());
    Config config = layer.config().orElseThrow();
    assertThat(config.className()).isEqualTo("PReLU");
    assertThat(config.get("shared_axes")).contains(java.util.List.of(1, 2));
    assertThat(LayerRegistry.LAYERS.read(config).config()).contains(config);
    assertThat(
            LayerRegistry.LAYERS
                .read(config.with("shared_axes", 1))
                .parameters(4, 3)
                .get(0)
                .shape())
        .containsExactly(1, 3);
  }

  @Test
  void axesThatTheInputDoesNotHaveAreRefusedInWords() {
    assertThatThrownBy(() -> prelu().sharedAxes(1, 3).outputShape(4, 5))
        .hasMessage(
            "prelu expects inputs with the axes that it shares, [1, 3], but receives [batch, 4, 5]: the last axis is 2.");
    assertThatThrownBy(() -> prelu().sharedAxes(0))
        .hasMessageStartingWith("prelu expects axes of a sample, counted from 1, but receives [0]");
  }
}
