package org.lossbook.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.Lossbook;
import org.lossbook.config.Config;
import org.lossbook.formula.Expr;
import org.lossbook.layer.activation.ActivationLayer;
import org.lossbook.layer.convolution.Conv1d;
import org.lossbook.layer.convolution.Conv1dTranspose;
import org.lossbook.layer.convolution.Conv2d;
import org.lossbook.layer.convolution.Conv2dTranspose;
import org.lossbook.layer.convolution.Conv3d;
import org.lossbook.layer.convolution.Conv3dTranspose;
import org.lossbook.layer.convolution.DepthwiseConv1d;
import org.lossbook.layer.convolution.DepthwiseConv2d;
import org.lossbook.layer.convolution.SeparableConv1d;
import org.lossbook.layer.convolution.SeparableConv2d;
import org.lossbook.layer.core.Dense;
import org.lossbook.layer.merging.Concatenate;
import org.lossbook.layer.merging.Dot;
import org.lossbook.layer.normalization.BatchNormalization;
import org.lossbook.layer.normalization.GroupNormalization;
import org.lossbook.layer.normalization.LayerNormalization;
import org.lossbook.layer.normalization.RmsNormalization;
import org.lossbook.layer.normalization.SpectralNormalization;
import org.lossbook.layer.normalization.UnitNormalization;
import org.lossbook.layer.pooling.AdaptiveAveragePooling2d;
import org.lossbook.layer.pooling.AveragePooling2d;
import org.lossbook.layer.pooling.AveragePooling3d;
import org.lossbook.layer.pooling.GlobalAveragePooling1d;
import org.lossbook.layer.pooling.GlobalAveragePooling2d;
import org.lossbook.layer.pooling.GlobalMaxPooling2d;
import org.lossbook.layer.pooling.GlobalMaxPooling3d;
import org.lossbook.layer.pooling.MaxPooling1d;
import org.lossbook.layer.pooling.MaxPooling2d;
import org.lossbook.layer.preprocessing.CategoryEncoding;
import org.lossbook.layer.preprocessing.Discretization;
import org.lossbook.layer.preprocessing.Normalization;
import org.lossbook.layer.preprocessing.Rescaling;
import org.lossbook.layer.preprocessing.Resizing;
import org.lossbook.layer.reshaping.Reshape;
import org.lossbook.layer.rnn.Bidirectional;
import org.lossbook.layer.rnn.Gru;
import org.lossbook.layer.rnn.GruCell;
import org.lossbook.layer.rnn.Lstm;
import org.lossbook.layer.rnn.LstmCell;
import org.lossbook.layer.rnn.SimpleRnn;
import org.lossbook.layer.rnn.SimpleRnnCell;
import org.lossbook.layer.rnn.TimeDistributed;
import org.lossbook.layer.saved.LayerRegistry;
import org.lossbook.layer.weights.Constraint;
import org.lossbook.layer.weights.Regularizer;
import org.lossbook.model.Blueprint;
import org.lossbook.model.Model;

/** Every layer with a factory can be saved to a file and read back. */
class SavedLayersTest {
  /** The arguments of what a file can hold; a reader's own code is none. */
  private static final Set<Class<?>> SAVED =
      Set.of(int.class, double.class, String.class, int[].class, double[].class, Layer.class);

  /** Layers that have to fit together are among those below. */
  private static final List<Class<?>> TWO_LAYERS = List.of(Layer.class, Layer.class);

  private static final Config DENSE = Config.of("keras.layers", "Dense").with("units", 2);

  static Stream<Layer> layers() throws ReflectiveOperationException {
    List<Method> factories =
        Stream.of(Lossbook.class.getMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .filter(method -> Layer.class.isAssignableFrom(method.getReturnType()))
            .filter(method -> !Blueprint.class.isAssignableFrom(method.getReturnType()))
            .filter(method -> !Model.class.isAssignableFrom(method.getReturnType()))
            .filter(method -> !List.of(method.getParameterTypes()).equals(TWO_LAYERS))
            .filter(method -> SAVED.containsAll(List.of(method.getParameterTypes())))
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
                        ? (factory.getName().equals("randomPosterization") ? 4.0 : 0.25)
                        : type == Layer.class
                            ? (factory.getName().equals("bidirectional")
                                ? new Lstm(2)
                                : new Dense(2))
                            : type == double[].class
                                ? new double[] {0.25, 0.5}
                                : type == String.class
                                    ? (factory.getName().startsWith("random")
                                        ? "horizontal"
                                        : "relu")
                                    : type == UnaryOperator.class
                                        ? (UnaryOperator<Expr>) x -> x.cos()
                                        : new int[] {1})
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
        new Conv1d(4, 3).causal().strides(2).groups(2).relu(),
        new Conv3d(4, 3, 2, 1).strides(1, 2, 3).same().l2(0.5).maxNorm(3),
        new Conv1dTranspose(4, 3).strides(3).outputPadding(2).l1(0.5),
        new Conv3dTranspose(4, 3, 2, 1).strides(2, 3, 2).outputPadding(1, 2, 0),
        new DepthwiseConv1d(3).depthMultiplier(2).l1(0.5),
        new DepthwiseConv2d(3, 2).strides(2, 1).same().depthMultiplier(2).maxNorm(3).tanh(),
        new SeparableConv1d(4, 3).depthMultiplier(2).l2(0.5).dilation(2),
        new SeparableConv2d(4, 3, 2)
            .l2(0.5)
            .pointwiseRegularizer(Regularizer.l2(0.25))
            .pointwiseConstraint(Constraint.unitNorm())
            .useBias(false),
        new Conv2dTranspose(4, 3, 2).strides(2, 3).same().outputPadding(1, 2).relu(),
        new Conv2dTranspose(4, 3, 2).dilation(2, 3).useBias(false),
        new MaxPooling1d(3).strides(2).same(),
        new AveragePooling3d(3, 2, 1).strides(1, 2, 3),
        new GlobalAveragePooling1d().keepdims(),
        new GlobalMaxPooling3d().keepdims(),
        new AdaptiveAveragePooling2d(3, 2),
        new MaxPooling2d(3, 2).strides(1, 2).same(),
        new AveragePooling2d(3, 2).strides(2),
        new BatchNormalization().momentum(0.9).epsilon(1e-5).scale(false).center(false),
        new BatchNormalization().axis(1).gammaRegularizer(Lossbook.l2(0.1)),
        new LayerNormalization().axis(1, 2).epsilon(1e-5).scale(false),
        new LayerNormalization().axis(2).gammaConstraint(Lossbook.maxNorm(2)),
        new GroupNormalization(-1).axis(1).center(false).betaConstraint(Lossbook.nonNegative()),
        new RmsNormalization().axis(-1, -2).epsilon(0.1),
        new UnitNormalization().axis(1),
        new SpectralNormalization(new Dense(2).relu().named("within")).powerIterations(3),
        new Rescaling(new double[] {0.5, 2}, new double[] {1}),
        new Normalization().axis(1, 2).invert(),
        new Normalization().axis(),
        new Resizing(3, 4).interpolation("nearest").padToAspectRatio().fillValue(2),
        new Resizing(3, 4).cropToAspectRatio().antialias(),
        new Discretization(0.5, 1).outputMode("count"),
        new Discretization().numBins(3).epsilon(0.1).adapt(new double[] {1, 2, 3, 4, 5}),
        new CategoryEncoding(3).outputMode("one_hot"),
        new Normalization().mean(1, 2).variance(4),
        new Reshape(2, -1),
        new Lstm(3)
            .returnSequences()
            .returnState()
            .goBackwards()
            .unitForgetBias(false)
            .recurrentActivation("hard_sigmoid")
            .l2(0.5),
        new Lstm(3)
            .relu()
            .dropout(0.25)
            .recurrentDropout(0.5)
            .recurrentInitializer(Lossbook.ones()),
        new Gru(3).resetAfter(false).useBias(false).zeroOutputForMask().linear(),
        new LstmCell(3).unitForgetBias(false).dropout(0.25),
        Lossbook.rnn(new GruCell(3).resetAfter(false)).returnSequences().stateful(),
        Lossbook.rnn(List.of(new LstmCell(3), new SimpleRnnCell(2).named("upper"))).returnState(),
        new Bidirectional(new Gru(3).returnSequences()).mergeMode("none"),
        new Bidirectional(new Lstm(3), new Gru(3).goBackwards()).mergeMode("ave"),
        new TimeDistributed(new Conv2d(3, 2, 2).frozen()),
        new SimpleRnn(3).recurrentConstraint(Constraint.unitNorm()).activation("softsign"),
        new Concatenate().axis(2),
        new Dot().normalized(),
        new Dot().axes(2, -1),
        Lossbook.softmax(1, -1),
        Lossbook.permute(3, 1, 2),
        Lossbook.zeroPadding3d(1, 2, 3, 4, 5, 6),
        Lossbook.cropping2d(1, 2, 0, 0),
        Lossbook.upSampling2d(2, 3).interpolation("bilinear"),
        new GlobalAveragePooling2d().keepdims(),
        new GlobalMaxPooling2d().keepdims(),
        new ActivationLayer("leaky_relu").leakyRelu(0.3),
        new ActivationLayer("softmax"));
  }

  @ParameterizedTest
  @MethodSource({"layers", "refined"})
  void aLayerReadFromItsConfigIsEqual(Layer layer) {
    Config config = layer.config().orElseThrow();
    Layer read = LayerRegistry.LAYERS.read(config.with("name", "mine"));

    assertThat(LayerRegistry.LAYERS.classes()).contains(config.className());
    assertThat(read.name()).contains("mine");
    assertThat(read.config()).contains(config);
    assertThat(read).isExactlyInstanceOf(layer.getClass());
  }

  @Test
  void unknownLayersAndSettingsAreRejectedByName() {
    assertThatThrownBy(() -> LayerRegistry.LAYERS.read(Config.of("keras.layers", "Oracle")))
        .hasMessageStartingWith("Lossbook has no layer Oracle: it has [Activation,");
    assertThatThrownBy(() -> LayerRegistry.LAYERS.read(DENSE.with("lora_rank", 4)))
        .hasMessage(
            "Dense has the setting lora_rank = 4, which Lossbook does not support: remove it in Keras and save again.");
    assertThatThrownBy(() -> LayerRegistry.LAYERS.read(DENSE.with("activation", "firm_sigmoid")))
        .hasMessageContaining("for activation but the file says \"firm_sigmoid\"");
    assertThatThrownBy(
            () ->
                LayerRegistry.LAYERS.read(
                    DENSE.with("dtype", Config.of("keras", "DTypePolicy").with("name", "float16"))))
        .hasMessageContaining("Dense expects float32 for dtype but the file says \"float16\"");
    assertThatThrownBy(() -> LayerRegistry.LAYERS.read(Config.of("keras.layers", "Dense")))
        .hasMessageContaining("Dense expects a setting units but the file has none");
    assertThatThrownBy(() -> LayerRegistry.LAYERS.read(DENSE.with("units", "many")))
        .hasMessageContaining("Dense expects a whole number for units but the file says \"many\"");
    assertThatThrownBy(() -> LayerRegistry.LAYERS.read(DENSE.with("units", -3)))
        .hasMessageContaining("dense expects units of 1 or more but receives -3");
  }

  @Test
  void equivalentSettingsAreReadAlike() {
    Config normalization = Config.of("keras.layers", "BatchNormalization");
    Config softmax = Config.of("keras.layers", "Softmax");
    Config conv = Config.of("keras.layers", "Conv2D").with("filters", 2).with("kernel_size", 3);
    Config pooling = Config.of("keras.layers", "MaxPooling2D").with("pool_size", 2);

    for (Object last : List.of(-1, 3, List.of(3), List.of(-1))) {
      assertThat(LayerRegistry.LAYERS.read(normalization.with("axis", last)).outputShape(5, 5, 2))
          .containsExactly(5, 5, 2);
      assertThat(LayerRegistry.LAYERS.read(softmax.with("axis", last)).outputShape(5, 5, 2))
          .containsExactly(5, 5, 2);
      Layer read = LayerRegistry.LAYERS.read(conv.with("activation", softmax.with("axis", last)));
      assertThat(read.config()).isEqualTo(new Conv2d(2, 3, 3).softmax().config());
    }
    assertThat(LayerRegistry.LAYERS.read(conv.with("padding", "SAME")).config())
        .isEqualTo(new Conv2d(2, 3, 3).same().config());
    assertThat(
            LayerRegistry.LAYERS.read(pooling.with("strides", 2).with("padding", "Valid")).config())
        .isEqualTo(new MaxPooling2d(2, 2).config());
    for (Object axes : List.of(1, -1, List.of(1, 1), List.of(-1, 1), List.of(-1, -1))) {
      Config dot = Config.of("keras.layers", "Dot").with("axes", axes);
      assertThat(LayerRegistry.LAYERS.read(dot).outputShape(List.of(new int[] {4}, new int[] {4})))
          .containsExactly(1);
    }
    Config leaky = Config.of("keras.layers", "LeakyReLU");
    assertThat(LayerRegistry.LAYERS.read(leaky.with("alpha", 0.1)).config())
        .isEqualTo(new ActivationLayer("linear").leakyRelu(0.1).config());
    assertThat(LayerRegistry.LAYERS.read(leaky).config())
        .isEqualTo(new ActivationLayer("linear").leakyRelu(0.3).config());
    assertThat(LayerRegistry.LAYERS.read(DENSE.with("kernel_regularizer", "l2")).config())
        .isEqualTo(new Dense(2).l2(0.01).config());
    assertThat(LayerRegistry.LAYERS.read(DENSE.with("dtype", "mixed_float16")).config())
        .isEqualTo(new Dense(2).config());
  }

  @Test
  void anAxisThatThereIsNotIsRejectedOnceTheShapeIsKnown() {
    Config normalization = Config.of("keras.layers", "BatchNormalization");
    Config softmax = Config.of("keras.layers", "Softmax");

    assertThatThrownBy(() -> LayerRegistry.LAYERS.read(softmax.with("axis", -3)).outputShape(5, 2))
        .hasMessageContaining("softmax expects an axis of [batch, 5, 2] but receives -3");
    assertThatThrownBy(() -> LayerRegistry.LAYERS.read(normalization.with("axis", List.of(1, 2))))
        .hasMessageContaining("BatchNormalization expects one axis for axis but the file says");
    assertThatThrownBy(() -> LayerRegistry.LAYERS.read(softmax.with("axis", List.of(0, 2))))
        .hasMessageContaining("softmax expects axes of a sample but receives 0, the batch");
    assertThatThrownBy(
            () -> LayerRegistry.LAYERS.read(DENSE.with("activation", softmax.with("axis", 2))))
        .hasMessageContaining("softmax expects the last axis, -1 or 1, but the file says axis 2");
    assertThatThrownBy(
            () ->
                LayerRegistry.LAYERS.read(
                    Config.of("keras.layers", "Dot").with("axes", List.of(0, 1))))
        .hasMessageContaining(
            "dot expects an axis of samples, or one for each value, but receives [0, 1]");
  }

  @Test
  void layersThatGiveWholeNumbersMayHaveThemAsIntegersInAFile() {
    Config bins = Config.of("keras.layers", "Discretization").with("bin_boundaries", List.of(0.5));

    assertThat(LayerRegistry.LAYERS.read(bins.with("dtype", "int64")).outputShape(3))
        .containsExactly(3);
    assertThatThrownBy(() -> LayerRegistry.LAYERS.read(DENSE.with("dtype", "int64")))
        .hasMessageContaining("Dense expects float32 for dtype");
  }

  @Test
  void codeInAFileIsNeverRun() {
    Map<String, Object> code = Map.of("class_name", "__lambda__", "config", "4wEAAA==");

    assertThatThrownBy(
            () ->
                LayerRegistry.LAYERS.read(
                    Config.of("keras.layers", "Lambda").with("function", code)))
        .hasMessageContaining("Lambda is a layer with code of its own, which is never run");
    assertThatThrownBy(() -> LayerRegistry.LAYERS.read(DENSE.with("activation", code)))
        .hasMessageContaining("Dense expects the name of a function for activation");
  }
}
