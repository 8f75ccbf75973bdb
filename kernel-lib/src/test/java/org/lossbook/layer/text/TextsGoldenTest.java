package org.lossbook.layer.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.layer.saved.LayerRegistry.LAYERS;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.layer.Layer;
import org.lossbook.testing.Golden;

/** Layers of texts and categories find the vocabulary that Keras finds, and give its numbers. */
class TextsGoldenTest {
  static Stream<Golden.Case> cases() {
    return Golden.cases("texts");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsAndGivesWhatKerasDoes(Golden.Case golden) {
    Layer layer = Golden.read(LAYERS, golden.text("layer"), golden.object("settings"));
    JsonElement data = golden.json().get("data");
    boolean isAdapted = golden.json().has("vocabulary");
    Layer adapted = isAdapted ? adapted(layer, given(data)) : layer;

    if (isAdapted) {
      assertThat(vocabulary(adapted).stream().map(String::valueOf))
          .containsExactlyElementsOf(texts(golden.json().getAsJsonArray("vocabulary")));
    }
    requireGives(adapted, golden);
    requireGives(LAYERS.read(adapted.config().orElseThrow()), golden);
  }

  private static void requireGives(Layer layer, Golden.Case golden) {
    Golden.Values expected = golden.tensor("y");
    Values given = applied(layer, given(golden.json().get("asked")));
    assertThat(given.shape()).containsExactly(expected.shape());
    double[] numbers = given.toDoubles();
    for (int i = 0; i < numbers.length; i++) {
      assertThat(numbers[i])
          .as("number %d", i)
          .isCloseTo(expected.data()[i], within(1e-6 * Math.max(1, Math.abs(numbers[i]))));
    }
  }

  private static Layer adapted(Layer layer, Object data) {
    if (layer instanceof TextVectorization texts) {
      return texts.adapt(data);
    }
    return layer instanceof StringLookup texts
        ? texts.adapt(data)
        : ((IntegerLookup) layer).adapt(data);
  }

  private static List<?> vocabulary(Layer layer) {
    return layer instanceof TextVectorization texts
        ? texts.vocabulary()
        : ((IndexLookup<?, ?>) layer).vocabulary();
  }

  private static Values applied(Layer layer, Object given) {
    if (layer instanceof TextVectorization texts) {
      return texts.apply(given);
    }
    if (layer instanceof StringLookup texts) {
      return texts.apply(given);
    }
    return layer instanceof Hashing hashing
        ? hashing.apply(given)
        : ((IntegerLookup) layer).apply(given);
  }

  /** Lists of texts, or arrays of numbers. */
  private static Object given(JsonElement json) {
    JsonArray rows = json.getAsJsonArray();
    JsonElement first =
        rows.get(0).isJsonArray() ? rows.get(0).getAsJsonArray().get(0) : rows.get(0);
    if (first.getAsJsonPrimitive().isString()) {
      List<Object> all = new ArrayList<>();
      rows.forEach(
          row -> all.add(row.isJsonArray() ? texts(row.getAsJsonArray()) : row.getAsString()));
      return all;
    }
    double[][] numbers = new double[rows.size()][];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Golden.doubles(rows.get(i));
    }
    return numbers;
  }

  private static List<String> texts(JsonArray json) {
    List<String> all = new ArrayList<>();
    json.forEach(each -> all.add(each.getAsString()));
    return all;
  }
}
