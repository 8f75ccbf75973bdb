package org.lossbook.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.plot.Pictures.decoded;
import static org.lossbook.plot.Pictures.parsed;
import static org.lossbook.plot.Pictures.pixels;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lossbook.plot.RankingFigure.Line;
import org.lossbook.plot.RankingFigure.Point;

class RankingFigureTest {
  private static Line line(String name, double area) {
    return new Line(name, new double[] {0, 0, 1}, new double[] {0, area, 1}, area, 0.25);
  }

  private static String words(Figure figure) {
    return parsed(figure.svg().orElseThrow()).getDocumentElement().getTextContent();
  }

  @Test
  void aSingleLineHasItsAreaItsThresholdAndWhatGuessingIs() {
    var figure =
        RankingFigure.roc(
            List.of(line("", 0.75)), Optional.of(new Point(0, 0.75, "threshold 0.5")));

    assertThat(figure.alt())
        .isEqualTo(
            "ROC curve: AUC 0.750; guessing: 0.5; at threshold 0.5: false positive rate 0.000, true positive rate 0.750.");
    assertThat(words(figure)).contains("AUC 0.750", "guessing: 0.5", "threshold 0.5");
    assertThat(pixels(decoded(figure), Role.PREDICTION.color(0))).isGreaterThan(300);
    assertThat(pixels(decoded(figure), Role.GUESSING.color(0))).isGreaterThan(100);
  }

  @Test
  void ofPrecisionGuessingHasTheShareOfYes() {
    var figure = RankingFigure.precisionRecall(List.of(line("", 0.9995)), Optional.empty());

    assertThat(figure.alt()).isEqualTo("Precision over recall: AUC 0.99950; guessing: 0.250.");
    assertThat(words(figure)).contains("AUC 0.99950", "guessing: 0.250");
  }

  @Test
  void ofManyClassesTheHardestAreDrawnAndOneThatNeverOccursIsNamed() {
    var lines =
        Stream.concat(
                IntStream.range(0, 12).mapToObj(i -> line("class " + i, 0.9 - i / 100.0)),
                Stream.of(line("nobody", Double.NaN)))
            .toList();
    var figure = RankingFigure.roc(lines, Optional.empty());

    assertThat(figure.alt())
        .startsWith(
            "ROC curve, the 7 hardest of 13 classes, by area; without nobody, which never occurs: class 11: 0.790, class 10: 0.800,")
        .doesNotContain("class 4:");
  }

  @Test
  void tenClassesAreAllDrawn() {
    var lines = IntStream.range(0, 10).mapToObj(i -> line("c" + i, 0.5 + i / 100.0)).toList();

    assertThat(RankingFigure.precisionRecall(lines, Optional.empty()).alt())
        .startsWith(
            "Precision over recall, each class against all others, with its area: c0: 0.500")
        .contains("c9: 0.590; guessing, on average.");
  }

  @Test
  void withoutALineThereIsNothingToDraw() {
    assertThatThrownBy(() -> RankingFigure.roc(List.of(line("", Double.NaN)), Optional.empty()))
        .hasMessage(
            "rocCurve expects positive and negative samples but receives only one kind: give it a dataset with both.");
  }

  @Test
  void aConfusionMatrixInPercentIsOfTheTrueClass() {
    var figure = ConfusionMatrix.inPercent(new int[][] {{999, 1}, {1, 3}}, List.of("no", "yes"));

    assertThat(figure.toString()).endsWith("\ntrue   no  yes\n  no 99.9  0.1\n yes   25   75");
    assertThat(words(figure)).contains("in percent of the true class", "25", "75");
  }
}
