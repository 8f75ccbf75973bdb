package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.activation;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.add;
import static org.lossbook.Lossbook.batchNormalization;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.concatenate;
import static org.lossbook.Lossbook.contrastive;
import static org.lossbook.Lossbook.conv2d;
import static org.lossbook.Lossbook.conv2dTranspose;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.dot;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.gaussianNoise;
import static org.lossbook.Lossbook.globalAveragePooling2d;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.layer;
import static org.lossbook.Lossbook.loss;
import static org.lossbook.Lossbook.maxPooling2d;
import static org.lossbook.Lossbook.model;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.multiply;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;
import static org.lossbook.Lossbook.subtract;
import static org.lossbook.Lossbook.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lossbook.data.Values;
import org.lossbook.layer.Node;

/** Networks as a user of Keras writes them: each is trained, and learns. */
class AsInKerasTest {
  private static final int SIDE = 16;

  @TempDir Path folder;

  @Test
  void aConvolutionalAutoencoder() {
    var encoder =
        sequential(
                input(SIDE, SIDE, 1),
                conv2d(8, 3).strides(2).same().relu(),
                conv2d(8, 3).strides(2).same().relu())
            .seed(1)
            .build();
    var decoder =
        sequential(
                input(4, 4, 8),
                conv2dTranspose(8, 3).strides(2).same().relu(),
                conv2dTranspose(1, 3).strides(2).same().sigmoid())
            .seed(2)
            .build();
    Values x = discs(64, 1).x();
    try (var autoencoder = sequential(encoder, decoder).compile(adam().learningRate(0.01), mse())) {
      double before = autoencoder.evaluate(x, x).loss();
      autoencoder.fit(x, x, epochs(12).batchSize(16).seed(1).quiet());
      assertThat(autoencoder.evaluate(x, x).loss()).isLessThan(before / 2);
      assertThat(decoder.predictValues(encoder.predict(x))).isEqualTo(autoencoder.predictValues(x));
    }
    encoder.close();
    decoder.close();
  }

  @Test
  void aUNetThatFindsAMask() {
    var x = input(SIDE, SIDE, 1);
    Node fine = conv2d(8, 3).same().relu().of(x);
    Node middle = conv2d(16, 3).same().relu().of(maxPooling2d(2).of(fine));
    Node coarse = conv2d(16, 3).same().relu().of(maxPooling2d(2).of(middle));
    Node up = concatenate().of(middle, conv2dTranspose(16, 2).strides(2).of(coarse));
    Node again = conv2d(16, 3).same().relu().of(up);
    Node full = concatenate().of(fine, conv2dTranspose(8, 2).strides(2).of(again));
    var network = model(x, conv2d(2, 1).softmax().of(conv2d(8, 3).same().relu().of(full))).seed(1);
    var train = discs(64, 1);
    var test = discs(32, 2);
    try (var unet =
        network.compile(adam().learningRate(0.01), sparseCategoricalCrossentropy(), accuracy())) {
      unet.fit(train.x(), train.mask(), epochs(10).batchSize(16).seed(1).quiet());
      assertThat(unet.evaluate(test.x(), test.mask()).get("accuracy")).isGreaterThan(0.97);
      assertThat(unet.predict(test.x()).shape()).containsExactly(32, SIDE, SIDE, 2);
    }
  }

  @Test
  void aVariationalAutoencoder() {
    var sampling =
        layer(
            "sampling",
            (mean, logVariance) ->
                add()
                    .of(
                        mean,
                        multiply()
                            .of(
                                activation("deviation", z -> z.times(0.5).exp()).of(logVariance),
                                gaussianNoise(1).of(subtract().of(mean, mean)))));
    var x = input(SIDE, SIDE, 1);
    Node hidden = dense(32).relu().of(flatten().of(x));
    Node mean = dense(2).named("mean").of(hidden);
    Node logVariance = dense(2).named("log_variance").of(hidden);
    var decoder =
        sequential(input(2), dense(32).relu(), dense(SIDE * SIDE).sigmoid())
            .named("image")
            .seed(2)
            .build();
    // The divergence from a standard normal distribution is a sum of what each of the two costs.
    var ofMean = loss("kl_mean", (y, m) -> m.square().times(0.5));
    var ofVariance = loss("kl_variance", (y, v) -> v.exp().minus(v).minus(1).times(0.5));
    Values images = discs(128, 1).x();
    Values flat = images.reshape(128, SIDE * SIDE);
    double[][] zeros = new double[128][2];
    List<Object> targets = List.of(flat, zeros, zeros);
    try (var vae =
        model(x, List.of(decoder.of(sampling.of(mean, logVariance)), mean, logVariance))
            .seed(1)
            .compile(
                adam().learningRate(0.01),
                List.of(mse(), ofMean.times(0.001), ofVariance.times(0.001)))) {
      double before = vae.evaluate(images, targets).loss();
      vae.fit(images, targets, epochs(40).batchSize(32).seed(1).quiet());
      assertThat(vae.evaluate(images, targets).loss()).isLessThan(before / 2);
      var drawn = vae.predictValues(images, "image", training().seed(1));
      assertThat(drawn).isNotEqualTo(vae.predictValues(images, "image"));
      assertThat(drawn).isEqualTo(vae.predictValues(images, "image", training().seed(1)));
      assertThat(decoder.predict(new double[][] {{0, 0}}).shape()).containsExactly(1, 256);
      vae.save(folder.resolve("vae.keras").toString());
    }
    decoder.close();
  }

  @Test
  void aSiameseNetwork() {
    var branch =
        sequential(input(SIDE, SIDE, 1), flatten(), dense(16).relu(), dense(4)).seed(1).build();
    var distance =
        layer(
            "distance",
            (a, b) -> {
              Node between = subtract().of(a, b);
              return activation("root", z -> z.max(1e-6).sqrt()).of(dot().of(between, between));
            });
    var a = input(SIDE, SIDE, 1);
    var b = input(SIDE, SIDE, 1);
    var train = pairs(256, 1);
    var test = pairs(128, 2);
    try (var siamese =
        model(List.of(a, b), distance.of(branch.of(a), branch.of(b)))
            .compile(adam().learningRate(0.01), contrastive())) {
      siamese.fit(train.x(), train.same(), epochs(40).batchSize(32).seed(1).quiet());
      float[] distances = siamese.predictValues(test.x()).toFloats();
      int right = 0;
      for (int i = 0; i < distances.length; i++) {
        right += (distances[i] < 0.5) == (test.same()[i] == 1) ? 1 : 0;
      }
      assertThat(right).isGreaterThan(96); // 64 by chance
      assertThat(branch.predict(discs(3, 3).x()).shape()).containsExactly(3, 4);
    }
    branch.close();
  }

  @Test
  void fineTuningOfANetworkThatWasTrainedBefore() {
    var before = discs(128, 1);
    var few = discs(24, 2);
    var test = discs(64, 3);
    try (var first =
            sequential(
                    input(SIDE, SIDE, 1),
                    conv2d(8, 3).same().relu(),
                    batchNormalization(),
                    maxPooling2d(2),
                    conv2d(8, 3).same().relu(),
                    globalAveragePooling2d().named("features"),
                    dense(1))
                .seed(1)
                .compile(adam().learningRate(0.01), mse());
        var base = first.network().upTo("features").named("base").build()) {
      first.fit(before.x(), before.radius(), epochs(15).batchSize(16).seed(1).quiet());
      for (String name : base.weightNames()) {
        base.weights(name, first.weights(name));
      }
      var labels = few.isLarge();
      try (var tuned =
          sequential(base.trainable(false), dense(1).sigmoid())
              .seed(2)
              .compile(adam().learningRate(0.05), binaryCrossentropy(), accuracy())) {
        var kernel = base.weightValues("conv2d/kernel");
        tuned.fit(few.x(), labels, epochs(40).batchSize(8).seed(1).quiet());
        assertThat(base.weightValues("conv2d/kernel")).isEqualTo(kernel);
        double head = tuned.evaluate(test.x(), test.isLarge()).loss();

        base.trainable(true).trainable("batch_normalization", false);
        tuned.compile(adam().learningRate(0.003), binaryCrossentropy(), accuracy());
        tuned.fit(few.x(), labels, epochs(30).batchSize(8).seed(1).quiet());
        assertThat(base.weightValues("conv2d/kernel")).isNotEqualTo(kernel);
        assertThat(base.weightValues("batch_normalization/moving_mean"))
            .isEqualTo(first.weightValues("batch_normalization/moving_mean"));
        assertThat(tuned.evaluate(test.x(), test.isLarge()).loss()).isLessThan(head);
        assertThat(tuned.evaluate(test.x(), test.isLarge()).get("accuracy")).isGreaterThan(0.85);
      }
    }
  }

  /** Discs of any size and place on a noisy ground. */
  private record Discs(Values x, Values mask, double[] radius) {
    double[] isLarge() {
      return java.util.Arrays.stream(radius).map(r -> r > 4.5 ? 1 : 0).toArray();
    }
  }

  private static Discs discs(int count, int seed) {
    var random = new Random(seed);
    float[] x = new float[count * SIDE * SIDE];
    float[] mask = new float[x.length];
    double[] radius = new double[count];
    for (int i = 0; i < count; i++) {
      radius[i] = 2 + 5 * random.nextDouble();
      double row = 6 + 4 * random.nextDouble();
      double column = 6 + 4 * random.nextDouble();
      for (int p = 0; p < SIDE * SIDE; p++) {
        boolean inside = Math.hypot(p / SIDE - row, p % SIDE - column) < radius[i];
        mask[i * SIDE * SIDE + p] = inside ? 1 : 0;
        x[i * SIDE * SIDE + p] = (inside ? 0.8f : 0.1f) + 0.1f * random.nextFloat();
      }
    }
    return new Discs(
        Values.of(x, count, SIDE, SIDE, 1), Values.of(mask, count, SIDE, SIDE), radius);
  }

  /** Pairs of pictures, both with a large disc or both with a small one, or not. */
  private record Pairs(List<Values> x, double[] same) {}

  private static Pairs pairs(int count, int seed) {
    var left = discs(count, 10 * seed);
    var right = discs(count, 10 * seed + 1);
    double[] same = new double[count];
    for (int i = 0; i < count; i++) {
      same[i] = left.isLarge()[i] == right.isLarge()[i] ? 1 : 0;
    }
    return new Pairs(List.of(left.x(), right.x()), same);
  }
}
