package org.lossbook.model.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.concatenate;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.embedding;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.hashing;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.integerLookup;
import static org.lossbook.Lossbook.loadModel;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.model;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.stringLookup;
import static org.lossbook.Lossbook.textInput;
import static org.lossbook.Lossbook.textVectorization;
import static org.lossbook.Lossbook.vector;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.io.Archive;
import org.lossbook.io.HdfReader;
import org.lossbook.model.Model;
import org.lossbook.testing.Golden;

/** Files of models that read texts: Keras's, whose vocabularies lie beside the config, and ours. */
class SavedTextsTest {
  @TempDir Path folder;

  static Stream<Golden.Case> cases() {
    return Golden.cases("text_models");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aModelThatKerasSavedPredictsTheSameAndIsSavedAgain(Golden.Case golden)
      throws URISyntaxException {
    var file =
        Path.of(
            SavedTextsTest.class
                .getResource("/golden/texts/" + golden.text("name") + ".keras")
                .toURI());
    List<Object> inputs = new ArrayList<>();
    golden.json().getAsJsonArray("x").forEach(each -> inputs.add(samples(each.getAsJsonArray())));
    Object x = inputs.size() == 1 ? inputs.get(0) : inputs;
    double[] expected = golden.tensor("y").data();
    Path again = folder.resolve("again.keras");
    try (Model model = loadModel(file)) {
      double[] predicted = model.predictValues(x).toDoubles();
      assertThat(predicted).hasSize(expected.length);
      for (int i = 0; i < expected.length; i++) {
        assertThat(predicted[i]).isCloseTo(expected[i], within(1e-5));
      }
      model.save(again);
      try (Model same = loadModel(again)) {
        assertThat(same.predictValues(x).toDoubles()).containsExactly(predicted);
      }
    }
  }

  private static Path hdf5(String name) throws URISyntaxException {
    return Path.of(SavedTextsTest.class.getResource("/golden/texts/" + name + ".h5").toURI());
  }

  @Test
  void anHdf5FileHasAVocabularyThatWasGiven() throws URISyntaxException {
    Golden.Case golden =
        cases().filter(each -> each.text("name").equals("given")).findFirst().orElseThrow();
    Object x = samples(golden.json().getAsJsonArray("x").get(0).getAsJsonArray());
    try (Model model = loadModel(hdf5("given"))) {
      assertThat(model.predictValues(x).toDoubles())
          .containsExactly(golden.tensor("y").data(), within(1e-5));
    }
  }

  /** Keras itself reads a layer from it that knows no word. */
  @Test
  void anHdf5FileWithoutItsVocabularySaysHowToSaveIt() throws URISyntaxException {
    Path file = hdf5("words");
    assertThatThrownBy(() -> loadModel(file))
        .hasMessageContaining("words.h5 cannot be loaded: the vocabulary of text_vectorization")
        .hasMessageContaining(
            " is not in it, as Keras writes one that was adapted to no .h5 file. In Python save the model with"
                + " model.save(\"model.keras\").");
  }

  @Test
  void aModelOfTextsGoesOnFromItsFile() {
    List<String> texts = List.of("a good film", "bad", "é 😀 good");
    double[] y = {1, 0, 1};
    Path file = folder.resolve("texts.keras");
    try (var model =
        sequential(
                textVectorization(20).sequenceLength(4).ngrams(2).adapt(texts),
                embedding(20, 3),
                flatten(),
                dense(1))
            .compile(adam(), mse())) {
      model.fit(texts, y, epochs(2).seed(1).quiet());
      model.save(file);
      try (Model loaded = loadModel(file)) {
        assertThat(loaded.predictValues(texts)).isEqualTo(model.predictValues(texts));
        model.fit(texts, y, epochs(2).quiet());
        loaded.fit(texts, y, epochs(2).quiet());
        assertThat(loaded.predictValues(texts)).isEqualTo(model.predictValues(texts));
      }
    }
  }

  @Test
  void everyLayerOfTextsAndCategoriesIsInAFile() {
    var colour = textInput();
    var kinds = textInput(2);
    var number = input(1);
    Path file = folder.resolve("all.keras");
    List<Object> x =
        List.of(
            List.of("red", "blue"), new String[][] {{"a", ""}, {"b", "b"}}, matrix(row(7), row(8)));
    try (var model =
        model(
                List.of(colour, kinds, number),
                dense(2)
                    .of(
                        concatenate()
                            .of(
                                stringLookup()
                                    .numOovIndices(3)
                                    .salt(4, 5)
                                    .outputMode("one_hot")
                                    .adapt("red", "red", "green")
                                    .of(colour),
                                hashing(5).maskValue("").salt(3).outputMode("count").of(kinds),
                                integerLookup()
                                    .maskToken(0)
                                    .outputMode("tf_idf")
                                    .adapt(vector(7, 9, 9))
                                    .of(number))))
            .build()) {
      model.save(file);
      try (Model loaded = loadModel(file)) {
        assertThat(loaded.predictValues(x)).isEqualTo(model.predictValues(x));
      }
    }
  }

  @Test
  void howRareTokensAreStandsWhereKerasLooksForIt() {
    Path file = folder.resolve("rare.keras");
    Path weights = folder.resolve("rare.h5");
    try (var model =
        sequential(
                textVectorization(9).outputMode("tf_idf").padToMaxTokens().adapt("a b", "a"),
                dense(1))
            .build()) {
      model.save(file);
    }
    try (var archive = new Archive(file)) {
      archive.extract("model.weights.h5", weights);
    }
    try (var numbers = new HdfReader(weights, "rare")) {
      assertThat(numbers.arrays("layers"))
          .contains(
              "layers/text_vectorization/vars/idf_weights",
              "layers/text_vectorization/_lookup_layer/vars/idf_weights");
      assertThat(numbers.isArray("layers/text_vectorization/vars/idf_weights", 9)).isTrue();
    }
  }

  @Test
  void aFunctionOfOnesOwnIsNotSaved() {
    try (var model =
        sequential(
                textVectorization()
                    .standardize(text -> text.strip())
                    .outputMode("count")
                    .adapt("a"),
                dense(1))
            .build()) {
      assertThatThrownBy(() -> model.save(folder.resolve("own.keras")))
          .hasMessageContaining(
              "save expects layers that a file can hold but text_vectorization, text_vectorization of 2 tokens, is not one");
    }
  }

  /** Texts or numbers, alone or in rows. */
  private static Object samples(JsonArray json) {
    JsonElement first =
        json.get(0).isJsonArray() ? json.get(0).getAsJsonArray().get(0) : json.get(0);
    if (!first.getAsJsonPrimitive().isString()) {
      double[][] rows = new double[json.size()][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = Golden.doubles(json.get(i));
      }
      return rows;
    }
    String[][] rows = new String[json.size()][];
    for (int i = 0; i < rows.length; i++) {
      List<String> row = new ArrayList<>();
      if (json.get(i).isJsonArray()) {
        json.get(i).getAsJsonArray().forEach(each -> row.add(each.getAsString()));
      } else {
        row.add(json.get(i).getAsString());
      }
      rows[i] = row.toArray(String[]::new);
    }
    return rows;
  }
}
