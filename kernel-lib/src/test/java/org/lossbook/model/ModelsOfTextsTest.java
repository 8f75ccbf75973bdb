package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.augment;
import static org.lossbook.Lossbook.batch;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.concatenate;
import static org.lossbook.Lossbook.dataset;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.gradientCheck;
import static org.lossbook.Lossbook.hashing;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.makeReviews;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.model;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sample;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.stream;
import static org.lossbook.Lossbook.stringLookup;
import static org.lossbook.Lossbook.textInput;
import static org.lossbook.Lossbook.textVectorization;
import static org.lossbook.Lossbook.vector;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Dataset;
import org.lossbook.layer.text.TextVectorization;

/** Models whose samples are texts. */
class ModelsOfTextsTest {
  private static final List<String> TEXTS = List.of("a good film", "bad", "good good", "");
  private static final TextVectorization COUNTS =
      textVectorization().outputMode("count").adapt(TEXTS);

  private static Sequential counting() {
    return sequential(COUNTS, dense(1).sigmoid()).seed(1);
  }

  @Test
  void aModelPredictsTextsAsTheNumbersThatItsFirstLayerMakes() {
    try (var model = counting().build();
        var same = sequential(input(5), dense(1).sigmoid()).seed(1).build()) {
      double[] expected = same.predictValues(COUNTS.apply(TEXTS)).toDoubles();

      assertThat(expected[0]).isNotEqualTo(expected[1]);
      assertThat(model.predictValues(TEXTS).toDoubles()).containsExactly(expected);
      assertThat(model.predictValues(TEXTS.toArray(String[]::new)).toDoubles())
          .containsExactly(expected);
      assertThat(model.predictValues("bad").toDoubles()).containsExactly(expected[1]);
      Dataset data = dataset(TEXTS, vector(1, 0, 1, 0));
      assertThat(model.predictValues(data).toDoubles()).containsExactly(expected);
      assertThat(model.predictValues(data.x().rows(1, 3)).toDoubles())
          .containsExactly(expected[1], expected[2]);
    }
  }

  @Test
  void aModelLearnsReviews() {
    var split = makeReviews(1_000, 42).split(0.8, 1);
    try (var model =
        sequential(
                textVectorization(500)
                    .ngrams(2)
                    .outputMode("multi_hot")
                    .adapt(split.train().x().texts()),
                dense(1).sigmoid())
            .compile(adam().learningRate(0.02), binaryCrossentropy(), accuracy())) {
      model.fit(split.train(), epochs(8).batchSize(32).validation(split.test()).seed(1).quiet());

      assertThat(model.history().last("val_accuracy")).isGreaterThan(0.88);
      assertThat(model.evaluate(split.test()).get("accuracy")).isGreaterThan(0.88);
      assertThat(model.predictValues("The plot was brilliant. I loved it!").get(0))
          .isGreaterThan(0.5);
    }
  }

  @Test
  void trainingOnTextsIsTrainingOnTheirNumbers() {
    try (var model = counting().compile(adam(), binaryCrossentropy());
        var same =
            sequential(input(5), dense(1).sigmoid())
                .seed(1)
                .compile(adam(), binaryCrossentropy())) {
      double[] y = {1, 0, 1, 0};
      var options = epochs(3).batchSize(3).validation(TEXTS, y).seed(5).quiet();
      model.fit(TEXTS, y, options);
      same.fit(
          COUNTS.apply(TEXTS),
          y,
          epochs(3).batchSize(3).validation(COUNTS.apply(TEXTS), y).seed(5).quiet());

      assertThat(model.weightValues("dense/kernel")).isEqualTo(same.weightValues("dense/kernel"));
      assertThat(model.history().last("val_loss")).isEqualTo(same.history().last("val_loss"));
      assertThat(model.evaluate(TEXTS, y).get("loss"))
          .isEqualTo(same.evaluate(COUNTS.apply(TEXTS), y).get("loss"));
      assertThat(model.loss(TEXTS, y).value()).isEqualTo(same.loss(COUNTS.apply(TEXTS), y).value());
      for (Model each : List.of(model, same)) {
        each.fit(
            stream(List.of(batch(each == model ? TEXTS : COUNTS.apply(TEXTS), y))),
            epochs(1).seed(5).quiet());
      }
      assertThat(model.weightValues("dense/kernel")).isEqualTo(same.weightValues("dense/kernel"));
      assertThat(gradientCheck(model, TEXTS, y).toString()).contains("dense/kernel");
    }
  }

  @Test
  void textsOfSeveralInputsStandBesideNumbers() {
    var words = textInput();
    var colours = textInput(2);
    var x = input(2);
    try (var model =
        model(
                List.of(words, x, colours),
                dense(1)
                    .of(
                        concatenate()
                            .of(
                                COUNTS.of(words),
                                x,
                                stringLookup()
                                    .outputMode("multi_hot")
                                    .vocabulary("red", "green")
                                    .of(colours))))
            .compile(adam(), mse())) {
      model.weights("dense/kernel", vector(1, 10, 100, 1000, 1e4, 0.5, 0.25, 7, 70, 700));
      List<Object> samples =
          List.of(
              TEXTS.subList(0, 2),
              matrix(row(1, 2), row(4, 8)),
              new String[][] {{"red", "green"}, {"blue", "red"}});
      double[] predicted = model.predictValues(samples).toDoubles();
      double[] counts = COUNTS.apply(TEXTS.subList(0, 2)).toDoubles();
      double[] factors = {1, 10, 100, 1000, 1e4};
      for (int i = 0; i < 2; i++) {
        double sum = i == 0 ? 1 + 770 : 4 + 77;
        for (int j = 0; j < 5; j++) {
          sum += factors[j] * counts[5 * i + j];
        }
        assertThat(predicted[i]).isCloseTo(sum, within(1e-3));
      }
      Dataset data = dataset(samples, vector(1, 2));
      assertThat(model.predictValues(data).toDoubles()).containsExactly(predicted);
      assertThat(model.predictValues(data.concat(data).rows(2, 4)).toDoubles())
          .containsExactly(predicted);
      assertThat(data.x().texts())
          .containsExactly("a good film", "red", "green", "bad", "blue", "red");
      model.fit(data.shuffled(3), epochs(1).quiet());
    }
  }

  @Test
  void withoutALengthAModelTakesTextsOfAnyLength() {
    var words = textVectorization().adapt(TEXTS);
    try (var model = sequential(words, hashing(3).outputMode("count"), dense(1)).build()) {
      double[] whole = model.predictValues(List.of("good film", "bad bad")).toDoubles();
      assertThat(model.predictValues("bad bad").get(0)).isEqualTo(whole[1]);
    }
  }

  @Test
  void aStreamOfSamplesMayBeOfTexts() {
    try (var model = counting().compile(adam(), binaryCrossentropy())) {
      var samples = List.of(sample("a good film", 1), sample("bad", 0), sample("", 0));

      assertThat(samples.get(0)).hasToString("sample texts [], target []");
      assertThat(model.evaluate(stream(samples)).get("loss"))
          .isCloseTo(
              model.evaluate(List.of("a good film", "bad", ""), vector(1, 0, 0)).get("loss"),
              within(1e-6));
      assertThatThrownBy(
              () -> model.evaluate(stream(List.of(sample("a", 1), sample(vector(1, 2), 0)))))
          .hasMessageContaining("receives [2] in x after texts []");
    }
  }

  @Test
  void aDatasetOfTextsIsReadLikeAnyOther() {
    Dataset data = dataset(TEXTS, vector(1, 0, 1, 0));

    assertThat(data).hasToString("4 texts, 2 classes");
    assertThat(data.rows(1, 3).x().texts()).containsExactly("bad", "good good");
    assertThat(data.concat(data.rows(0, 1)).x().rows(3, 5).texts())
        .containsExactly("", "a good film");
    assertThat(data.shuffled(1).x().texts()).containsExactlyInAnyOrderElementsOf(TEXTS);
    assertThat(data.take(1).x()).hasToString("[a good film]");
    assertThatThrownBy(() -> data.x().toArray()).hasMessageContaining("texts() has them");
    assertThatThrownBy(() -> data.map(x -> x)).hasMessageContaining("receives texts");
    assertThatThrownBy(() -> data.augmented(augment().noise(1)))
        .hasMessageContaining("receives texts");
    for (Object given : List.of(data, data.x(), data.rows(0, 4))) {
      assertThat(textVectorization().adapt(given).vocabulary())
          .isEqualTo(textVectorization().adapt(TEXTS).vocabulary());
    }
  }

  @Test
  void reviewsAreTheSameOnEveryMachineAndHalfOfThemArePositive() {
    var reviews = makeReviews(100, 42);

    assertThat(reviews.x().rows(0, 2).texts())
        .isEqualTo(makeReviews(100).seed(42).x().texts().subList(0, 2));
    assertThat(reviews.x().texts()).isNotEqualTo(makeReviews(100, 43).x().texts());
    assertThat(reviews).hasToString("100 texts, 2 classes");
    float[] labels = reviews.y().toArray();
    float sum = 0;
    for (float label : labels) {
      sum += label;
    }
    assertThat(sum).isEqualTo(50);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal(
            () -> counting().build().predict(matrix(row(1, 2))),
            "predict expects texts but receives numbers: give List.of(\"a good film\", \"a bad one\"), a text a sample."),
        refusal(
            () -> sequential(input(1), dense(1)).build().predict("good"),
            "predict expects numbers but receives texts: begin the model with textVectorization(…).adapt(texts), or make numbers of them with its apply(…)."),
        refusal(
            () ->
                sequential(input(1), dense(1))
                    .compile(adam(), mse())
                    .fit(TEXTS, vector(1, 0, 1, 0), epochs(1).quiet()),
            "fit expects numbers but receives texts: begin the model with textVectorization(…).adapt(texts), or make numbers of them with its apply(…)."),
        refusal(
            () -> counting().compile(adam(), mse()).evaluate(vector(1, 2), vector(1, 2)),
            "evaluate expects texts but receives numbers: give List.of(\"a good film\", \"a bad one\"), a text a sample."),
        refusal(
            () -> dense(3).of(textInput()),
            "dense expects numbers but receives texts: put textVectorization(…) between them."),
        refusal(
            () -> sequential(textInput(), dense(3)),
            "dense expects numbers but receives texts from input: put textVectorization(…) between them."),
        refusal(
            () -> sequential(input(5), dense(3), COUNTS),
            "text_vectorization expects texts but receives numbers [batch, 3]: put it right behind textInput()."),
        refusal(
            () -> sequential(textVectorization(), dense(3)),
            "text_vectorization expects a vocabulary but receives none yet: measure it with adapt(…), or give it with vocabulary(…)."),
        refusal(
            () -> sequential(textInput(3), COUNTS, dense(3)),
            "text_vectorization expects one text a sample but receives rows of 3: join them, or take split(\"none\") where they are tokens already."),
        refusal(
            () -> {
              var x = textInput();
              model(x, concatenate().of(COUNTS.of(x), hashing(3).of(x)));
            },
            "input expects one layer to read its texts but receives text_vectorization and hashing: make a textInput() for each."),
        refusal(
            () -> sequential(input(5), counting()),
            "sequential expects numbers where it is a layer, but reads texts: put its layer of texts before it, and make it of the layers behind."),
        refusal(
            () -> counting().build().predict(List.of("good", 3)),
            "predict expects texts but receives a Integer at 1: give text alone."),
        refusal(
            () -> dataset(TEXTS, vector(1, 2)),
            "dataset expects a target for each sample but receives 4 samples [4, 1] and 2 targets [2]: give equally many."));
  }

  private static Arguments refusal(Runnable call, String message) {
    return Arguments.of(message, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void whatDoesNotFitIsSaidAndWhatToDo(String message, Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
