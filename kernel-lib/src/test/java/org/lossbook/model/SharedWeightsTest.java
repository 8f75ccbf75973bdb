package org.lossbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.batchNormalization;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.concatenate;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.gradientCheck;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.loadModel;
import static org.lossbook.Lossbook.model;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.onEpochEnd;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are layers of others: all have the same weights. */
class SharedWeightsTest {
  private static final int SAMPLES = 32;

  @TempDir Path folder;

  @Test
  void trainingAModelChangesTheModelsThatItIsALayerOf() {
    try (var encoder = sequential(input(3), dense(2).tanh()).seed(1).build();
        var decoder = sequential(input(2), dense(3)).seed(2).build();
        var both = sequential(encoder, decoder).compile(adam(), mse())) {
      var x = rows(3);
      assertThat(both.predictValues(x)).isEqualTo(decoder.predictValues(encoder.predict(x)));
      var before = encoder.weightValues("dense/kernel");

      both.fit(x, x, epochs(2).seed(1).quiet());

      assertThat(encoder.weightValues("dense/kernel"))
          .isNotEqualTo(before)
          .isEqualTo(both.weightValues("sequential/dense/kernel"));
      assertThat(both.predictValues(x)).isEqualTo(decoder.predictValues(encoder.predict(x)));
      encoder.weights("dense/kernel", new double[6]);
      assertThat(both.weightValues("sequential/dense/kernel").toFloats()).containsOnly(0);
      assertThat(both.predictValues(x)).isEqualTo(decoder.predictValues(encoder.predict(x)));
    }
  }

  @Test
  void trainingTwoModelsWithSharedWeightsInTwoThreadsIsOneAfterTheOther() throws Exception {
    try (var base = sequential(input(3), dense(2).tanh()).seed(1).build();
        var one = sequential(base, dense(3)).seed(2).compile(sgd(), mse());
        var other = sequential(base, dense(3)).seed(3).compile(sgd(), mse())) {
      var x = rows(3);
      var inside = new CountDownLatch(1);
      List<String> order = Collections.synchronizedList(new ArrayList<>());
      var second =
          new Thread(
              () -> {
                order.add("second begins");
                inside.countDown();
                other.fit(x, x, epochs(1).quiet());
                order.add("second ends");
              });
      var callback =
          onEpochEnd(
              run -> {
                if (order.isEmpty()) {
                  second.start();
                  await(inside, second);
                  base.predict(x); // of this thread, so that it need not wait
                  other.predict(x);
                }
                order.add("first");
              });
      one.fit(x, x, epochs(3).callbacks(callback).quiet());
      second.join();
      assertThat(order).containsExactly("second begins", "first", "first", "first", "second ends");
    }
  }

  /** Waits until the thread has begun and then waits itself. */
  private static void await(CountDownLatch begun, Thread thread) {
    try {
      begun.await();
      for (int i = 0; i < 5000 && thread.getState() != Thread.State.TIMED_WAITING; i++) {
        Thread.sleep(1);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anAdversarialNetworkNeedsNoCopies() {
    try (var generator = sequential(input(2), dense(4).relu(), dense(1)).seed(1).build();
        var discriminator =
            sequential(input(1), dense(8).relu(), dense(1).sigmoid())
                .seed(2)
                .compile(adam(), binaryCrossentropy());
        var gan =
            sequential(generator, discriminator.trainable(false))
                .compile(adam(), binaryCrossentropy())) {
      assertThat(gan.summary().trainableParameters()).isEqualTo(2 * 4 + 4 + 4 + 1);
      var kernel = discriminator.weightValues("dense/kernel");
      var made = generator.weightValues("dense/kernel");

      gan.fit(rows(2), ones(), epochs(1).quiet());
      assertThat(discriminator.weightValues("dense/kernel")).isEqualTo(kernel);
      assertThat(generator.weightValues("dense/kernel")).isNotEqualTo(made);

      double fooled = gan.evaluate(rows(2), ones()).loss();
      discriminator.fit(generator.predict(rows(2)), new double[SAMPLES], epochs(20).quiet());
      assertThat(discriminator.weightValues("dense/kernel")).isNotEqualTo(kernel);
      assertThat(gan.evaluate(rows(2), ones()).loss()).isGreaterThan(fooled);
    }
  }

  @Test
  void closingOneModelLeavesTheOthersWorking() {
    var encoder = sequential(input(3), dense(2).tanh()).seed(1).compile(adam(), mse());
    var both = sequential(encoder, dense(1)).seed(2).compile(adam(), mse());
    var third = sequential(input(3), encoder, dense(4)).seed(3).build();
    var expected = both.predictValues(rows(3));
    encoder.close();
    assertThat(both.predictValues(rows(3))).isEqualTo(expected);
    both.fit(rows(3), ones(), epochs(1).seed(1).quiet());
    assertThat(third.weightValues("sequential/dense/kernel"))
        .isEqualTo(both.weightValues("sequential/dense/kernel"));
    both.close();
    assertThat(third.predictValues(rows(3)).shape()).containsExactly(SAMPLES, 4);
    third.close();
    assertThatThrownBy(() -> encoder.predict(rows(3))).hasMessageContaining("was closed");
    assertThatThrownBy(() -> sequential(encoder, dense(1)).compile(adam(), mse()))
        .hasMessageContaining("close()");
  }

  @Test
  void theMovingStatisticsAreSharedToo() {
    try (var base = sequential(input(3), batchNormalization(), dense(2)).seed(1).build();
        var whole = sequential(base, dense(1)).seed(2).compile(sgd(), mse())) {
      whole.fit(rows(3), ones(), epochs(2).seed(1).quiet());
      assertThat(base.weightValues("batch_normalization/moving_mean"))
          .isEqualTo(whole.weightValues("sequential/batch_normalization/moving_mean"));
      assertThat(base.weightValues("batch_normalization/moving_mean").toFloats()[0]).isNotZero();
    }
  }

  @Test
  void aFrozenPartIsTrainedAgainAfterTheNextCompile() {
    try (var base =
            sequential(input(3), dense(4).relu(), batchNormalization(), dense(2)).seed(1).build();
        var whole = sequential(base.trainable(false), dense(1)).seed(2).compile(adam(), mse())) {
      var kernel = base.weightValues("dense/kernel");
      var mean = base.weightValues("batch_normalization/moving_mean");
      whole.fit(rows(3), ones(), epochs(1).seed(1).quiet());
      assertThat(base.weightValues("dense/kernel")).isEqualTo(kernel);
      assertThat(base.weightValues("batch_normalization/moving_mean")).isEqualTo(mean);

      base.trainable(true);
      whole.fit(rows(3), ones(), epochs(1).seed(1).quiet());
      assertThat(base.weightValues("dense/kernel")).isEqualTo(kernel);

      var head = whole.weightValues("dense/kernel");
      whole.compile(adam(), mse());
      assertThat(whole.weightValues("dense/kernel")).isEqualTo(head);
      assertThat(whole.weightValues("sequential/dense/kernel")).isEqualTo(kernel);
      whole.fit(rows(3), ones(), epochs(1).seed(1).quiet());
      assertThat(base.weightValues("dense/kernel")).isNotEqualTo(kernel);
      assertThat(base.weightValues("batch_normalization/moving_mean")).isNotEqualTo(mean);
    }
  }

  @Test
  void oneLayerIsTrainedOrNotByItsName() {
    try (var model =
        sequential(input(3), dense(4), sequential(input(4), dense(2)).named("inner"), dense(1))
            .seed(1)
            .compile(sgd(), mse())) {
      model.trainable(false).trainable("inner/dense", true).compile(sgd(), mse());
      assertThat(model.summary().trainableParameters()).isEqualTo(4 * 2 + 2);
      var kept = model.weightValues("dense/kernel");
      var trained = model.weightValues("inner/dense/kernel");
      model.fit(rows(3), ones(), epochs(1).seed(1).quiet());
      assertThat(model.weightValues("dense/kernel")).isEqualTo(kept);
      assertThat(model.weightValues("inner/dense/kernel")).isNotEqualTo(trained);
      assertThatThrownBy(() -> model.trainable("dense_2", true))
          .hasMessage(
              "trainable expects the name of a layer but receives \"dense_2\": there are dense,"
                  + " inner, dense_1.");
      assertThatThrownBy(() -> model.trainable("dense/kernel", true))
          .hasMessage(
              "trainable expects the name of a layer but receives \"dense/kernel\", and dense has"
                  + " no layers inside: write \"dense\".");
      model.trainable(true).compile(sgd(), mse());
      assertThat(model.summary().trainableParameters())
          .isEqualTo(model.summary().totalParameters());
    }
  }

  @Test
  void recompilingWithOtherLayersTrainedKeepsEveryWeight() {
    try (var model =
        sequential(input(3), dense(4), batchNormalization(), dense(1))
            .seed(1)
            .compile(adam(), mse())) {
      model.fit(rows(3), ones(), epochs(1).seed(1).quiet());
      var before = model.weightNames().stream().map(model::weightValues).toList();
      var step = model.trainingStep(8); // keeps working on the weights that are there
      for (boolean trainable : new boolean[] {false, true}) {
        model.trainable("dense", trainable).compile(adam(), mse());
        assertThat(model.weightNames().stream().map(model::weightValues).toList())
            .isEqualTo(before);
      }
      step.close();
      assertThat(gradientCheck(model, rows(3), ones()).toString()).contains("dense/kernel");
    }
  }

  @Test
  void oneModelUsedTwiceIsTrainedByBothUses() {
    var a = input(3);
    var b = input(3);
    try (var branch = sequential(input(3), dense(4).tanh().l2(0.1)).seed(1).build();
        var twice =
            model(List.of(a, b), dense(1).of(concatenate().of(branch.of(a), branch.of(b))))
                .seed(2)
                .compile(sgd(), mse());
        var byName =
            model(
                    List.of(a, b),
                    dense(1).of(concatenate().of(branch.named("l").of(a), branch.named("r").of(b))))
                .seed(2)
                .compile(sgd(), mse())) {
      assertThat(twice.weightNames())
          .containsExactly(
              "sequential/dense/kernel", "sequential/dense/bias", "dense/kernel", "dense/bias");
      assertThat(byName.summary().totalParameters()).isEqualTo(twice.summary().totalParameters());
      assertThat(byName.weightNames()).hasSize(4);
      var x = List.of(rows(3), rows(3));
      assertThat(byName.predictValues(x)).isEqualTo(twice.predictValues(x));
      assertThat(byName.evaluate(x, ones()).loss()).isEqualTo(twice.evaluate(x, ones()).loss());
      var weight = branch.weightValues("dense/kernel");
      twice.loss(x, ones()).backward();
      byName.loss(x, ones()).backward();
      assertThat(byName.gradient("l/dense/kernel"))
          .isEqualTo(twice.gradient("sequential/dense/kernel"));
      byName.step();
      assertThat(branch.weightValues("dense/kernel")).isNotEqualTo(weight);
      assertThat(gradientCheck(byName, x, ones()).toString()).contains("l/dense/kernel");
    }
  }

  @Test
  void oneUseOfAModelIsFrozenWhileTheOtherTrainsTheSameWeights() {
    var a = input(3);
    var b = input(3);
    try (var branch = sequential(input(3), dense(4).tanh()).seed(1).build();
        var twins =
            model(List.of(a, b), dense(1).of(concatenate().of(branch.of(a), branch.frozen().of(b))))
                .seed(2)
                .compile(sgd(), mse())) {
      assertThat(twins.summary().totalParameters()).isEqualTo(3 * 4 + 4 + 8 + 1);
      var x = List.of(rows(3), rows(3));
      twins.fit(x, ones(), epochs(2).seed(1).quiet());
      var kernel = branch.weightValues("dense/kernel");
      assertThat(twins.weightValues("sequential/dense/kernel")).isEqualTo(kernel);
      assertThat(twins.weightValues("sequential_1/dense/kernel")).isEqualTo(kernel);
      assertThat(twins.outputValues(x, "sequential"))
          .isEqualTo(twins.outputValues(x, "sequential_1"))
          .isEqualTo(branch.predictValues(rows(3)));
    }
  }

  @Test
  void aFileHoldsAModelWithSharedPartsAndTrainsOnAlike() {
    String file = folder.resolve("gan.keras").toString();
    try (var generator = sequential(input(2), dense(4).relu(), dense(1)).seed(1).build();
        var discriminator = sequential(input(1), dense(8).relu(), dense(1).sigmoid()).build();
        var gan =
            sequential(generator.named("generator"), discriminator.trainable(false))
                .compile(adam(), binaryCrossentropy())) {
      gan.fit(rows(2), ones(), epochs(1).seed(1).quiet());
      gan.save(file);
      try (var loaded = loadModel(file)) {
        assertThat(loaded.summary()).isEqualTo(gan.summary());
        assertThat(loaded.predictValues(rows(2))).isEqualTo(gan.predictValues(rows(2)));
        var options = epochs(1).seed(1).quiet();
        assertThat(loaded.fit(rows(2), ones(), options).last("loss"))
            .isEqualTo(gan.fit(rows(2), ones(), options).last("loss"));
        assertThat(loaded.weightValues("generator/dense/kernel"))
            .isEqualTo(generator.weightValues("dense/kernel"));
      }
    }
  }

  @Test
  void aSeedDoesNotDrawWeightsThatAnotherModelHas() {
    try (var base = sequential(input(3), dense(4)).build();
        var whole = sequential(base, dense(1)).compile(sgd(), mse())) {
      var kernel = base.weightValues("dense/kernel");
      whole.trainable("sequential", false).compile(sgd(), mse());
      whole.fit(rows(3), ones(), epochs(1).seed(1).quiet());
      assertThat(base.weightValues("dense/kernel")).isEqualTo(kernel);
      base.trainable(true).compile(sgd(), mse());
      var trained = base.weightValues("dense/kernel");
      base.fit(rows(3), rows(4), epochs(1).batchSize(SAMPLES).seed(1).quiet());
      try (var fresh = sequential(input(3), dense(4)).seed(1).build()) {
        assertThat(base.weightValues("dense/kernel"))
            .isNotEqualTo(fresh.weightValues("dense/kernel"));
      }
      assertThat(trained).isEqualTo(kernel);
    }
  }

  @Test
  void aPartOfAModelIsAModelWithTheSameWeights() {
    String file = folder.resolve("parts.keras").toString();
    try (var whole =
        sequential(
                input(3),
                dense(4).named("code"),
                sequential(input(4), dense(5), dense(2)).named("head"))
            .seed(1)
            .compile(adam(), mse())) {
      whole.save(file);
    }
    var loaded = loadModel(file);
    try (var encoder = loaded.upTo("code");
        var head = loaded.part("head");
        var first = head.upTo("dense")) {
      assertThat(head.predictValues(encoder.predict(rows(3))))
          .isEqualTo(loaded.predictValues(rows(3)));
      loaded.fit(rows(3), rows(2), epochs(2).seed(1).quiet());
      assertThat(head.predictValues(encoder.predict(rows(3))))
          .isEqualTo(loaded.predictValues(rows(3)));
      assertThat(first.weightValues("dense/kernel"))
          .isEqualTo(loaded.weightValues("head/dense/kernel"));
      assertThatThrownBy(() -> loaded.part("code"))
          .hasMessage(
              "part expects the name of a network within the model but receives \"code\", and code"
                  + " is a single layer: upTo(\"code\") ends in it.");
      assertThatThrownBy(() -> loaded.part("tail"))
          .hasMessageContaining("receives \"tail\": there are code, head.");
      assertThatThrownBy(() -> loaded.upTo("tail")).hasMessageContaining("there are code, head");
      loaded.close();
      assertThat(head.predict(encoder.predict(rows(3))).shape()).containsExactly(SAMPLES, 2);
    }
  }

  @Test
  void nothingIsTrainedWhereAllIsFrozen() {
    try (var model =
        sequential(input(3), dense(4), batchNormalization(), dense(1))
            .seed(1)
            .compile(adam(), mse())) {
      model.trainable(false).compile(adam(), mse());
      var before = model.weightNames().stream().map(model::weightValues).toList();
      double loss = model.evaluate(rows(3), ones()).loss();
      assertThat(
              model.fit(rows(3), ones(), epochs(1).batchSize(SAMPLES).seed(1).quiet()).last("loss"))
          .isEqualTo(loss, org.assertj.core.api.Assertions.within(1e-5));
      assertThat(model.weightNames().stream().map(model::weightValues).toList()).isEqualTo(before);
    }
  }

  @Test
  void aCopyOfTheNetworkIsNotShared() {
    try (var base = sequential(input(3), dense(2)).seed(1).compile(sgd(), mse());
        var outer = sequential(base, dense(2)).seed(1).compile(sgd(), mse());
        var copy = outer.network().compile(sgd(), mse())) {
      var kernel = base.weightValues("dense/kernel");
      copy.fit(rows(3), rows(2), epochs(1).seed(1).quiet());
      assertThat(base.weightValues("dense/kernel")).isEqualTo(kernel);
      assertThat(copy.weightValues("sequential/dense/kernel")).isNotEqualTo(kernel);
    }
  }

  @Test
  void theModelIsNotFreedWhileAFrozenPartOfItWaitsToBeCompiled() throws InterruptedException {
    var network = sequential(sequential(input(3), dense(2)).build().frozen(), dense(1));
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(20);
    }
    try (var model = network.compile(sgd(), mse())) {
      assertThat(model.summary().trainableParameters()).isEqualTo(3);
      model.fit(rows(3), ones(), epochs(1).seed(1).quiet());
    }
  }

  static double[][] rows(int width) {
    var random = new Random(width);
    double[][] rows = new double[SAMPLES][width];
    for (double[] row : rows) {
      for (int i = 0; i < width; i++) {
        row[i] = random.nextGaussian();
      }
    }
    return rows;
  }

  private static double[] ones() {
    double[] y = new double[SAMPLES];
    java.util.Arrays.fill(y, 1);
    return y;
  }
}
