package org.lossbook.listing;

import static org.lossbook.Lossbook.*;
import static org.lossbook.listing.Result.atLeast;
import static org.lossbook.listing.Result.atMost;

import java.util.List;
import org.lossbook.data.Dataset;

/**
 * The listings of the course as a reader types them, each with what it comes to. Bounds hold for
 * any seed where all is right; the brief ones hold for drawn digits too.
 */
public final class Listings {
  /**
   * What cross-entropy from logits cannot fall below where a softmax has been before it: the right
   * class has probability 1, and the other nine 0, so that −ln(e / (e + 9)) is left.
   */
  private static final double FLOOR_OF_TEN = Math.log(Math.E + 9) - 1; // 1.4612

  private Listings() {}

  /** All of them. */
  public static List<Listing> all() {
    return List.of(
        new Listing("regression", Listings::regression),
        new Listing("classification", Listings::classification),
        new Listing("squares", Listings::squares),
        new Listing("loop", Listings::loop),
        new Listing("binary", Listings::binary),
        new Listing("dense", Listings::twoLayers),
        new Listing("cnn", Listings::cnn));
  }

  /** A number from ten features of a table. */
  static List<Result> regression(Run run) {
    var data = makeRegression(2_000).noise(0.1).seed(1).split(0.8, 42);
    try (var model =
        sequential(input(10), dense(64).relu(), dense(1)).compile(adam(), mse(), r2())) {
      model.fit(data.train(), epochs(10).batchSize(32).seed(run.seed()).quiet());
      var figures = model.evaluate(data.test());
      return List.of(
          atMost("test mse", 0.05, figures.loss()), atLeast("R²", 0.98, figures.get("r2_score")));
    }
  }

  /** One of three classes, from a table. */
  static List<Result> classification(Run run) {
    var data = makeClassification(1_500).classes(3).seed(1).oneHot().split(0.8, 42);
    try (var model =
        sequential(input(10), dense(64).relu(), dense(3).softmax())
            .compile(adam(), categoricalCrossentropy(), accuracy())) {
      model.fit(data.train(), epochs(20).batchSize(32).seed(run.seed()).quiet());
      return List.of(atLeast("test accuracy", 0.9, model.evaluate(data.test()).get("accuracy")));
    }
  }

  /**
   * Classes learnt by squares, and beside them by cross-entropy. The slope of squares goes through
   * the softmax and all but vanishes where it is sure and wrong; by plain steps one sees it.
   */
  static List<Result> squares(Run run) {
    var train = run.digits().train().oneHot();
    var test = run.digits().test().oneHot();
    var network = sequential(input(28, 28, 1), flatten(), dense(10), dense(10).softmax());
    var options = epochs(5).batchSize(32).validation(test).seed(run.seed()).quiet();
    try (var squares = network.compile(sgd().learningRate(0.1), mse(), accuracy());
        var entropy =
            network.compile(sgd().learningRate(0.1), categoricalCrossentropy(), accuracy())) {
      var bySquares = squares.fit(train, options).get("val_accuracy");
      var byEntropy = entropy.fit(train, options).get("val_accuracy");
      return List.of(
          atLeast("accuracy by mse", run.either(0.9, 0.3), bySquares.get(4)),
          atLeast("by cross-entropy", run.either(0.905, 0.75), byEntropy.get(4)),
          atLeast("its lead after one epoch", 0.03, byEntropy.get(0) - bySquares.get(0)));
    }
  }

  /** The loop by hand: a softmax before a loss that has one of its own, and the same mended. */
  static List<Result> loop(Run run) {
    var digits = run.digits();
    var network = sequential(input(28, 28, 1), flatten(), dense(128).relu(), dense(10));
    var softmaxTwice =
        sequential(input(28, 28, 1), flatten(), dense(128).relu(), dense(10).softmax());
    var loss = sparseCategoricalCrossentropy().fromLogits();
    try (var wrong =
            softmaxTwice.allowMismatch().seed(run.seed()).compile(adam(), loss, accuracy());
        var mended = network.seed(run.seed()).compile(adam(), loss, accuracy())) {
      for (var model : List.of(wrong, mended)) {
        for (int epoch = 1; epoch <= run.either(3, 2); epoch++) {
          for (var batch : digits.train().shuffled(run.seed() + epoch).batches(32)) {
            model.zeroGrad();
            var value = model.loss(batch.x(), batch.y());
            value.backward();
            model.step();
          }
        }
      }
      var mistaken = wrong.evaluate(digits.test());
      var figures = mended.evaluate(digits.test());
      return List.of(
          atLeast("loss with softmax twice", FLOOR_OF_TEN, mistaken.loss()),
          atMost("loss mended", run.either(0.12, 0.8), figures.loss()),
          atLeast("accuracy mended", run.either(0.965, 0.75), figures.get("accuracy")));
    }
  }

  /** One digit against the rest: a sigmoid before a loss from logits, and the same mended. */
  static List<Result> binary(Run run) {
    var train = run.digits().train().oneAgainstRest(7);
    var test = run.digits().test().oneAgainstRest(7);
    var loss = binaryCrossentropy().fromLogits();
    var options = epochs(run.either(5, 4)).batchSize(32).seed(run.seed()).quiet();
    try (var wrong =
            sequential(
                    input(28, 28, 1),
                    flatten(),
                    dense(128).relu(),
                    dense(64).relu(),
                    dense(1).sigmoid())
                .allowMismatch()
                .compile(sgd().learningRate(0.01), loss, accuracy());
        var mended =
            sequential(input(28, 28, 1), flatten(), dense(128).relu(), dense(64).relu(), dense(1))
                .compile(sgd().learningRate(0.01), loss, accuracy())) {
      wrong.fit(train, options);
      mended.fit(train, options);
      var mistaken = wrong.evaluate(test);
      var figures = mended.evaluate(test);
      double sevens = share(test);
      return List.of(
          // Between 0 and 1 a logit says "about even": ln 2 for each that is none, at best.
          atLeast(
              "loss with a sigmoid",
              (1 - sevens) * Math.log(2) + sevens * Math.log1p(Math.exp(-1)),
              mistaken.loss()),
          atMost("loss mended", run.either(0.06, 0.3), figures.loss()),
          atLeast("accuracy mended", run.either(0.98, 0.895), figures.get("accuracy")));
    }
  }

  /** The share of the samples whose label is 1. */
  private static double share(Dataset data) {
    double sum = 0;
    for (float label : data.y().toArray()) {
      sum += label;
    }
    return sum / data.size();
  }

  /** Classes by two dense layers. */
  static List<Result> twoLayers(Run run) {
    var digits = run.digits();
    try (var model =
        sequential(input(28, 28, 1), flatten(), dense(32).relu(), dense(10).softmax())
            .compile(adam(), sparseCategoricalCrossentropy(), accuracy())) {
      model.fit(digits.train(), epochs(run.either(10, 3)).batchSize(32).seed(run.seed()).quiet());
      var figures = model.evaluate(digits.test());
      var first = model.predict(digits.test().x().rows(0, 8)); // [8, 10]
      return List.of(
          atMost("test loss", run.either(0.16, 0.9), figures.loss()),
          atLeast("test accuracy", run.either(0.955, 0.75), figures.get("accuracy")),
          atMost(
              "rows of probabilities off 1", 1e-5, first.sum(1).sub(1).amaxNumber().doubleValue()));
    }
  }

  /** The network that the course is known by; published: accuracy 0.9879, loss 0.1116. */
  static List<Result> cnn(Run run) {
    var digits = run.digits();
    try (var model =
        sequential(
                input(28, 28, 1),
                conv2d(32, 3).relu(),
                maxPooling2d(2),
                conv2d(64, 3).relu(),
                maxPooling2d(2),
                conv2d(64, 3).relu(),
                flatten(),
                dense(64).relu(),
                dense(10).softmax())
            .compile(adam(), sparseCategoricalCrossentropy(), accuracy())) {
      model.fit(digits.train(), epochs(run.either(5, 1)).batchSize(32).seed(run.seed()).quiet());
      var figures = model.evaluate(digits.test());
      var said = model.predict(digits.test()).argMax(1);
      float[] labels = digits.test().y().toArray();
      int right = 0;
      for (int i = 0; i < labels.length; i++) {
        right += said.getInt(i) == labels[i] ? 1 : 0;
      }
      double counted = (double) right / labels.length;
      return List.of(
          atMost("test loss", run.either(0.1116, 1), figures.loss()),
          atLeast("test accuracy", run.either(0.985, 0.7), figures.get("accuracy")),
          atMost("counted by hand, off it", 1e-9, Math.abs(counted - figures.get("accuracy"))));
    }
  }
}
