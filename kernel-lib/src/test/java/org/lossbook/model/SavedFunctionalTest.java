package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.add;
import static org.lossbook.Lossbook.concatenate;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.huber;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.loadModel;
import static org.lossbook.Lossbook.mae;
import static org.lossbook.Lossbook.model;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.sequential;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.model.file.Json;

/** Networks that branch, share and nest stand in files too. */
class SavedFunctionalTest {
  @TempDir Path folder;

  /** Two inputs, a shared layer, a model within, frozen weights, two outputs. */
  static Functional branching() {
    var a = input(3).named("a");
    var b = input(3).named("b");
    var shared = dense(3).tanh().named("shared");
    var sum = add().of(shared.of(a), shared.of(b));
    var inner = sequential(input(3), dense(4).relu(), dense(2)).named("inner");
    var left = dense(2).frozen().of(inner.of(sum));
    var joined = concatenate().of(a, left, sum);
    return model(
        List.of(a, b),
        List.of(dense(1).named("price").of(joined), dense(2).named("place").of(left)));
  }

  @Test
  void aBranchingModelPredictsTheSameAndTrainsOnToTheBit() {
    String file = folder.resolve("a.keras").toString();
    List<Object> x = List.of(numbers(12, 3, 1), numbers(12, 3, 2));
    List<Object> y = List.of(numbers(12, 1, 3), numbers(12, 2, 4));
    try (Model model =
        branching()
            .seed(1)
            .compile(adam(), List.of(mse(), huber(2.0).times(0.5)), mae().on("place"))) {
      model.fit(x, y, epochs(2).batchSize(4).seed(1).quiet());
      model.save(file);
      try (Model loaded = loadModel(file)) {
        assertThat(loaded.summary().toString()).isEqualTo(model.summary().toString());
        model.fit(x, y, epochs(3).batchSize(4).seed(1).quiet());
        loaded.fit(x, y, epochs(3).batchSize(4).seed(1).quiet());

        assertThat(SavedModelTest.weights(loaded)).isEqualTo(SavedModelTest.weights(model));
        assertThat(loaded.evaluate(x, y).toString()).isEqualTo(model.evaluate(x, y).toString());
      }
    }
  }

  @Test
  void layersThatLeadInCirclesAreRefused() {
    String tensor =
        "{\"class_name\":\"__keras_tensor__\",\"config\":{\"keras_history\":[\"%s\",0,0]}}";
    String layer =
        "{\"class_name\":\"Dense\",\"config\":{\"units\":1},\"name\":\"%s\",\"inbound_nodes\":[{\"args\":[%s],\"kwargs\":{%s}}]}";
    String model =
        "{\"class_name\":\"Functional\",\"config\":{\"layers\":[%s,%s],\"input_layers\":[\"%s\",0,0],\"output_layers\":[\"q\",0,0]}}";
    String p = layer.formatted("p", tensor.formatted("q"), "");
    String q = layer.formatted("q", tensor.formatted("p"), "");

    assertThatThrownBy(() -> NetworkReader.read(Json.object(model.formatted(p, q, "p"))))
        .hasMessageContaining("its layers lead in circles or nowhere");
    assertThatThrownBy(() -> NetworkReader.read(Json.object(model.formatted(p, q, "x"))))
        .hasMessageContaining("it has a value of no layer");
    assertThatThrownBy(() -> NetworkReader.read(Json.object(model.formatted(p, p, "p"))))
        .hasMessageContaining("it has two layers p");
    String masked = layer.formatted("q", tensor.formatted("p"), "\"mask\":true");
    assertThatThrownBy(() -> NetworkReader.read(Json.object(model.formatted(p, masked, "p"))))
        .hasMessageContaining("q is called with mask, which Lossbook has not");
  }

  private static float[][] numbers(int rows, int columns, long seed) {
    var random = new SplittableRandom(seed);
    float[][] numbers = new float[rows][columns];
    for (float[] row : numbers) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextDouble();
      }
    }
    return numbers;
  }
}
