package org.lossbook.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.dataset;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.makeMoons;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.regionsFilm;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.vector;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Dataset;
import org.lossbook.model.Model;

class RegionsFilmTest {
  private static Model network() {
    return sequential(input(2), dense(16).tanh(), dense(1).sigmoid())
        .seed(1)
        .compile(adam().learningRate(0.02), binaryCrossentropy());
  }

  /** A network that has learned answers otherwise than before, and the last frame is its answer. */
  @Test
  void theRegionsMoveWhileItLearns() {
    Dataset data = makeMoons(200).noise(0.1).seed(1);
    Model model = network();
    var film = regionsFilm(model, data);
    model.fit(data, epochs(30).seed(1).quiet().callbacks(film));
    assertThat(film.epochs()).isEqualTo(IntStream.rangeClosed(0, 30).toArray());
    var frames = film.explore().frames();
    assertThat(frames.get(30).cells()).isNotEqualTo(frames.get(0).cells());
    assertThat(frames.get(30).figures()[0]).isLessThan(frames.get(1).figures()[0]);
    assertThat(frames.get(0).figures()[0]).isNaN();
    int columns = film.explore().columns();
    double[] x = film.explore().x();
    double[] y = film.explore().y();
    int rows = frames.get(30).cells().length / columns;
    for (int at : new int[] {0, 79, 2410, 4799}) {
      double right = x[0] + (at % columns + 0.5) / columns * (x[1] - x[0]);
      double up = y[0] + (at / columns + 0.5) / rows * (y[1] - y[0]);
      double p = model.predict(matrix(row(right, up))).getDouble(0);
      double sure = Math.abs(p - 0.5) * 2;
      int expected = (p > 0.5 ? 8 : 0) + (int) Math.round(sure * 7);
      assertThat(frames.get(30).cells()[at]).isEqualTo(expected);
    }
  }

  @Test
  void thePageHasEveryFrameAndStaysSmall() {
    Dataset data = makeMoons(1000).noise(0.1).seed(1);
    Model model = network();
    var film = regionsFilm(model, data);
    model.fit(data, epochs(150).seed(1).quiet().callbacks(film));
    assertThat(film.epochs()).hasSizeLessThanOrEqualTo(61).startsWith(0, 4, 8).endsWith(148, 150);
    var bundle = film.mimeBundle();
    assertThat(bundle.get("text/html"))
        .contains("<img", "Trust Notebook", "play")
        .hasSizeLessThan(300_000);
    assertThat(bundle).containsKey("image/png");
  }

  @Test
  void aFurtherFitContinuesIt() {
    Dataset data = makeMoons(50).noise(0.1).seed(1);
    Model model = network();
    var film = regionsFilm(model, data);
    assertThat(film).hasToString("regionsFilm(…): no frame yet");
    assertThatThrownBy(film::explore)
        .hasMessage(
            "explore expects a fit that was filmed but there was none: write model.fit(data, epochs(60).callbacks(film)) first.");
    model.fit(data, epochs(2).seed(1).quiet().callbacks(film));
    model.fit(data, epochs(3).seed(1).quiet().callbacks(film));
    assertThat(film.epochs()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(film).hasToString("regionsFilm(…): 6 frames, epoch 0 to 5");
    assertThat(film.plot().alt()).contains("after epoch 5");
  }

  @Test
  void aSampleOfThreeNumbersIsRefused() {
    Dataset data = dataset(matrix(row(1, 2, 3), row(4, 5, 6)), vector(0, 1));
    Model model = sequential(input(3), dense(1).sigmoid()).compile(adam(), binaryCrossentropy());
    assertThatThrownBy(() -> regionsFilm(model, data))
        .hasMessageStartingWith("regionsFilm expects samples of two numbers");
  }
}
