package org.lossbook.model.keras;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.lossbook.config.Config;
import org.lossbook.io.HdfWriter;

/**
 * How rare the tokens of a vocabulary are, which Keras keeps among the weights, beside the config.
 *
 * @param path of the layer in the file
 */
record TokenWeights(String path, Config config) {
  /** The name of the array, which Keras does not number. */
  static final String NAME = "idf_weights";

  void addTo(HdfWriter file) {
    if (!(config.get(NAME).orElse(List.of()) instanceof List<?> weights) || weights.isEmpty()) {
      return;
    }
    boolean isPadded = config.get("pad_to_max_tokens").equals(Optional.of(true));
    Object most = config.get("max_tokens").orElse(0);
    int length = isPadded && most instanceof Number number ? number.intValue() : weights.size();
    add(file, path, length, weights);
    if (config.className().equals("TextVectorization")) { // once more, in the lookup within it
      add(file, path + "/_lookup_layer", length, weights);
    }
  }

  private static void add(HdfWriter file, String path, int length, List<?> weights) {
    file.array(
        path + "/vars/" + NAME,
        HdfWriter.Kind.FLOAT,
        new int[] {length},
        out -> {
          ByteBuffer bytes =
              ByteBuffer.allocate(Float.BYTES * length).order(ByteOrder.LITTLE_ENDIAN);
          weights.forEach(each -> bytes.putFloat(((Number) each).floatValue()));
          out.write(bytes.array());
        });
  }
}
