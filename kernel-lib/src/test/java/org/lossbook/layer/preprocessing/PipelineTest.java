package org.lossbook.layer.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.centerCrop;
import static org.lossbook.Lossbook.conv2d;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.loadModel;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.pipeline;
import static org.lossbook.Lossbook.randomFlip;
import static org.lossbook.Lossbook.rescaling;
import static org.lossbook.Lossbook.sequential;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.data.Values;
import org.lossbook.layer.Layer;
import org.lossbook.model.Model;

class PipelineTest {
  @TempDir Path folder;

  private static Values images() {
    float[] x = new float[2 * 6 * 8 * 3];
    for (int i = 0; i < x.length; i++) {
      x[i] = i * 37 % 101 / 101f;
    }
    return Values.of(x, 2, 6, 8, 3);
  }

  private static Model model(Layer... first) {
    List<Layer> layers = new ArrayList<>(List.of(input(6, 8, 3)));
    layers.addAll(List.of(first));
    layers.add(conv2d(2, 3));
    layers.add(flatten());
    layers.add(dense(2));
    return sequential(layers.toArray(Layer[]::new)).seed(1).compile(adam(), mse());
  }

  @Test
  void itComputesWhatItsLayersDoOneAfterTheOther() {
    try (Model one = model(pipeline(randomFlip(), rescaling(2), centerCrop(4, 6)));
        Model each = model(randomFlip(), rescaling(2), centerCrop(4, 6))) {
      assertThat(one.predictValues(images()).toFloats())
          .isEqualTo(each.predictValues(images()).toFloats());
      one.fit(images(), new double[2][2], epochs(2).quiet());
      assertThat(one.predictValues(images()).toFloats())
          .isNotEqualTo(each.predictValues(images()).toFloats());
    }
  }

  @Test
  void aFileHoldsItsLayersAsKerasDoes() {
    Layer pipeline = pipeline(randomFlip(), rescaling(2, -1), centerCrop(4, 6));
    try (Model model = model(pipeline)) {
      String file = folder.resolve("pipeline.keras").toString();
      float[] before = model.predictValues(images()).toFloats();
      model.save(file);
      String config = new String(entry(file, "config.json"), StandardCharsets.UTF_8);
      JsonObject saved =
          JsonParser.parseString(config)
              .getAsJsonObject()
              .getAsJsonObject("config")
              .getAsJsonArray("layers")
              .get(1)
              .getAsJsonObject();
      assertThat(saved.get("class_name").getAsString()).isEqualTo("Pipeline");
      assertThat(saved.getAsJsonObject("config").keySet()) // Keras's takes nothing else
          .containsExactlyInAnyOrder("name", "layers");
      try (Model again = loadModel(file)) {
        assertThat(again.predictValues(images()).toFloats()).isEqualTo(before);
        assertThat(again.summary().toString()).contains("pipeline");
      }
    }
  }

  private static byte[] entry(String file, String name) {
    try (ZipFile zip = new ZipFile(file)) {
      return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void layersWithWeightsAndNoLayersAreRefused() {
    assertThatThrownBy(() -> model(pipeline(rescaling(2), conv2d(2, 1))))
        .hasMessageContaining("pipeline expects layers without weights but receives conv2d(2, 1")
        .hasMessageEndingWith("which has some: put it into the model itself.");
    assertThatThrownBy(() -> pipeline())
        .hasMessage(
            "pipeline expects one layer or more but receives none: write pipeline(randomFlip(), rescaling(2)).");
    assertThatThrownBy(() -> pipeline(rescaling(2), null)).hasMessageContaining("receives null");
  }
}
