package org.lossbook.hostile;

import static org.lossbook.Lossbook.*;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.lossbook.data.Dataset;
import org.lossbook.layer.Node;
import org.lossbook.model.Model;
import org.lossbook.model.Sequential;
import org.lossbook.model.TrainingStep;

/** Asks for more than there is, in a process with a small heap, and says what came of it. */
public final class HugeRequests {
  private static final int HUGE = 1 << 30;

  private HugeRequests() {}

  /** Prints a line for each: its name, a tab, the error's first line or {@code worked}. */
  public static void main(String[] arguments) {
    cases().forEach((name, call) -> System.out.println(name + "\t" + outcome(call)));
  }

  private static String outcome(Callable<?> call) {
    try {
      call.call();
      return "worked";
    } catch (Throwable e) { // an OutOfMemoryError is what this is about
      return Verdict.of(e).map(why -> "FAULT " + why + ": " + e).orElse(first(e.getMessage()));
    }
  }

  private static String first(String message) {
    return message.lines().findFirst().orElse("");
  }

  private static Map<String, Callable<?>> cases() {
    Map<String, Callable<?>> all = new LinkedHashMap<>();
    layers(all);
    models(all);
    data(all);
    figures(all);
    return all;
  }

  private static void layers(Map<String, Callable<?>> all) {
    all.put("dense after many", () -> sequential(input(784), dense(2_000_000_000)));
    all.put("dense after one", () -> compiled(sequential(input(1), dense(2_000_000_000))));
    all.put("conv2d", () -> sequential(input(28, 28, 1), conv2d(HUGE, 1)));
    all.put("conv2d kernel", () -> sequential(input(40_000, 40_000, 1), conv2d(9, 30_000)));
    all.put("input", () -> input(65_536, 65_536, 1));
    all.put("input beyond long", () -> input(HUGE, HUGE, HUGE));
    all.put("reshape", () -> reshape(65_536, 65_536, 1));
    all.put("pooling", () -> sequential(input(28, 28, 1), maxPooling2d(HUGE)));
    all.put("strides", () -> sequential(input(28, 28, 1), maxPooling2d(2).strides(HUGE)));
    all.put("dilation", () -> sequential(input(28, 28, 1), conv2d(1, 3).dilation(HUGE)));
    all.put("concatenate", HugeRequests::doubled);
  }

  private static Object doubled() {
    Node x = dense(1).of(input(1));
    for (int i = 0; i < 32; i++) {
      x = concatenate().of(x, x);
    }
    return x;
  }

  private static Model compiled(Sequential network) {
    return network.compile(adam(), mse());
  }

  private static void models(Map<String, Callable<?>> all) {
    all.put(
        "weights", () -> compiled(sequential(input(100), dense(500_000).named("wide"), dense(1))));
    all.put(
        "several layers",
        () ->
            compiled(
                sequential(input(40_000), dense(40_000), dense(30_000).named("b"), dense(30_000))));
    all.put("optimizer", () -> compiled(sequential(input(25_000), dense(1_000).named("d"))));
    all.put("summary", () -> sequential(input(40_000), dense(40_000), dense(40_000)).summary());
    all.put("batch", () -> pictures().trainingStep(64));
    all.put("the batch it said", HugeRequests::smallerBatch);
    all.put("huge batch", () -> pictures().trainingStep(HUGE));
    all.put("batch of one number", () -> small().trainingStep(Integer.MAX_VALUE));
    all.put(
        "fit",
        () ->
            pictures()
                .fit(
                    dataset(new float[8][400][400][1], new float[8]),
                    epochs(1).batchSize(8).quiet()));
    all.put("predict", () -> wide().predictValues(new float[2_000][1]));
    all.put(
        "evaluate", () -> small().evaluate(dataset(new float[1_000_000][1], new float[1_000_000])));
  }

  /** What the error said is so. */
  private static double smallerBatch() {
    try (Model model = pictures();
        TrainingStep step = model.trainingStep(4)) {
      return step.run();
    }
  }

  private static Model small() {
    return compiled(sequential(input(1), dense(1)));
  }

  private static Model wide() {
    return sequential(input(1), dense(100_000)).compile(sgd(), mse());
  }

  /** Of which a sample takes 400 × 400 × 128 numbers twice, 164 MB, in training. */
  private static Model pictures() {
    return compiled(
        sequential(
            input(400, 400, 1),
            conv2d(128, 1).relu().named("wide"),
            globalAveragePooling2d(),
            dense(1)));
  }

  private static void data(Map<String, Callable<?>> all) {
    all.put("syntheticDigits", () -> syntheticDigits(HUGE, 1));
    all.put("makeBlobs", () -> makeBlobs(HUGE).size());
    all.put("makeMoons", () -> makeMoons(HUGE).size());
    all.put("makeRegression", () -> makeRegression(HUGE).size());
    all.put("makeClassification", () -> makeClassification(HUGE).size());
    all.put("features", () -> makeRegression(1).features(HUGE));
    all.put("centers", () -> makeBlobs(HUGE).centers(HUGE).size());
    all.put("toArray", () -> oneHot(10_000).y().toArray());
    all.put("toDoubles", () -> oneHot(5_000).y().toDoubles());
    all.put(
        "oneHot",
        () ->
            sequential(input(1), dense(10_000))
                .compile(sgd(), categoricalCrossentropy().fromLogits())
                .evaluate(oneHot(10_000)));
  }

  /** A sample of each of so many classes. */
  private static Dataset oneHot(int classes) {
    double[] labels = IntStream.range(0, classes).asDoubleStream().toArray();
    return dataset(new float[classes][1], labels).oneHot();
  }

  private static void figures(Map<String, Callable<?>> all) {
    all.put("confusionMatrix", () -> confusionMatrix(vector(0, 1e9), vector(0, 1e9)));
    all.put("confusionMatrix of scores", () -> confusionMatrix(vector(0), new double[1][100_000]));
    all.put("images", () -> images(syntheticDigits(20, 1), Integer.MAX_VALUE));
    all.put("pixels", () -> pixels("a", new double[2][100_000]).figure());
    all.put("points", () -> chart("a").points("p", many(2_000_000), many(2_000_000)).toString());
    all.put("landscape", () -> landscape(small(), dataset(vector(1), vector(1))).resolution(HUGE));
    all.put(
        "search", () -> search(space("a", uniform(0, 1)), s -> small()).random(Integer.MAX_VALUE));
    all.put("grid", () -> search(space("a", values()).and("b", values()), s -> small()).grid());
    all.put("descend", () -> descend(x -> x.square(), 3, sgd()).steps(Integer.MAX_VALUE));
    all.put("list", () -> mse().of(List.of(1, 2), vector(1, 2)));
  }

  private static Object[] values() {
    return IntStream.range(0, 1_000).boxed().toArray();
  }

  private static double[] many(int count) {
    return IntStream.range(0, count).asDoubleStream().toArray();
  }
}
