package org.lossbook.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import org.junit.jupiter.api.Test;
import org.lossbook.data.Dataset;
import org.lossbook.model.Model;
import org.lossbook.training.fit.FitTest;

class PicturesTest {
  /** Two images: one dark, one bright; the model calls bright what is brighter than a half. */
  private static final float[][][][] X = {{{{0.1f}, {0.1f}}}, {{{0.9f}, {0.9f}}}, {{{1}, {1}}}};

  private static Model brightness() {
    var model =
        sequential(input(1, 2, 1), flatten(), dense(2).softmax())
            .compile(sgd(), sparseCategoricalCrossentropy(), accuracy());
    model.weights("dense/kernel", matrix(row(-1, 1), row(-1, 1)));
    model.weights("dense/bias", vector(1, -1));
    return model;
  }

  @Test
  void theConfusionMatrixCountsWhichClassWasTakenForWhich() {
    Dataset data = Dataset.of(X, vector(0, 1, 0));
    try (var model = brightness()) {
      var figure = confusionMatrix(model, data);

      assertThat(figure.mimeBundle()).containsKey("image/png");
      var classified = Classification.of("test", model, data);
      assertThat(classified.predicted()).containsExactly(0, 1, 1);
      assertThat(classified.isMistake(2)).isTrue();
      assertThat(model.evaluate(data).get("accuracy")).isEqualTo(2 / 3.0);
    }
  }

  @Test
  void imagesShowMistakesAndTheWorstComeFirst() {
    Dataset data = Dataset.of(X, vector(1, 1, 0));
    try (var model = brightness()) {
      assertThat(images(data, 2).mimeBundle()).containsKey("image/png");
      assertThat(images(data, 3, model).toString()).contains("0, is 1");
      assertThat(worst(data, 1, model).toString()).contains("1, is 0").doesNotContain("0, is 1");
      assertThatThrownBy(() -> worst(Dataset.of(X, vector(0, 1, 1)), 12, model))
          .hasMessageStartingWith("worst expects a mistake to show but the model makes none");
    }
  }

  @Test
  void ofLogitsTheWorstIsWhereTheTruthHasTheLeastShareNotTheLeastNumber() {
    var loss = sparseCategoricalCrossentropy().fromLogits();
    try (var model = sequential(input(1, 2, 1), flatten(), dense(2)).compile(sgd(), loss)) {
      model.weights("dense/kernel", matrix(row(4, 6), row(4, 6)));
      model.weights("dense/bias", vector(-4, -4));

      // logits (−3.2, −2.8), (3.2, 6.8), (4, 8)
      var classified = Classification.of("test", model, Dataset.of(X, vector(0, 0, 0)));
      assertThat(classified.confidence())
          .containsExactly(new float[] {0.401312f, 0.026597f, 0.017986f}, within(1e-5f));
    }
  }

  @Test
  void whatIsNotThereIsAnswered() {
    Dataset data = Dataset.of(X, vector(1, 1, 0));
    try (var model = brightness()) {
      assertThatThrownBy(() -> images(null, 2))
          .hasMessageStartingWith("images expects a dataset but receives null:");
      assertThatThrownBy(() -> images(data, 0))
          .hasMessageStartingWith("images expects 1 picture or more but receives 0:");
      assertThatThrownBy(() -> worst(data, -1, model))
          .hasMessageStartingWith("worst expects 1 picture or more but receives -1:");
      assertThatThrownBy(() -> worst(data, 1, null))
          .hasMessageStartingWith("worst expects a model but receives null:");
      assertThatThrownBy(() -> confusionMatrix(model, null))
          .hasMessageStartingWith("confusionMatrix expects a dataset but receives null:");
      assertThatThrownBy(() -> rocCurve(model, null))
          .hasMessageStartingWith("rocCurve expects a dataset but receives null:");
      assertThatThrownBy(() -> report(null, data))
          .hasMessageStartingWith("report expects a model but receives null:");
      assertThatThrownBy(() -> landscape(model, null))
          .hasMessageStartingWith("landscape expects a dataset but receives null:");
    }
  }

  @Test
  void oneOutputTellsTwoClassesApart() {
    try (var model =
        sequential(input(1, 2, 1), flatten(), dense(1).sigmoid())
            .compile(sgd(), binaryCrossentropy())) {
      model.weights("dense/kernel", vector(1, 1));
      model.weights("dense/bias", vector(-1));

      var classified = Classification.of("test", model, Dataset.of(X, vector(0, 0, 1)));
      assertThat(classified.predicted()).containsExactly(0, 1, 1);
      assertThat(classified.confidence()[1]).isLessThan(0.5f);
    }
  }

  @Test
  void targetsWithoutClassesAndSamplesThatAreNoImagesAreAnswered() {
    try (var model = brightness()) {
      assertThatThrownBy(() -> confusionMatrix(model, Dataset.of(X, vector(0.5, 1, 0))))
          .hasMessageStartingWith("confusionMatrix expects labels 0 to 1");
      assertThatThrownBy(
              () ->
                  confusionMatrix(
                      model, Dataset.of(X, new double[][] {{1, 2, 3}, {1, 2, 3}, {1, 2, 3}})))
          .hasMessageContaining("but the targets are rows of 3");
      assertThatThrownBy(() -> images(FitTest.points(3, 1), 2))
          .hasMessageStartingWith("images expects samples [height, width, channels]");
    }
  }

  @Test
  void aModelAndItsSpecificationAreDrawnAlike() {
    var network = sequential(input(1, 2, 1), flatten(), dense(2).softmax());
    try (var model = network.compile(sgd(), mse())) {
      assertThat(model.plot().alt()).isEqualTo(network.plot().alt()).isNotBlank();
      assertThat(model.plot().svg()).isPresent();
      assertThat(model).hasToString("model of 2 layers, 6 parameters, sgd, mse");
    }
  }
}
