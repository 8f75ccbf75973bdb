package org.lossbook.model.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lossbook.io.Json;
import org.lossbook.model.Blueprint;
import org.lossbook.network.Network;

/** What Keras wrote over the years before its third version is the same network today. */
class Keras2NetworkTest {
  private static final String INPUT =
      "{'class_name': 'InputLayer', 'name': 'x', 'inbound_nodes': [], 'config':"
          + " {'batch_input_shape': [null, 4], 'dtype': 'float32', 'sparse': false, 'name': 'x'}}";

  @Test
  void layersInARowWereAListUntilKeras22() {
    String first = dense("a", 3, "'batch_input_shape': [null, 4],");
    Network network =
        read("{'class_name': 'Sequential', 'config': [" + first + "," + dense("b", 2, "") + "]}");

    assertThat(network.isSequential()).isTrue();
    assertThat(network.inputShapes().get(0)).containsExactly(4);
    assertThat(names(network)).containsExactly("a", "b");
  }

  @Test
  void aShapeThatIsLearntLateStandsBesideTheLayers() {
    Network network =
        read(
            "{'class_name': 'Sequential', 'config': {'name': 's', 'build_input_shape': [null, 7],"
                + " 'layers': ["
                + dense("a", 3, "")
                + "]}}");

    assertThat(network.inputShapes().get(0)).containsExactly(7);
    assertThatThrownBy(
            () ->
                read(
                    "{'class_name': 'Sequential', 'config': {'layers': ["
                        + dense("a", 3, "")
                        + "]}}"))
        .hasMessageStartingWith("its first layer has no input shape");
  }

  @ParameterizedTest
  @CsvSource({"Model, 1, 2", "Functional, 1, 2", "Sequential, 1, 2", "Sequential, 0, 1"})
  void aModelWithinCountsItsOwnFirstUseOrNot(String className, int first, int second) {
    String row =
        "'layers': ["
            + (first == 0 ? "" : INPUT + ",")
            + dense("inner", 4, first == 0 ? "'batch_input_shape': [null, 4]," : "", "x", 0)
            + "], 'input_layers': [['x', 0, 0]], 'output_layers': [['inner', 0, 0]]";
    String model =
        "{'class_name': '%s', 'name': 'm', 'config': {'name': 'm', %s}, 'inbound_nodes': [[['x', 0, 0, {}]], [['m', %d, 0, {}]]]}"
            .formatted(className, row, first);
    Network network =
        read(
            branching(
                model + "," + dense("out", 1, "", "m", second),
                "['out', 0, 0], ['m', " + first + ", 0]"));

    assertThat(names(network)).containsExactly("m", "m", "out");
    assertThat(network.outputs()).extracting(Network.Output::value).containsExactly(3, 1);
  }

  @Test
  void slashesInNamesBecomeWhatAFileOfNowMayHave() {
    Network network =
        read(
            branching(
                dense("block/a", 3, "", "x", 0) + "," + dense("b", 1, "", "block/a", 0),
                "['b', 0, 0]"));

    assertThat(names(network)).containsExactly("block_a", "b");
  }

  @Test
  void settingsOfEarlierVersionsMeanWhatTheyMeant() {
    Network network =
        read(
            "{'class_name': 'Sequential', 'config': {'layers': [{'class_name': 'Dense', 'config':"
                + " {'name': 'a', 'batch_input_shape': [null, 4], 'units': 3, 'activation':"
                + " 'softmax_v2', 'dtype': {'class_name': 'Policy', 'config': {'name': 'float32'}},"
                + " 'kernel_regularizer': {'class_name': 'L1L2', 'config': {'l1': 0.0, 'l2':"
                + " 0.009999999776482582}}, 'kernel_constraint': {'class_name': 'max_norm',"
                + " 'config': {'max_value': 2, 'axis': 0}}}},{'class_name': 'BatchNormalizationV1',"
                + " 'config': {'name': 'n', 'axis': [1], 'momentum': 0.99, 'fused': true, 'renorm':"
                + " false, 'virtual_batch_size': null, 'adjustment': null}},{'class_name':"
                + " 'LeakyReLU', 'config': {'name': 'l', 'alpha': {'type': 'ndarray', 'value':"
                + " 0.25}}}]}}");

    assertThat(network.penalty("a/kernel").l2()).isEqualTo(0.01);
    assertThat(network.nodes().get(0).layer().activation().kerasName()).isEqualTo("softmax");
    assertThat(network.nodes().get(2).layer().activation().alpha()).isEqualTo(0.25f);
  }

  @Test
  void whatIsNoLayerOrOfKeras1IsNamed() {
    assertThatThrownBy(
            () ->
                read(
                    "{'class_name': 'Sequential', 'config': [{'class_name': 'Convolution2D',"
                        + " 'config': {'name': 'c', 'nb_filter': 3, 'batch_input_shape': [null, 4,"
                        + " 4, 1]}}]}"))
        .hasMessage(
            "c has the setting nb_filter of Keras 1: in Python load it with Keras 2.15 and save it"
                + " again");
    assertThatThrownBy(
            () ->
                read(
                    branching(
                        "{'class_name': 'Add', 'name': 'add', 'config': {'name': 'add'},"
                            + " 'inbound_nodes': [[['_CONSTANT_VALUE', -1, 2.0, {}]]]}",
                        "['add', 0, 0]")))
        .hasMessageContaining("add")
        .hasMessageContaining("is called with a constant");
    assertThatThrownBy(() -> read(branching("3", "['add', 0, 0]")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void howItWasCompiledReadsAsToday() {
    Map<String, Object> config =
        Keras2Training.translated(
            Json.object(
                """
                {"optimizer_config": {"class_name": "Adam", "config": {"lr": 0.009999999776482582, "decay": 0.1,
                "epsilon": null}}, "loss": "kullback_leibler_divergence", "metrics": ["logcosh"],
                "sample_weight_mode": null}\
                """),
            List.of("a", "b"));

    assertThat(config.get("loss")).isEqualTo(List.of("kl_divergence", "kl_divergence"));
    assertThat(config.get("metrics")).isEqualTo(List.of(List.of("log_cosh"), List.of("log_cosh")));
    Map<String, Object> settings =
        Json.object("config", Json.object("optimizer", config.get("optimizer")).get("config"));
    assertThat(settings).containsOnlyKeys("epsilon", "learning_rate");
    assertThat(Json.object("rate", settings.get("learning_rate")))
        .containsEntry("class_name", "InverseTimeDecay")
        .containsEntry(
            "config", Map.of("initial_learning_rate", 0.01, "decay_steps", 1L, "decay_rate", 0.1));
  }

  @ParameterizedTest
  @CsvSource({
    "2.2.4-tf, true",
    "2.15.0, true",
    "1.2.2, true",
    "3.0.5, false",
    "3.15.1, false",
    ", true"
  })
  void itsVersionSaysWhoseWordsAreInIt(String version, boolean isKeras2) {
    assertThat(Keras2Layer.isOf(Optional.ofNullable(version))).isEqualTo(isKeras2);
  }

  private static List<String> names(Network network) {
    return network.nodes().stream().map(Network.Node::name).toList();
  }

  private static String dense(String name, int units, String more) {
    return "{'class_name': 'Dense', 'config': {%s 'name': '%s', 'units': %d, 'activation': 'relu'}}"
        .formatted(more, name, units);
  }

  private static String dense(String name, int units, String more, String from, int use) {
    String layer = dense(name, units, more);
    return layer.substring(0, layer.length() - 1)
        + ", 'name': '%s', 'inbound_nodes': [[['%s', %d, 0, {}]]]}".formatted(name, from, use);
  }

  private static String branching(String layers, String outputs) {
    return "{'class_name': 'Model', 'config': {'name': 'model', 'layers': [%s, %s], 'input_layers': [['x', 0, 0]], 'output_layers': [%s]}}"
        .formatted(INPUT, layers, outputs);
  }

  private static Network read(String json) {
    return NetworkReader.read(
        Keras2Files.inKeras3Form(Json.object(json.replace('\'', '"')), Optional.of("2.4.0")),
        Blueprint::of);
  }
}
