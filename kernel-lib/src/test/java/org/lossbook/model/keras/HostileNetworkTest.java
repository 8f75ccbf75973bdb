package org.lossbook.model.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.lossbook.config.Shown;
import org.lossbook.layer.Node;
import org.lossbook.model.Blueprint;
import org.lossbook.network.Network;

/**
 * Networks that nobody means to train: what would take a minute or the stack is short or refused.
 */
class HostileNetworkTest {
  private static final int MANY = 9_990;

  /** Each layer waits for the one behind it in the file. */
  @Test
  void tenThousandLayersInReverseOrderAreReadInAMoment() {
    List<Object> layers = new ArrayList<>();
    layers.add(
        Map.of(
            "class_name",
            "InputLayer",
            "name",
            "l0",
            "config",
            Map.of("name", "l0", "batch_shape", List.of(java.util.Optional.empty(), 3L)),
            "inbound_nodes",
            List.of()));
    for (int i = 1; i < MANY; i++) {
      layers.add(
          Map.of(
              "class_name",
              "Flatten",
              "name",
              "l" + i,
              "config",
              Map.of("name", "l" + i),
              "inbound_nodes",
              List.of(Map.of("args", List.of(value("l" + (i - 1))), "kwargs", Map.of()))));
    }
    Collections.reverse(layers);
    Map<String, Object> config =
        Map.of(
            "layers",
            layers,
            "input_layers",
            List.of("l0", 0L, 0L),
            "output_layers",
            List.of("l" + (MANY - 1), 0L, 0L));
    Map<String, Object> root = Map.of("class_name", "Functional", "config", config);
    Network network =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(60), () -> NetworkReader.read(root, Blueprint::of));
    assertThat(network.nodes()).hasSize(MANY - 1);
    assertThat(network.nodes().get(0).name()).isEqualTo("l1");
  }

  private static Map<String, Object> value(String layer) {
    return Map.of(
        "class_name",
        "__keras_tensor__",
        "config",
        Map.of("keras_history", List.of(layer, 0L, 0L)));
  }

  @Test
  void aLongChainIsNoRecursion() {
    var x = input(2);
    Node value = x;
    for (int i = 0; i < MANY; i++) {
      value = activation("relu").of(value);
    }
    var built = model(x, value);
    assertThat(built.summary().toString()).contains("activation_9989");
    assertThat(built.toString()).isNotBlank();
  }

  @Test
  void aWindowFarBeyondTheImageIsRefusedBeforeTheEngineSeesIt() {
    for (int size : new int[] {1 << 30, Integer.MAX_VALUE, 93}) {
      assertThatThrownBy(() -> maxPooling2d(size).same().outputShape(28, 28, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "max_pooling2d expects images at most 64 pixels smaller than its window")
          .hasMessageEndingWith("use a smaller window.");
      assertThatThrownBy(() -> averagePooling2d(size).outputShape(28, 28, 1))
          .hasMessageContaining("at least as large as its window of " + size + "×" + size);
    }
    assertThatThrownBy(() -> conv2d(4, 3).same().dilation(1 << 30).outputShape(28, 28, 1))
        .hasMessageContaining("of 2147483649×2147483649");
    assertThat(maxPooling2d(2).same().strides(Integer.MAX_VALUE).outputShape(28, 28, 1))
        .containsExactly(1, 1, 1);
    assertThat(maxPooling2d(5).same().outputShape(1, 1, 2)).containsExactly(1, 1, 2);
  }

  @Test
  void valuesThatAreJoinedTooOftenAreRefusedAndNeverOverflow() {
    Node value = input(1);
    for (int i = 0; i < 30; i++) {
      value = concatenate().of(value, value);
    }
    Node last = value;
    assertThatThrownBy(() -> concatenate().of(last, last))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("concatenate expects values that fit together")
        .hasMessageContaining("2,147,483,648");
  }

  @Test
  void aNameIsShortAndOneLine() {
    for (String name : List.of("a".repeat(201), "a\nb", "a\u001b[31mb", "a/b", " ")) {
      assertThatThrownBy(() -> dense(1).named(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "dense expects a name without a slash or a line break, of at most 200")
          .hasMessageNotContaining("\n")
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }
    assertThat(dense(1).named("é".repeat(200)).name()).isPresent();
  }

  /** Its own list would never end, were it printed whole before it is cut. */
  @Test
  void aValueIsShownOnlyAsFarAsItIsSeen() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    endless.add(1);
    assertThat(Shown.of(endless)).startsWith("[[[[").hasSizeLessThan(70);
    assertThat(Shown.of(Collections.nCopies(Integer.MAX_VALUE, "a"))).hasSizeLessThan(70);
    assertThat(Shown.of(Map.of("a", List.of(1, "b")))).isEqualTo("{a=[1, \"b\"]}");
  }
}
