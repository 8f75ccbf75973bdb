package org.lossbook.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.*;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers that move numbers along axes, where the data decides how many there are. */
class UnknownSizesOfAxesTest {
  private static final int ANY = anyLength();

  private static int[] shape(Layer layer, int[]... inputs) {
    return layer.outputShape(List.of(inputs));
  }

  private static int[] of(int... shape) {
    return shape;
  }

  @Test
  void whatIsNotFixedStaysSoAndTheRestIsKnown() {
    assertThat(shape(dense(5), of(ANY, 3))).containsExactly(ANY, 5);
    assertThat(shape(permute(2, 1), of(ANY, 3))).containsExactly(3, ANY);
    assertThat(shape(zeroPadding2d(1), of(ANY, 4, 3))).containsExactly(ANY, 6, 3);
    assertThat(shape(cropping1d(1), of(ANY, 3))).containsExactly(ANY, 3);
    assertThat(shape(upSampling2d(2), of(ANY, ANY, 3))).containsExactly(ANY, ANY, 3);
    assertThat(shape(reshape(-1, 3), of(ANY, 4, 3))).containsExactly(ANY, 3);
    assertThat(shape(softmax(1), of(ANY, 3))).containsExactly(ANY, 3);
    assertThat(shape(multiply(), of(ANY, ANY, 8), of(1, 1, 8))).containsExactly(ANY, ANY, 8);
    assertThat(shape(multiply(), of(8), of(ANY, ANY, 8))).containsExactly(ANY, ANY, 8);
    assertThat(shape(concatenate().axis(1), of(ANY, 8), of(2, 8))).containsExactly(ANY, 8);
    assertThat(shape(dot().axes(2), of(ANY, 8), of(5, 8))).containsExactly(ANY, 5);
    assertThat(shape(dot().axes(2, 1), of(5, ANY), of(ANY, 8))).containsExactly(5, 8);
    assertThat(shape(dropout(0.5).noiseShape(1, -1), of(ANY, 8))).containsExactly(ANY, 8);
  }

  @Test
  void aSqueezeAndExciteBlockTakesImagesOfAnySize() {
    var image = input(anySize(), anySize(), 3);
    var shares =
        dense(3).sigmoid().of(dense(2).relu().of(globalAveragePooling2d().keepdims().of(image)));
    var network = model(image, globalAveragePooling2d().of(multiply().of(image, shares)));
    try (var compiled = network.seed(1).compile(sgd(), mse())) {
      for (int size : of(2, 5)) {
        var x = new float[2][size][size][3];
        assertThat(compiled.predict(x)).isNotNull();
        compiled.fit(x, new float[2][3], epochs(1).quiet());
      }
    }
  }
}
