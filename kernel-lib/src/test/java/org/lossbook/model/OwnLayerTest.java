package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.add;
import static org.lossbook.Lossbook.concatenate;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.gradientCheck;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.layer;
import static org.lossbook.Lossbook.loadModel;
import static org.lossbook.Lossbook.model;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.multiply;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.layer.Node;

/** Layers of one's own, made of others. */
class OwnLayerTest {
  @TempDir Path folder;

  @Test
  void aLayerOfOnesOwnIsUsedLikeAnyOther() {
    var residual = layer("residual", x -> add().of(x, dense(8).relu().of(x)));
    var network = sequential(input(8), residual, residual, dense(1)).seed(1);
    assertThat(network.summary().totalParameters()).isEqualTo(2 * (8 * 8 + 8) + 8 + 1);
    assertThat(network.summary().toString()).contains("residual  ", "residual_1  ", "(None, 8)");
    try (var model = network.compile(adam(), mse())) {
      assertThat(model.weightNames())
          .startsWith("residual/dense/kernel", "residual/dense/bias", "residual_1/dense/kernel");
      var x = SharedWeightsTest.rows(8);
      var y = SharedWeightsTest.rows(1);
      var history = model.fit(x, y, epochs(20).seed(1).quiet());
      assertThat(history.last("loss")).isLessThan(history.get("loss").get(0));
      assertThat(gradientCheck(model, x, y).toString()).contains("residual_1/dense/kernel");
    }
  }

  @Test
  void aLayerThatIsAppliedTwiceHasItsWeightsOnce() {
    var a = input(3);
    var b = input(3);
    var branch = layer("branch", x -> dense(2).tanh().of(dense(4).relu().of(x)));
    var network = model(List.of(a, b), dense(1).of(concatenate().of(branch.of(a), branch.of(b))));
    assertThat(network.summary().totalParameters()).isEqualTo(3 * 4 + 4 + 4 * 2 + 2 + 4 + 1);
    assertThat(network.toString()).contains("branch (branch, again)");
  }

  @Test
  void aLayerOfTwoValuesAndFrozenOnes() {
    var gate = layer("gate", (a, b) -> multiply().of(a, dense(4).sigmoid().of(b)));
    var x = input(4);
    var y = dense(1).of(gate.frozen().named("closed").of(x, dense(6).of(x)));
    try (var model = model(x, y).seed(1).compile(sgd(), mse())) {
      var kept = model.weightValues("closed/dense/kernel");
      model.fit(SharedWeightsTest.rows(4), SharedWeightsTest.rows(1), epochs(1).seed(1).quiet());
      assertThat(model.weightValues("closed/dense/kernel")).isEqualTo(kept);
      assertThat(model.summary().trainableParameters()).isEqualTo(4 * 6 + 6 + 4 + 1);
    }
    assertThatThrownBy(() -> gate.of(x))
        .hasMessage(
            "gate expects 2 values but receives 1: apply it to as many as its declaration takes.");
  }

  @Test
  void aFileHoldsItAsANetworkWithinTheNetwork() {
    var residual = layer("residual", x -> add().of(x, dense(8).relu().of(x)));
    String file = folder.resolve("own.keras").toString();
    try (var model = sequential(input(8), residual, dense(1)).seed(1).compile(adam(), mse())) {
      model.save(file);
      try (var loaded = loadModel(file)) {
        var x = SharedWeightsTest.rows(8);
        assertThat(loaded.predictValues(x)).isEqualTo(model.predictValues(x));
        assertThat(loaded.weightNames()).isEqualTo(model.weightNames());
        assertThat(loaded.outputValues(x, "residual/dense"))
            .isEqualTo(model.outputValues(x, "residual/dense"));
      }
    }
  }

  @Test
  void mistakesAreToldByItsName() {
    assertThatThrownBy(() -> layer("wide", (UnaryOperator<Node>) null))
        .hasMessageStartingWith("layer expects a value made of x by layers but");
    assertThatThrownBy(() -> layer("a/b", x -> dense(1).of(x)))
        .hasMessageContaining("a name without a slash");
    assertThatThrownBy(() -> layer("none", x -> null).of(input(2)))
        .hasMessageStartingWith("none expects a value made by layers but");
    assertThatThrownBy(() -> layer("same", x -> x).of(input(2)))
        .hasMessageStartingWith("same expects a value made by layers but receives one that");
    @SuppressWarnings({"unchecked", "rawtypes"})
    UnaryOperator<Node> raw = (UnaryOperator<Node>) (UnaryOperator) x -> "text";
    assertThatThrownBy(() -> layer("raw", raw).of(input(2)))
        .hasMessageStartingWith("raw expects a value made by layers but receives");
    var other = input(2);
    assertThatThrownBy(() -> layer("lost", x -> add().of(x, other)).of(input(2)))
        .hasMessageStartingWith("lost: model expects every input that its outputs need");
  }

  @Test
  void theOutputOfALayerIsAskedByItsName() {
    var inner = sequential(input(4), dense(3).relu(), dense(2).tanh()).named("inner");
    try (var model =
        sequential(input(3), dense(4).relu(), inner, dense(1)).seed(1).compile(sgd(), mse())) {
      var x = SharedWeightsTest.rows(3);
      try (var part = model.network().upTo("dense").build()) {
        assertThat(model.outputValues(x, "dense")).isEqualTo(part.predictValues(x));
      }
      assertThat(model.output(x, "inner/dense").shape()).containsExactly(32, 3);
      var all = model.outputs(x, "inner/dense_1", "dense", "inner", "inner/dense");
      assertThat(all.keySet()).containsExactly("inner/dense_1", "dense", "inner", "inner/dense");
      assertThat(all.get("inner")).isEqualTo(all.get("inner/dense_1"));
      assertThat(all.get("dense")).isEqualTo(model.output(x, "dense"));
      assertThat(all.get("inner/dense")).isEqualTo(model.output(x, "inner/dense"));
      assertThat(model.outputValues(x, "dense_1").toFloats())
          .containsExactly(model.predictValues(x).toFloats(), within(1e-6f));
      assertThatThrownBy(() -> model.output(x, "conv2d"))
          .hasMessage(
              "output expects the name of a layer but receives \"conv2d\": there are dense, inner,"
                  + " dense_1.");
      assertThatThrownBy(() -> model.output(x, "inner/dense_9"))
          .hasMessage(
              "output expects the name of a layer but receives \"inner/dense_9\": there are dense,"
                  + " inner/dense, inner/dense_1, dense_1.");
      assertThatThrownBy(() -> model.output(x, "dense/kernel"))
          .hasMessageContaining("dense has no layers inside: write \"dense\"");
      assertThatThrownBy(() -> model.output(x, null)).hasMessageContaining("the name of a layer");
      assertThatThrownBy(() -> model.outputs(x)).hasMessageContaining("receives none");
    }
  }
}
