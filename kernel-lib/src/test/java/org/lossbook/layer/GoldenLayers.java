package org.lossbook.layer;

import com.google.gson.JsonObject;
import org.lossbook.engine.Activation;
import org.lossbook.testing.Golden;

/** Says the layers of the golden files in this library's words. */
public final class GoldenLayers {
  private GoldenLayers() {}

  public static Layer layer(Golden.Case golden) {
    JsonObject settings = golden.object("settings");
    return switch (golden.text("layer")) {
      case "dense" ->
          activated(
              new Dense(settings.get("units").getAsInt()).useBias(flag(settings, "use_bias")),
              settings);
      case "conv2d" -> activated(conv2d(settings), settings);
      case "max_pooling2d" ->
          pooling(
              new MaxPooling2d(
                  pair(settings, "pool_size", 2)[0], pair(settings, "pool_size", 2)[1]),
              settings);
      case "average_pooling2d" ->
          pooling(
              new AveragePooling2d(
                  pair(settings, "pool_size", 2)[0], pair(settings, "pool_size", 2)[1]),
              settings);
      case "global_average_pooling2d" -> kept(new GlobalAveragePooling2d(), settings);
      case "global_max_pooling2d" -> kept(new GlobalMaxPooling2d(), settings);
      case "batch_normalization" ->
          new BatchNormalization()
              .momentum(number(settings, "momentum", 0.99))
              .epsilon(number(settings, "epsilon", 1e-3))
              .scale(flag(settings, "scale"))
              .center(flag(settings, "center"));
      case "activation" -> new ActivationLayer(settings.get("activation").getAsString());
      case "leaky_relu" ->
          new ActivationLayer("linear").leakyRelu(number(settings, "negative_slope", 0.3));
      case "elu" -> new ActivationLayer("linear").elu(number(settings, "alpha", 1));
      case "gelu" ->
          new ActivationLayer(
              settings.has("approximate") && settings.get("approximate").getAsBoolean()
                  ? new Activation(Activation.Kind.GELU_TANH, 0)
                  : Activation.GELU);
      case "flatten" -> new Flatten();
      case "reshape" -> new Reshape(Golden.ints(settings.get("target_shape")));
      default -> throw new AssertionError("no word for " + golden.text("layer"));
    };
  }

  private static Conv2d conv2d(JsonObject settings) {
    int[] kernel = pair(settings, "kernel_size", 0);
    int[] strides = pair(settings, "strides", 1);
    int[] dilation = pair(settings, "dilation_rate", 1);
    Conv2d layer =
        new Conv2d(settings.get("filters").getAsInt(), kernel[0], kernel[1])
            .strides(strides[0], strides[1])
            .dilation(dilation[0], dilation[1])
            .groups((int) number(settings, "groups", 1))
            .useBias(flag(settings, "use_bias"));
    return same(settings) ? layer.same() : layer;
  }

  private static <L extends Pooling2d<L>> L pooling(L layer, JsonObject settings) {
    L sized = same(settings) ? layer.same() : layer;
    if (!settings.has("strides")) {
      return sized;
    }
    int[] strides = pair(settings, "strides", 1);
    return sized.strides(strides[0], strides[1]);
  }

  private static <L extends LayerWithActivation<L>> L activated(L layer, JsonObject settings) {
    return settings.has("activation")
        ? layer.activation(settings.get("activation").getAsString())
        : layer;
  }

  private static boolean same(JsonObject settings) {
    return settings.has("padding") && settings.get("padding").getAsString().equals("same");
  }

  private static boolean flag(JsonObject settings, String name) {
    return !settings.has(name) || settings.get(name).getAsBoolean();
  }

  private static double number(JsonObject settings, String name, double otherwise) {
    return settings.has(name) ? settings.get(name).getAsDouble() : otherwise;
  }

  private static int[] pair(JsonObject settings, String name, int otherwise) {
    if (!settings.has(name)) {
      return new int[] {otherwise, otherwise};
    }
    int[] values = Golden.ints(settings.get(name));
    return values.length == 1 ? new int[] {values[0], values[0]} : values;
  }

  private static Layer kept(GlobalPooling2d<?> pooling, JsonObject settings) {
    return settings.has("keepdims") ? pooling.keepdims() : pooling;
  }
}
