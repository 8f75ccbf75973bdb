package org.lossbook.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.augment;
import static org.lossbook.Lossbook.dataset;
import static org.lossbook.Lossbook.images;
import static org.lossbook.Lossbook.matrix;
import static org.lossbook.Lossbook.vector;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.data.Batch;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.data.mnist.DrawnDigits;
import org.lossbook.data.view.SampleRandom;

class AugmentationTest {
  private static final Augmentation EVERYTHING =
      augment()
          .shift(2)
          .rotate(15)
          .zoom(0.1)
          .flipHorizontally()
          .flipVertically()
          .elastic(20, 3)
          .noise(0.1)
          .cutout(6);

  private static Dataset digits(int count) {
    return DrawnDigits.syntheticDigits(count, 3);
  }

  private static float[] x(Dataset data) {
    return data.x().toArray();
  }

  /** An image of one number. */
  private static Dataset flat(int count, int side, float level) {
    float[][][][] x = new float[count][side][side][1];
    for (var image : x) {
      for (var row : image) {
        for (var pixel : row) {
          pixel[0] = level;
        }
      }
    }
    return Dataset.of(x, new double[count][2]);
  }

  static Stream<Augmentation> nothing() {
    return Stream.of(
        augment(),
        augment().shift(0),
        augment().rotate(0),
        augment().zoom(0),
        augment().elastic(0, 3),
        augment().noise(0),
        augment().cutout(0),
        augment().mixup(0));
  }

  @ParameterizedTest
  @MethodSource("nothing")
  void nothingAskedForIsNothingChanged(Augmentation nothing) {
    Dataset data = digits(20);

    assertThat(x(data.augmented(nothing))).containsExactly(x(data));
  }

  @Property(tries = 20)
  void aVariantDependsOnSeedAndSampleAndNotOnTheBatchItComesIn(
      @ForAll @IntRange(min = 1, max = 40) int batch) {
    Dataset data = digits(40).oneHot().augmented(EVERYTHING.mixup(0.4).seed(5));
    float[] together = x(data);
    float[] targets = data.y().toArray();

    for (Batch part : data.batches(batch)) {
      float[] alone = part.x().toArray();
      float[] goals = part.y().toArray();
      assertThat(alone).containsExactly(Arrays.copyOf(together, alone.length));
      assertThat(goals).containsExactly(Arrays.copyOf(targets, goals.length));
      together = Arrays.copyOfRange(together, alone.length, together.length);
      targets = Arrays.copyOfRange(targets, goals.length, targets.length);
    }
    assertThat(together).isEmpty();
  }

  @Test
  void eachEpochSeesOtherVariantsAndTheSameSeedTheSame() {
    Dataset data = digits(5).augmented(EVERYTHING);

    assertThat(x(data.forEpoch(1))).containsExactly(x(data.forEpoch(1)));
    assertThat(x(data.forEpoch(1))).isNotEqualTo(x(data.forEpoch(2)));
    assertThat(x(data.rows(0, 3).forEpoch(1)))
        .containsExactly(Arrays.copyOf(x(data.forEpoch(1)), 3 * 784));
    assertThat(x(data.shuffled(1))).containsExactly(x(data.shuffled(1)));
    assertThat(x(data.shuffled(1).forEpoch(2))).isNotEqualTo(x(data.shuffled(1)));
    assertThat(x(digits(5).augmented(EVERYTHING.seed(1)).forEpoch(1)))
        .isNotEqualTo(x(data.forEpoch(1)));
  }

  @Test
  void twoSamplesOfOneImageAreVariedEachInItsOwnWay() {
    float[] one = x(digits(1));
    float[][] twice = {one, one};
    var images = Dataset.of(Values.of(flat(twice), 2, 28, 28, 1), vector(0, 1));

    float[] varied = x(images.augmented(EVERYTHING));

    assertThat(Arrays.copyOf(varied, 784)).isNotEqualTo(Arrays.copyOfRange(varied, 784, 1568));
  }

  private static float[] flat(float[][] rows) {
    float[] all = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * rows[i].length, rows[i].length);
    }
    return all;
  }

  @Test
  void pixelsStayFromBlackToWhite() {
    for (float pixel : x(digits(100).augmented(EVERYTHING.noise(0.5).fill(1)))) {
      assertThat(pixel).isBetween(0f, 1f);
    }
  }

  @Test
  void whereNothingIsToBeSeenMovingChangesNothing() {
    for (float pixel : x(flat(20, 9, 0.75f).augmented(EVERYTHING.noise(0).cutout(0)))) {
      assertThat(pixel).isCloseTo(0.75f, within(1e-6f));
    }
  }

  @Test
  void everySecondImageIsFlipped() {
    Dataset data = digits(400);
    float[] before = x(data);
    float[] after = x(data.augmented(augment().flipHorizontally()));

    int same = 0;
    for (int i = 0; i < 400; i++) {
      boolean isSame = true;
      boolean isMirrored = true;
      for (int y = 0; y < 28; y++) {
        for (int x = 0; x < 28; x++) {
          int row = i * 784 + y * 28;
          isSame &= after[row + x] == before[row + x];
          isMirrored &= after[row + x] == before[row + 27 - x];
        }
      }
      assertThat(isSame || isMirrored).as("image %d", i).isTrue();
      same += isSame ? 1 : 0;
    }
    assertThat(same).isBetween(150, 250);
  }

  @Test
  void noiseHasTheSpreadThatWasAskedForWhereItIsNotBounded() {
    float[] zeros = new float[20_000];
    var rows = Dataset.of(Values.of(zeros, 200, 100), new double[200]);

    var noise = Values.of(x(rows.augmented(augment().noise(2))), 20_000).toDoubles();

    double mean = Arrays.stream(noise).average().orElseThrow();
    double square = Arrays.stream(noise).map(v -> v * v).average().orElseThrow();
    double fourth = Arrays.stream(noise).map(v -> v * v * v * v).average().orElseThrow();
    assertThat(mean).isCloseTo(0, within(0.06));
    assertThat(square).isCloseTo(4, within(0.2));
    assertThat(fourth / (square * square)).isCloseTo(3, within(0.25)); // a normal's kurtosis
  }

  @Test
  void cutoutCutsOneSquareOfWhichPartsMayLieOutside() {
    float[] cut = x(flat(500, 12, 1).augmented(augment().cutout(5)));

    int whole = 0;
    for (int i = 0; i < 500; i++) {
      int at = i * 144;
      int[] gone = IntStream.range(0, 144).filter(p -> cut[at + p] == 0).toArray();
      int rows = (int) Arrays.stream(gone).map(p -> p / 12).distinct().count();
      int columns = (int) Arrays.stream(gone).map(p -> p % 12).distinct().count();
      assertThat(gone).hasSize(rows * columns);
      assertThat(rows).isBetween(1, 5);
      assertThat(columns).isBetween(1, 5);
      whole += rows * columns == 25 ? 1 : 0;
    }
    assertThat(whole / 500.0).isCloseTo(64 / 144.0, within(0.1)); // 8 of 12 places each way
  }

  @Test
  void anElasticFieldIsAsStrongAndAsSmoothAsItShouldBe() {
    int side = 64;
    var field = new ElasticField(side, side, 34, 4);
    var draws = new SampleRandom();
    draws.begin(1, 2, 3);
    field.draw(draws);
    double squares = 0;
    double neighbours = 0;
    int inner = 0;
    for (int y = 12; y < side - 12; y++) {
      int[] across = new int[side];
      int[] down = new int[side];
      field.add(y, across, down, 1 << 16);
      for (int x = 12; x < side - 13; x++) {
        double here = across[x] / 65536.0;
        squares += here * here;
        neighbours += here * across[x + 1] / 65536.0;
        inner++;
      }
    }
    // A Gaussian of sigma s leaves 1 / (2 s √π) of independent numbers' spread, here 1 / √3.
    double spread = 34 / Math.sqrt(3) / (2 * 4 * Math.sqrt(Math.PI));
    assertThat(Math.sqrt(squares / inner)).isCloseTo(spread, within(0.4 * spread));
    assertThat(neighbours / squares).isCloseTo(Math.exp(-1 / (4.0 * 16)), within(0.02));
  }

  @Test
  void mixupBlendsSamplesAndTargetsAlike() {
    // Sample i is the i-th unit row, and so is its target: what is blended can be read off.
    int n = 50;
    double[][] rows = new double[n][n];
    for (int i = 0; i < n; i++) {
      rows[i][i] = 1;
    }
    Dataset mixed = Dataset.of(rows, rows).augmented(augment().mixup(0.3));

    float[] x = x(mixed);
    assertThat(mixed.y().toArray()).containsExactly(x);
    int halves = 0;
    for (int i = 0; i < n; i++) {
      double sum = 0;
      int parts = 0;
      for (int k = 0; k < n; k++) {
        sum += x[i * n + k];
        parts += x[i * n + k] > 0 ? 1 : 0;
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
      assertThat(parts).isBetween(1, 2);
      halves += x[i * n + i] > 0.5 ? 1 : 0;
    }
    assertThat(halves).isBetween(12, 38);
  }

  @Test
  void theShareThatMixupDrawsIsBetaDistributed() {
    for (double alpha : new double[] {0.01, 0.2, 1, 4}) {
      var draws = new SampleRandom();
      draws.begin(9, 0, 0);
      double[] shares = IntStream.range(0, 20_000).mapToDouble(i -> draws.beta(alpha)).toArray();
      double mean = Arrays.stream(shares).average().orElseThrow();
      double variance =
          Arrays.stream(shares).map(s -> (s - 0.5) * (s - 0.5)).average().orElseThrow();
      assertThat(mean).isCloseTo(0.5, within(0.015));
      assertThat(variance).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.005));
      assertThat(Arrays.stream(shares)).allMatch(s -> s >= 0 && s <= 1);
    }
  }

  @Test
  void labelsBecomeRowsWhereAskedFor() {
    Dataset rows = digits(20).oneHot();

    assertThat(rows.targetShape()).containsExactly(10);
    assertThat(rows.hasLabels()).isFalse();
    assertThat(rows.classNames()).hasSize(10);
    float[] y = rows.rows(3, 5).y().toArray();
    assertThat(y).containsExactly(0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0);
    assertThat(x(rows)).containsExactly(x(digits(20)));
    assertThat(images(rows, 3).toString()).contains("0; 1; 2");
    assertThatThrownBy(rows::oneHot)
        .hasMessage(
            "oneHot expects class labels but receives targets [10]: labels are integers 0 to k-1.");
  }

  @Test
  void aMixtureIsNamedByItsShares() {
    Dataset two =
        Dataset.of(new double[2][2][2][1], matrix(vector(1, 0), vector(0, 1))); // no names
    assertThat(images(two, 2).toString()).doesNotContain("0.");
    Dataset mixed = digits(20).oneHot().augmented(augment().mixup(4));

    assertThat(images(mixed, 8).toString()).containsPattern("0\\.\\d·\\d \\+ 0\\.\\d·\\d");
  }

  @Test
  void aTestSetIsNeverAugmented() {
    Dataset data = digits(30);
    var split = data.augmented(EVERYTHING).split(0.5, 4);
    var plain = data.split(0.5, 4);

    assertThat(x(split.test())).containsExactly(x(plain.test()));
    assertThat(x(split.train())).isNotEqualTo(x(plain.train()));
    assertThat(split.train().y().toArray()).containsExactly(plain.train().y().toArray());
    assertThat(x(data.oneHot().augmented(EVERYTHING).rows(2, 9).plain()))
        .containsExactly(x(data.rows(2, 9)));
  }

  @Test
  void severalThreadsGatherTheSameAsOne() {
    Dataset data = digits(64).oneHot().augmented(EVERYTHING.mixup(0.2));
    float[] alone = x(data);

    IntStream.range(0, 64)
        .parallel()
        .forEach(
            i ->
                assertThat(data.x().rows(i, i + 1).toArray())
                    .containsExactly(Arrays.copyOfRange(alone, i * 784, (i + 1) * 784)));
  }

  @Test
  void twoAugmentationsOnEachOtherDrawEachTheirOwn() {
    Dataset data = digits(10);
    var flips = augment().flipHorizontally();

    float[] twice = x(data.augmented(flips).augmented(flips).forEpoch(1));

    assertThat(twice).isNotEqualTo(x(data)); // or all that was flipped would be flipped back
  }

  @Test
  void whatCannotBeDoneIsRefusedWithTheWayOut() {
    Dataset data = digits(10);
    Dataset rows = Dataset.of(new double[3][4], vector(0.5, 1, 2));

    assertThatThrownBy(() -> augment().shift(0.1))
        .hasMessage(
            "shift expects pixels, 1 or more, but receives 0.1: a tenth of an image 28 wide is shift(2.8).");
    assertThatThrownBy(() -> augment().rotate(-1)).hasMessageStartingWith("rotate expects degrees");
    assertThatThrownBy(() -> augment().zoom(1)).hasMessageStartingWith("zoom expects a fraction");
    assertThatThrownBy(() -> augment().elastic(Double.NaN, 4))
        .hasMessageStartingWith("elastic expects a strength");
    assertThatThrownBy(() -> augment().elastic(34, 0))
        .hasMessageStartingWith("elastic expects a sigma");
    assertThatThrownBy(() -> augment().noise(-0.1))
        .hasMessageStartingWith("noise expects a standard deviation");
    assertThatThrownBy(() -> augment().cutout(-1)).hasMessageStartingWith("cutout expects");
    assertThatThrownBy(() -> augment().mixup(-1)).hasMessageStartingWith("mixup expects an alpha");
    assertThatThrownBy(() -> augment().fill(Double.NaN)).hasMessageStartingWith("fill expects");
    assertThatThrownBy(() -> data.augmented(null))
        .hasMessageStartingWith("augmented expects an augmentation but receives none");
    assertThatThrownBy(() -> data.augmented(augment().mixup(0.2)))
        .hasMessage(
            "mixup expects targets in rows, which can be blended, but receives labels of 10 classes: call oneHot() before augmented(…), and train with categoricalCrossentropy().");
    assertThatThrownBy(() -> rows.augmented(augment().shift(2)))
        .hasMessageStartingWith("augmented expects images [height, width, channels]");
    assertThatThrownBy(() -> augment().plot(rows))
        .hasMessageStartingWith("plot expects samples [height, width, channels]");
    assertThat(rows.augmented(augment().noise(0.1).mixup(0.2)).size()).isEqualTo(3);
  }

  @Test
  void anAugmentationReadsAsItWasAskedFor() {
    assertThat(EVERYTHING.mixup(0.2).fill(0).seed(3))
        .hasToString(
            "augment().shift(2).rotate(15).zoom(0.1).flipHorizontally().flipVertically().elastic(20, 3).noise(0.1).cutout(6).mixup(0.2).fill(0).seed(3)");
    assertThat(EVERYTHING.mixup(0.2).fill(0).mimeBundle().get("text/html"))
        .contains("scales by 0.9 to 1.1")
        .contains("with a share from Beta(0.2, 0.2)");
    assertThat(digits(10).augmented(augment().shift(2)))
        .hasToString("10 images 28×28×1, 10 classes, augment().shift(2)");
    assertThat(augment().rotate(10).plot(digits(1)).toString()).contains("as it is; variant 1");
  }

  /**
   * Images whose mask is their own first channel, rounded, so that both are known to move alike.
   */
  private static Dataset masked(boolean isOneHot) {
    float[] x = new float[4 * 16 * 16];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i / 4 + i / 64) % 2;
    }
    var data = dataset(Values.of(x, 4, 16, 16, 1), Values.of(x, 4, 16, 16));
    return isOneHot ? data.oneHot(2) : data;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMaskMovesAsItsImageDoes(boolean isOneHot) {
    var varied = augment().shift(2).rotate(30).zoom(0.2).flipHorizontally().elastic(10, 3).fill(0);
    var data = masked(isOneHot).augmented(varied).forEpoch(7).shuffled(3);
    float[] x = data.x().toArray();
    float[] y = data.y().toArray();

    assertThat(y).isNotEqualTo(masked(isOneHot).y().toArray());
    for (int i = 0; i < x.length; i++) {
      float label = isOneHot ? y[2 * i + 1] : y[i];
      assertThat(label).isIn(0f, 1f);
      if (isOneHot) {
        assertThat(y[2 * i]).isEqualTo(1 - label);
      }
      assertThat(Math.abs(x[i] - label)).isLessThanOrEqualTo(0.76f); // the nearest of four
    }
    float apart = 0;
    for (int i = 0; i < x.length; i++) {
      apart += Math.abs(x[i] - (isOneHot ? y[2 * i + 1] : y[i])) / x.length;
    }
    assertThat(apart).isLessThan(0.2f);
  }

  @Test
  void whatLiesOutsideAMaskHasTheLabelGiven() {
    var ones = dataset(Values.of(filled(64), 1, 8, 8, 1), Values.of(filled(64), 1, 8, 8));
    var turned = augment().rotate(45).fill(0, 255);

    assertThat(ones.augmented(turned).forEpoch(1).y().toArray()).contains(1, 255);
    assertThat(ones.augmented(augment().rotate(45).fill(0)).forEpoch(1).y().toArray())
        .contains(1, 0)
        .doesNotContain(255);
    assertThat(turned.toString()).isEqualTo("augment().rotate(45).fill(0, 255)");
    assertThatThrownBy(() -> augment().fill(0, -1)).hasMessageContaining("label of 0 or more");
  }

  private static float[] filled(int length) {
    float[] all = new float[length];
    Arrays.fill(all, 1);
    return all;
  }
}
