package org.lossbook.testing;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import org.lossbook.data.Values;
import org.lossbook.model.Model;

/**
 * Numbers that follow from a name, the same as in {@code applications.py}, so that millions of
 * weights need no file.
 */
public final class PortableNoise {
  private PortableNoise() {}

  /** Numbers from -1 to 1. */
  public static float[] of(String name, int count) {
    var crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    long first = crc.getValue();
    float[] noise = new float[count];
    for (int i = 0; i < count; i++) {
      long hash = (first + i) * 0x9E3779B97F4A7C15L;
      hash = (hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L;
      noise[i] = (float) ((hash >>> 40) / 0x1p23 - 1);
    }
    return noise;
  }

  /**
   * Sets all weights of a model.
   *
   * @param scales the size of the moving statistics, by layer
   */
  public static void weights(Model model, Map<String, Float> scales) {
    for (String name : model.weightNames()) {
      int[] shape = model.weightValues(name).shape();
      String layer = name.substring(0, name.lastIndexOf('/'));
      // Keras names a weight by its layer alone, however deep that is within other models.
      String own = layer.substring(layer.lastIndexOf('/') + 1);
      String weight = name.substring(name.lastIndexOf('/') + 1);
      float[] values = of(own + "/" + weight, model.weightValues(name).size());
      float scale = scales.getOrDefault(own, 1f);
      for (int i = 0; i < values.length; i++) {
        values[i] =
            switch (weight) {
              case "moving_variance" -> (1 + 0.3f * values[i]) * scale;
              case "moving_mean" -> 0.3f * values[i] * (float) Math.sqrt(scale);
              case "gamma", "variance" -> 1 + 0.3f * values[i];
              case "kernel", "pointwise_kernel", "depthwise_kernel" ->
                  values[i] * (float) Math.sqrt(6f / inputs(weight, shape));
              default -> 0.1f * values[i];
            };
      }
      model.weights(name, Values.of(values, shape));
    }
  }

  private static int inputs(String weight, int[] shape) {
    int inputs = 1;
    for (int i = 0; i < shape.length - (weight.startsWith("depthwise") ? 2 : 1); i++) {
      inputs *= shape[i];
    }
    return inputs;
  }
}
