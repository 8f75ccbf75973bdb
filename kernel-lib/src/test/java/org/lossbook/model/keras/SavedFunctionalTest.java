package org.lossbook.model.keras;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lossbook.config.Config;
import org.lossbook.io.Json;
import org.lossbook.model.Blueprint;
import org.lossbook.model.Functional;
import org.lossbook.model.Model;
import org.lossbook.network.Network;

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

    assertThatThrownBy(
            () -> NetworkReader.read(Json.object(model.formatted(p, q, "p")), Blueprint::of))
        .hasMessageContaining("its layers form a cycle or lead nowhere");
    assertThatThrownBy(
            () -> NetworkReader.read(Json.object(model.formatted(p, q, "x")), Blueprint::of))
        .hasMessageContaining("it has a value that no layer computes");
    assertThatThrownBy(
            () -> NetworkReader.read(Json.object(model.formatted(p, p, "p")), Blueprint::of))
        .hasMessageContaining("it has two layers p");
    String scaled = layer.formatted("q", tensor.formatted("p"), "\"scale\":true");
    assertThatThrownBy(
            () -> NetworkReader.read(Json.object(model.formatted(p, scaled, "p")), Blueprint::of))
        .hasMessageContaining("q is called with scale, which Lossbook does not support");
  }

  @Test
  void aMaskThatItsValueDoesNotHaveIsRefused() {
    String call =
        "{\"args\":[%s],\"kwargs\":{\"mask\":%s}}"
            .formatted(TENSOR.formatted("d"), TENSOR.formatted("u"));
    String node =
        NODE.formatted("keras.layers", "Dense", "\"units\":1,\"name\":\"o\"", null, "o", call);
    assertThatThrownBy(() -> network(node))
        .hasMessageContaining(
            "o is called with a mask of its own, and Lossbook only has those of embedding(…).maskZero() and masking(…)");
  }

  private static final String TENSOR =
      "{\"class_name\":\"__keras_tensor__\",\"config\":{\"keras_history\":[\"%s\",0,0]}}";
  private static final String NODE =
      "{\"module\":\"%s\",\"class_name\":\"%s\",\"config\":{%s},\"registered_name\":%s,\"name\":\"%s\",\"inbound_nodes\":[%s]}";

  /** A model of two inputs, u and v, one dense layer, d, and a node, the output. */
  private static Network network(String node) {
    String input = "\"batch_shape\":[null,3],\"name\":\"%s\"";
    String dense = "\"units\":3,\"name\":\"d\"";
    String call = "{\"args\":[" + TENSOR.formatted("u") + "],\"kwargs\":{}}";
    String layers =
        Stream.of(
                NODE.formatted("keras.layers", "InputLayer", input.formatted("u"), null, "u", ""),
                NODE.formatted("keras.layers", "InputLayer", input.formatted("v"), null, "v", ""),
                NODE.formatted("keras.layers", "Dense", dense, null, "d", call),
                node)
            .collect(Collectors.joining(","));
    return NetworkReader.read(
        Json.object(
            "{\"class_name\":\"Functional\",\"config\":{\"layers\":[%s],\"input_layers\":{\"b\":[\"v\",0,0],\"a\":[\"u\",0,0]},\"output_layers\":[[\"o\",0,0]]}}"
                .formatted(layers)),
        Blueprint::of);
  }

  private static String operation(String name, String args) {
    return NODE.formatted(
        "keras.src.ops.numpy",
        name,
        "\"name\":\"o\"",
        "\"" + name + "\"",
        "o",
        "{\"args\":[" + args + "],\"kwargs\":{}}");
  }

  @Test
  void operationsThatAreLayersAreReadAsThese() {
    String both = TENSOR.formatted("d") + "," + TENSOR.formatted("v");

    assertThat(network(operation("Multiply", both)).nodes().get(1).layer().kind())
        .isEqualTo("multiply");
    assertThat(network(operation("Add", both)).inputs().stream().map(Network.Source::name))
        .as("inputs by the order of their keys")
        .containsExactly("u", "v");
    String relu =
        operation("Relu", TENSOR.formatted("s"))
            + ","
            + operation("Subtract", both).replace("\"o\"", "\"s\"");
    assertThat(network(relu).nodes().get(2).layer().activation().kerasName()).isEqualTo("relu");
  }

  @ParameterizedTest
  @CsvSource({
    "Add, 'x,3', 1, 3", "Add, '3.0,x', 1, 3",
    "Subtract, 'x,3', 1, -3", "Subtract, '3,x', -1, 3",
    "Multiply, 'x,0.25', 0.25, 0", "Multiply, '2,x', 2, 0",
    "TrueDivide, 'x,4', 0.25, 0", "Divide, 'x,4', 0.25, 0"
  })
  void anOperationWithANumberIsReadAsRescaling(
      String name, String args, double scale, double offset) {
    String both = TENSOR.formatted("d") + "," + TENSOR.formatted("v");
    String code =
        operation(name, args.replace("x", TENSOR.formatted("s")))
            + ","
            + operation("Add", both).replace("\"o\"", "\"s\"");

    Config read = network(code).nodes().get(2).layer().config().orElseThrow();

    assertThat(read.className()).isEqualTo("Rescaling");
    assertThat(read.settings()).containsEntry("scale", scale).containsEntry("offset", offset);
  }

  @Test
  void aNumberDividedByAValueIsNoRescaling() {
    assertThatThrownBy(() -> network(operation("TrueDivide", "4," + TENSOR.formatted("d"))))
        .hasMessageStartingWith("o is not a layer but the operation");
  }

  @Test
  void anOperationInTheCodeOfAModelIsNamedAndWhatToDoAboutIt() {
    String clipped = operation("Maximum", TENSOR.formatted("d") + ",2.0");

    assertThatThrownBy(() -> network(clipped))
        .hasMessage(
            "o is not a layer but the operation maximum with 2.0 in the model's code, such as x ** 2, and Lossbook only reads layers. In Keras, save the part before it,"
                + " keras.Model(model.inputs, model.get_layer(\"…\").output), and compute the rest"
                + " from what it predicts");
    assertThatThrownBy(() -> network(operation("Power", TENSOR.formatted("d") + ",2")))
        .hasMessageStartingWith("o is not a layer but the operation Power in the model's code");
  }

  @Test
  void aModelOfAClassOfItsOwnIsNamedAndWhatToDoAboutIt() {
    for (String config : List.of("{}", "{\"layers\":[]}", "null", "{\"size\":3}")) {
      String model =
          "{\"module\":null,\"class_name\":\"Net\",\"config\":%s,\"registered_name\":\"Net\"}";
      assertThatThrownBy(
              () -> NetworkReader.read(Json.object(model.formatted(config)), Blueprint::of))
          .hasMessageStartingWith(
              "it is a model of the class Custom>Net, whose layers are Python code and not in the"
                  + " file. In Keras, save keras.Model(x, model.call(x)) instead");
    }
  }

  @Test
  void aSequentialModelWithoutAnInputTakesTheShapeItWasBuiltFor() {
    String model =
        "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[{\"class_name\":\"Dense\",\"config\":{\"units\":2}}]%s}}";

    assertThat(
            NetworkReader.read(
                    Json.object(model.formatted(",\"build_input_shape\":[null,5]")), Blueprint::of)
                .inputShapes()
                .get(0))
        .containsExactly(5);
    assertThatThrownBy(() -> NetworkReader.read(Json.object(model.formatted("")), Blueprint::of))
        .hasMessageContaining("it was saved before it was built: in Keras, put keras.Input(shape)");
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
