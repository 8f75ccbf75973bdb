package org.lossbook.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.testing.Golden;

class AffineWarpTest {
  static Stream<Golden.Case> moves() {
    return Golden.cases("affine");
  }

  @ParameterizedTest
  @MethodSource("moves")
  void anImageIsMovedAsKerasMovesIt(Golden.Case given) {
    Golden.Values x = given.tensor("x");
    JsonObject move = given.object("move");
    boolean mirrors = given.json().get("outside").isJsonNull();
    var warp =
        new AffineWarp(
            x.shape()[0],
            x.shape()[1],
            x.shape()[2],
            mirrors ? Double.NaN : given.json().get("outside").getAsDouble());
    warp.set(
        Math.toRadians(number(move, "turn", 0)),
        number(move, "zoom", 1),
        number(move, "right", 0),
        number(move, "below", 0),
        move.has("mirrored"),
        move.has("upside_down"));

    float[] y = applied(warp, x.floats());

    double[] expected = given.tensor("y").data();
    for (int i = 0; i < y.length; i++) {
      assertThat(y[i]).as("pixel %d", i).isCloseTo((float) expected[i], within(1e-4f));
    }
  }

  private static double number(JsonObject move, String name, double otherwise) {
    return move.has(name) ? move.get(name).getAsDouble() : otherwise;
  }

  private static float[] applied(AffineWarp warp, float[] image) {
    float[] into = new float[image.length];
    warp.apply(image, new ElasticField(1, 1, 0, 1), into, 0);
    return into;
  }

  private static float[] image(int size, long seed) {
    var random = new Random(seed);
    float[] image = new float[size];
    for (int i = 0; i < size; i++) {
      image[i] = random.nextInt(256) / 255f;
    }
    return image;
  }

  @Property(tries = 100)
  void twoFlipsAreNoneToTheBit(
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 4) int channels,
      @ForAll boolean mirrored,
      @ForAll boolean upsideDown) {
    var warp = new AffineWarp(height, width, channels, Double.NaN);
    float[] image = image(height * width * channels, 7L * height + width);

    warp.set(0, 1, 0, 0, mirrored, upsideDown);

    assertThat(applied(warp, applied(warp, image))).containsExactly(image);
    if (mirrored && width > 1) {
      float[] row = applied(warp, image);
      assertThat(row[upsideDown ? (height - 1) * width * channels : 0])
          .isEqualTo(image[(width - 1) * channels]);
    }
  }

  @Property(tries = 100)
  void whatIsBetweenPixelsIsBetweenTheirNumbers(
      @ForAll @DoubleRange(min = -3, max = 3) double turn,
      @ForAll @DoubleRange(min = 0.05, max = 3) double zoom,
      @ForAll @DoubleRange(min = -40, max = 40) double right) {
    var warp = new AffineWarp(6, 5, 1, Double.NaN);

    warp.set(turn, zoom, right, -right / 2, false, false);

    for (float value : applied(warp, image(30, 3))) {
      assertThat(value).isBetween(0f, 1f);
    }
  }
}
