package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.batchNormalization;
import static org.lossbook.Lossbook.conv2d;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.dropout;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.loadModel;
import static org.lossbook.Lossbook.maxPooling2d;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.data.Values;

/** Models in files: what is read is what was written. */
class SavedModelTest {
  @TempDir Path folder;

  @Test
  void aModelPredictsTheSameAfterwards() {
    try (Model model =
        sequential(
                input(6, 6, 1),
                conv2d(2, 3).relu().same().strides(2),
                batchNormalization(),
                maxPooling2d(2),
                flatten(),
                dropout(0.5),
                dense(4).leakyRelu(0.3),
                dense(3).softmax())
            .seed(1)
            .compile(adam(), sparseCategoricalCrossentropy())) {
      String file = folder.resolve("a.keras").toString();
      model.save(file);
      try (Model loaded = loadModel(file)) {
        float[] x = new float[72];
        for (int i = 0; i < 72; i++) {
          x[i] = i * 37 % 11 / 11f;
        }
        var samples = Values.of(x, 2, 6, 6, 1);
        assertThat(loaded.predictValues(samples).toFloats())
            .isEqualTo(model.predictValues(samples).toFloats());
      }
    }
  }
}
