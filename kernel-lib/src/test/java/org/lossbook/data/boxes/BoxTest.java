package org.lossbook.data.boxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.testing.Golden;
import org.lossbook.testing.JavadocExamples;

class BoxTest {
  static Stream<Golden.Case> golden() {
    return Golden.cases("detections");
  }

  private static List<List<Box>> images(JsonElement given) {
    List<List<Box>> images = new ArrayList<>();
    for (JsonElement image : given.getAsJsonArray()) {
      List<Box> boxes = new ArrayList<>();
      for (JsonElement row : image.getAsJsonArray()) {
        double[] n = Golden.doubles(row);
        boxes.add(box(n[0], n[1], n[2], n[3]).label((int) n[4]).score(n[5]));
      }
      images.add(boxes);
    }
    return images;
  }

  @ParameterizedTest
  @MethodSource("golden")
  void averagePrecisionIsThatOfPascalVoc(Golden.Case each) {
    var json = each.json();
    Detections found =
        detections(images(json.get("truth")), images(json.get("found")))
            .atIou(json.get("threshold").getAsDouble());
    assertThat(found.meanAveragePrecision())
        .isCloseTo(json.get("mean").getAsDouble(), within(1e-12));
    each.object("each")
        .asMap()
        .forEach(
            (label, want) ->
                assertThat(found.averagePrecision(Integer.parseInt(label)))
                    .isCloseTo(want.getAsDouble(), within(1e-12)));
  }

  @Property(tries = 300)
  void iouAndGiouAreThoseOfTheLosses(
      @ForAll @DoubleRange(max = 1) double x,
      @ForAll @DoubleRange(max = 1) double y,
      @ForAll @DoubleRange(min = 0.1, max = 1) double wide,
      @ForAll @DoubleRange(min = 0.1, max = 1) double tall) {
    Box one = box(0.2, 0.3, 0.8, 0.9);
    Box other = box(x, y, x + wide, y + tall);
    assertThat(one.iou(other)).isCloseTo(1 - iou().of(row(one), row(other)), within(1e-5));
    assertThat(one.giou(other)).isCloseTo(1 - giou().of(row(one), row(other)), within(1e-5));
    assertThat(boxIoU().of(row(one), row(other))).isCloseTo(one.iou(other), within(1e-5));
    assertThat(other.iou(one)).isCloseTo(one.iou(other), within(1e-12));
    assertThat(other.inPixels(64, 32).iou(one.inPixels(64, 32)))
        .isCloseTo(one.iou(other), within(1e-9));
    assertThat(other.inPixels(64, 32).inUnits(64, 32).x2()).isCloseTo(other.x2(), within(1e-12));
  }

  private static double[][] row(Box box) {
    return new double[][] {box.values().toDoubles()};
  }

  @Test
  void aBoxThatIsFoundTwiceIsRightOnce() {
    var y = List.of(List.of(box(0, 0, 2, 2)));
    var yHat = List.of(List.of(box(0, 0, 2, 2).score(0.9), box(0, 0, 2, 2).score(0.8)));
    Detections found = detections(y, yHat);
    assertThat(found.precision()).isEqualTo(0.5);
    assertThat(found.recall()).isEqualTo(1);
    assertThat(found.meanAveragePrecision()).isEqualTo(1);
    assertThat(found.toString()).contains("IoU of 0.5", "true boxes");
    assertThat(found.mimeBundle().get("text/html")).contains("<table");
    assertThat(detections(y, List.of(List.<Box>of())).meanAveragePrecision()).isZero();
    assertThat(detections(List.of(List.<Box>of()), yHat).meanAveragePrecision()).isNaN();
  }

  @Test
  void whatDoesNotFitIsRefusedWithAFix() {
    assertThatThrownBy(() -> box(2, 0, 1, 1)).hasMessageContaining("x₁ ≤ x₂");
    assertThatThrownBy(() -> box(0, Double.NaN, 1, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> box(0, 0, 1, 1).label(-1)).hasMessageContaining("from 0");
    assertThatThrownBy(() -> box(0, 0, 1, 1).inUnits(0, 4)).hasMessageContaining("1 or more");
    assertThatThrownBy(() -> detections(List.of(), List.of(List.of())))
        .hasMessageContaining("receives 0 and 1");
    assertThatThrownBy(() -> detections(List.of(), List.of()).atIou(0))
        .hasMessageContaining("0.5 is usual");
    assertThatThrownBy(() -> boxIoU().of(matrix(row(box(0, 0, 1, 1))[0]), matrix(new double[3])))
        .hasMessageContaining("dense(4)");
    assertThatThrownBy(() -> boxes(makeMoons(10), 4)).hasMessageContaining("makeBoxes(100)");
    assertThatThrownBy(() -> makeBoxes(10).side(20)).hasMessageContaining("40 to 1,024");
    assertThatThrownBy(() -> makeBoxes(10).digits(makeMoons(10)))
        .hasMessageContaining("[28, 28, 1]");
  }

  @Property(tries = 20)
  void theBoxHoldsTheInkAndNoMore(@ForAll @IntRange(min = 1, max = 1000) int seed) {
    var made = makeBoxes(3, seed).side(60);
    for (int i = 0; i < 3; i++) {
      Box box = made.box(i).inPixels(60, 60);
      float[] pixels = made.x().rows(i, i + 1).toArray();
      int[] around = {60, 60, 0, 0};
      for (int p = 0; p < pixels.length; p++) {
        if (pixels[p] >= 0.2f) {
          around[0] = Math.min(around[0], p % 60);
          around[1] = Math.min(around[1], p / 60);
          around[2] = Math.max(around[2], p % 60 + 1);
          around[3] = Math.max(around[3], p / 60 + 1);
        }
      }
      double[] corners = Arrays.stream(around).asDoubleStream().toArray();
      assertThat(box.values().toDoubles()).containsExactly(corners, within(1e-4));
    }
  }

  @Test
  void aNetworkFindsTheDigitAndTheFigureShowsIt() {
    var split = makeBoxes(600, 1).split(0.8, 1);
    try (var model =
        sequential(
                input(48, 48, 1),
                conv2d(8, 5).strides(2).relu(),
                conv2d(16, 5).strides(2).relu(),
                flatten(),
                dense(4))
            .seed(1)
            .compile(adam().learningRate(0.002), mse(), boxIoU())) {
      model.fit(split.train(), epochs(15).quiet());
      assertThat(model.evaluate(split.test()).get("box_iou")).isGreaterThan(0.5);
      assertThat(boxes(split.test(), 8, model).alt())
          .contains("8 images with true and predicted boxes");
    }
    assertThat(boxes(split.test(), 1).alt()).isEqualTo("1 image with its true box");
    assertThat(box(0, 0, 2, 2).plot(box(1, 0, 3, 2)).alt()).contains("0.333");
    assertThat(makeBoxes(2).digits(syntheticDigits(20, 1)).x().shape())
        .containsExactly(2, 48, 48, 1);
  }

  @Test
  void theJavadocExamplesAreTrue() throws IOException {
    JavadocExamples.check(Path.of("src/main/java/org/lossbook/data/boxes"), 5);
  }
}
