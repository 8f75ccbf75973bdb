package org.lossbook.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.Lossbook;
import org.lossbook.config.Config;
import org.lossbook.model.Blueprint;

/** Every layer of the table of contents stands in a file, and comes back from there. */
class SavedLayersTest {
  private static final Config DENSE = Config.of("keras.layers", "Dense").with("units", 2);

  static Stream<Layer> layers() throws ReflectiveOperationException {
    List<Method> factories =
        Stream.of(Lossbook.class.getMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .filter(method -> Layer.class.isAssignableFrom(method.getReturnType()))
            .filter(method -> !Blueprint.class.isAssignableFrom(method.getReturnType()))
            .toList();
    assertThat(factories).hasSizeGreaterThan(10);
    var layers = Stream.<Layer>builder();
    for (Method factory : factories) {
      layers.add((Layer) factory.invoke(null, arguments(factory)));
    }
    return layers.build();
  }

  private static Object[] arguments(Method factory) {
    return Arrays.stream(factory.getParameterTypes())
        .map(
            type ->
                type == int.class
                    ? (Object) 2
                    : type == double.class
                        ? 0.25
                        : type == String.class ? "relu" : new int[] {4, 3})
        .toArray();
  }

  static Stream<Layer> refined() {
    return Stream.of(
        new Dense(3).useBias(false).leakyRelu(0.1),
        new Dense(3).elu(0.5),
        new Dense(3).gelu(),
        new Dense(3).swish(),
        new Conv2d(4, 3, 2).strides(2, 1).same().groups(2).softplus(),
        new Conv2d(4, 3, 2).dilation(2, 3).useBias(false),
        new MaxPooling2d(3, 2).strides(1, 2).same(),
        new AveragePooling2d(3, 2).strides(2),
        new BatchNormalization().momentum(0.9).epsilon(1e-5).scale(false).center(false),
        new Reshape(2, -1),
        new Concatenate().axis(2),
        new Dot().normalized(),
        new ActivationLayer("leaky_relu").leakyRelu(0.3),
        new ActivationLayer("softmax"));
  }

  @ParameterizedTest
  @MethodSource({"layers", "refined"})
  void itSaysItselfInAFileAndIsReadFromThere(Layer layer) {
    Config config = layer.config().orElseThrow();
    Layer read = SavedLayers.read(config.with("name", "mine"));

    assertThat(SavedLayers.classes()).contains(config.className());
    assertThat(read.name()).contains("mine");
    assertThat(read.config()).contains(config);
    assertThat(read).isExactlyInstanceOf(layer.getClass());
  }

  @Test
  void whatIsUnknownIsNamed() {
    assertThatThrownBy(() -> SavedLayers.read(Config.of("keras.layers", "LSTM")))
        .hasMessageStartingWith("LSTM is a layer that Lossbook has not: it has [Activation,");
    assertThatThrownBy(() -> SavedLayers.read(DENSE.with("lora_rank", 4)))
        .hasMessage(
            "Dense has the setting lora_rank = 4, which Lossbook has not: take it out in Keras and save again.");
    assertThatThrownBy(() -> SavedLayers.read(DENSE.with("activation", "hard_sigmoid")))
        .hasMessageContaining("for activation but the file says \"hard_sigmoid\"");
    assertThatThrownBy(
            () ->
                SavedLayers.read(
                    DENSE.with("dtype", Config.of("keras", "DTypePolicy").with("name", "float16"))))
        .hasMessageContaining("Dense expects float32 for dtype but the file says \"float16\"");
    assertThatThrownBy(() -> SavedLayers.read(Config.of("keras.layers", "Dense")))
        .hasMessageContaining("Dense expects a setting units but the file has none");
    assertThatThrownBy(() -> SavedLayers.read(DENSE.with("units", "many")))
        .hasMessageContaining("Dense expects a whole number for units but the file says \"many\"");
    assertThatThrownBy(() -> SavedLayers.read(DENSE.with("units", -3)))
        .hasMessageContaining("dense expects units of 1 or more but receives -3");
  }

  @Test
  void codeInAFileIsNeverRun() {
    Map<String, Object> code = Map.of("class_name", "__lambda__", "config", "4wEAAA==");

    assertThatThrownBy(
            () -> SavedLayers.read(Config.of("keras.layers", "Lambda").with("function", code)))
        .hasMessageContaining("Lambda is a layer with code of its own, which is never run");
    assertThatThrownBy(() -> SavedLayers.read(DENSE.with("activation", code)))
        .hasMessageContaining("Dense expects the name of a function for activation");
  }
}
