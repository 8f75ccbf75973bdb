package org.lossbook.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lossbook.plot.TrainingView.Progress;
import org.w3c.dom.Document;

class TrainingViewTest {
  private static final Map<String, Double> METRICS = new LinkedHashMap<>();

  static {
    METRICS.put("loss", 0.07123);
    METRICS.put("accuracy", 0.97812);
  }

  /** The second of five epochs, with {@code points} of training loss so far. */
  static TrainingView midway(int points) {
    double[] x = IntStream.rangeClosed(1, points).mapToDouble(i -> 1.32 * i / points).toArray();
    double[] loss =
        IntStream.range(0, points).mapToDouble(i -> 2.3 / (1 + 20.0 * i / points)).toArray();
    double[] accuracy =
        IntStream.range(0, points).mapToDouble(i -> 1 - 0.9 / (1 + 20.0 * i / points)).toArray();
    var curves =
        List.of(
            Curves.of("Loss", "epoch", "loss")
                .with("training", Role.TRAINING, x, loss)
                .with("validation", Role.VALIDATION, new double[] {1}, new double[] {0.21}),
            Curves.of("Accuracy", "epoch", "accuracy")
                .with("training", Role.TRAINING, x, accuracy)
                .with("validation", Role.VALIDATION, new double[] {1}, new double[] {0.951}));
    return new TrainingView(new Progress(2, 5, 600, 1875, 8, 12.4), METRICS, curves);
  }

  @Test
  void inATerminalItIsOneLine() {
    assertThat(midway(10))
        .hasToString(
            "[=====>              ] epoch 2 of 5 · batch 600 of 1,875 · 12 s left · loss 0.0712 · accuracy 0.9781");
    assertThat(new TrainingView(new Progress(5, 5, 10, 10, 125, 0), METRICS, List.of()))
        .hasToString(
            "[====================] epoch 5 of 5 · batch 10 of 10 · done in 2 min 05 s · loss 0.0712 · accuracy 0.9781");
    assertThat(new TrainingView(new Progress(1, 5, 0, 10, 0, Double.NaN), Map.of(), List.of()))
        .hasToString("[>                   ] epoch 1 of 5 · batch 0 of 10 · starting");
    assertThat(new TrainingView(new Progress(2, 4, 5, 10, 8, -1), Map.of(), List.of()))
        .hasToString("[=======>            ] epoch 2 of 4 · batch 5 of 10 · stopped after 8 s");
  }

  @Test
  void inANotebookItHasAProgressBarTheMetricsAndTheCurvesWithTheirText() {
    String html = midway(200).mimeBundle().get("text/html");
    Document page = Pictures.parsed(html);

    assertThat(attribute(page, "progress", "value")).isEqualTo("0.264");
    assertThat(page.getDocumentElement().getTextContent())
        .contains("epoch 2 of 5", "12 s left", "accuracy 0.9781");
    assertThat(attribute(page, "img", "alt")).isEqualTo("Loss and Accuracy so far");
    Document svg = Pictures.parsed(svg(html));
    assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(4);
    assertThat(svg.getDocumentElement().getTextContent())
        .contains("Loss", "Accuracy", "training", "validation", "epoch");
  }

  @Test
  void anUpdateStaysSmallHoweverLongTheCurvesGrow() {
    assertThat(midway(100_000).mimeBundle().get("text/html").length()).isLessThan(20_000);
  }

  @Test
  void pointsLieOnTheCardAndANumberThatIsNoneIsAGap() {
    var loss =
        new Series(
            "training",
            Role.TRAINING,
            new double[] {1, 2, 3, 4},
            new double[] {1, Double.NaN, Double.POSITIVE_INFINITY, 0.5});
    String svg = Sparkline.svg(List.of(Curves.of("Loss", "epoch", "loss").with(loss)), 640);
    var points = Pattern.compile("points=\"([^\"]*)\"").matcher(svg);

    assertThat(points.find()).isTrue();
    assertThat(points.group(1)).isEqualTo("44.0,24.0 534.0,130.0 ");
  }

  @Test
  void aConstantLineAndASinglePointAreDrawnToo() {
    for (double value : new double[] {0, 1, -3, 1e-9}) {
      var flat =
          Curves.of("Loss", "epoch", "loss").with(Series.counted("training", Role.TRAINING, value));
      String svg = Sparkline.svg(List.of(flat), 640);

      Pictures.parsed(svg);
      assertThat(svg).contains("points=\"44.0,77.0 \"");
    }
  }

  @Test
  void theFirstMomentsOfALongRunDoNotPressTheRestFlat() {
    double[] x = new double[100];
    double[] y = new double[100];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
      y[i] = i < 5 ? 1000 : 2 - i / 99.0;
    }
    var curves = Curves.of("Loss", "epoch", "loss").with("training", Role.TRAINING, x, y);
    String svg = Sparkline.svg(List.of(curves), 640);
    assertThat(svg).contains(">1.000<", ">1.899<").doesNotContain(">1000<", ">1,000<");
    assertThat(svg).as("what lies above is cut off").contains("clip-path=\"url(#from44)\"");
    assertThat(svg).as("nor does it run along the edge").doesNotContain("44.0,24.0 ");
  }

  @Test
  void whatALogarithmCannotShowIsLeftOut() {
    var loss = Series.counted("training", Role.TRAINING, 0, -1, 0.1, 0.01);
    String svg =
        Sparkline.svg(List.of(Curves.of("Loss", "epoch", "loss").with(loss).logScale()), 640);

    assertThat(svg).contains("points=\"370.7,24.0 534.0,130.0 \"");
    var nothing =
        Curves.of("Loss", "epoch", "loss")
            .with(Series.counted("training", Role.TRAINING, 0, -1))
            .logScale();
    assertThat(new TrainingView(new Progress(1, 1, 1, 2, 1, 1), METRICS, List.of(nothing)))
        .extracting(view -> view.mimeBundle().get("text/html"))
        .asString()
        .doesNotContain("<img");
  }

  @Test
  void namesFromAReaderAreEscaped() {
    var curves = Curves.of("a < b & \"c\"", "x", "y").with(Series.counted("<i>", Role.LOSS, 1, 2));
    var view =
        new TrainingView(
            new Progress(1, 1, 1, 2, 1, 1), Map.of("<b>", 1.0), new ArrayList<>(List.of(curves)));
    String html = view.mimeBundle().get("text/html");

    assertThat(Pictures.parsed(html).getDocumentElement().getTextContent()).contains("<b> 1");
    assertThat(Pictures.parsed(svg(html)).getDocumentElement().getTextContent()).contains("<i>");
  }

  @Test
  void durationsReadAsPeopleSayThem() {
    assertThat(TrainingView.duration(7.6)).isEqualTo("8 s");
    assertThat(TrainingView.duration(125)).isEqualTo("2 min 05 s");
    assertThat(TrainingView.duration(3720)).isEqualTo("1 h 02 min");
  }

  static String svg(String html) {
    var base64 = Pattern.compile("base64,([^\"]*)").matcher(html);
    assertThat(base64.find()).isTrue();
    return new String(Base64.getDecoder().decode(base64.group(1)), StandardCharsets.UTF_8);
  }

  private static String attribute(Document page, String tag, String name) {
    return page.getElementsByTagName(tag).item(0).getAttributes().getNamedItem(name).getNodeValue();
  }
}
