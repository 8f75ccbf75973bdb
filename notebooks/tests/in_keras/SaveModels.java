import static org.lossbook.Lossbook.*;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.layer.Layer;
import org.lossbook.layer.Node;
import org.lossbook.loss.Loss;
import org.lossbook.metric.Metric;
import org.lossbook.model.Model;
import org.lossbook.model.Sequential;
import org.lossbook.optimizer.Optimizer;

/** Trains small models, saves them, and writes down what they predict: for Keras to compare. */
public class SaveModels {
  private static final int SAMPLES = 20;
  private static final List<String> CASES = new ArrayList<>();
  private static int written;

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Sequential pictures =
        sequential(
            input(8, 8, 1),
            conv2d(4, 3).same().strides(2).l2(1e-3).relu(),
            batchNormalization().momentum(0.9),
            activation("swish"),
            maxPooling2d(2).same(),
            conv2d(4, 2).dilation(1).groups(2).useBias(false).gelu(),
            averagePooling2d(1),
            dropout(0.25),
            flatten(),
            dense(6).leakyRelu(0.3).maxNorm(2),
            activation("leaky_relu").leakyRelu(0.1),
            dense(3).softmax().named("kinds"));
    save(
        folder,
        "pictures",
        pictures.seed(1).compile(adam(), sparseCategoricalCrossentropy(), accuracy()),
        3);
    save(
        folder,
        "pooled",
        sequential(
                input(64),
                reshape(8, 8, 1),
                conv2d(3, 2, 3).elu(0.5),
                batchNormalization().scale(false).center(false),
                globalAveragePooling2d(),
                dense(4).softplus().l1(1e-3).nonNegative(),
                dense(4).sigmoid().unitNorm(),
                dense(3))
            .seed(2)
            .compile(
                rmsprop().momentum(0.5).centered(), sparseCategoricalCrossentropy().fromLogits()),
        3);
    Map<String, Optimizer> optimizers = new LinkedHashMap<>();
    optimizers.put("SGD", sgd().momentum(0.9).nesterov());
    optimizers.put("Adam", adam().amsgrad().clipNorm(1));
    optimizers.put("AdamW", adamw());
    optimizers.put("Nadam", nadam());
    optimizers.put("Adamax", adamax());
    optimizers.put("Adagrad", adagrad());
    optimizers.put("Adadelta", adadelta());
    optimizers.put("RMSprop", rmsprop());
    optimizers.put("Lion", lion());
    for (Map.Entry<String, Optimizer> each : optimizers.entrySet()) {
      save(folder, each.getKey(), regression(each.getValue(), huber(0.5)), 0);
    }
    save(folder, "scheduled", regression(adam().learningRate(cosineDecay(0.01, 100)), mse()), 0);
    save(
        folder,
        "averaged",
        regression(adam().emaMomentum(0.75).emaOverwriteFrequency(3), mse()),
        0);
    save(
        folder,
        "accumulated",
        regression(sgd().momentum(0.5).clipNorm(1).useEma().gradientAccumulationSteps(3), mse()),
        0);
    save(
        folder,
        "weighted",
        sequential(input(4), dense(1))
            .seed(5)
            .compile(
                adam(), mse(), mae(), mae().sampleWeighted(), mse().named("far").sampleWeighted()),
        0);
    var x = input(4);
    var shared = dense(4).tanh().named("shared");
    var sum = add().of(shared.of(x), shared.of(shared.of(x)));
    var u = input(4);
    var v = input(2);
    var twin = model(List.of(u, v), dense(3).of(concatenate().of(v, u))).named("twin");
    var inner = sequential(input(4), dense(3).relu(), dense(2)).named("inner");
    var frozen = dense(2).frozen().of(x);
    var ends = List.of(subtract().of(inner.of(sum), frozen), maximum().of(inner.of(x), frozen));
    var joined =
        concatenate().of(twin.of(sum, ends.get(0)), multiply().of(ends.get(0), ends.get(1)));
    save(
        folder,
        "branching",
        model(x, dense(1).of(average().of(joined, dense(5).of(batchNormalization().of(x)))))
            .seed(4)
            .compile(adam(), mse()),
        0);
    save(folder, "ours", regression(adam(), barron().alpha(0.5)), 0);
    Files.writeString(folder.resolve("expected.json"), "[" + String.join(",\n", CASES) + "]");
    options(Files.createDirectories(folder.resolve("options")));
  }

  /** A model for each option of a loss, a metric, an optimizer or a layer: Keras has to read it. */
  private static void options(Path folder) {
    List<Loss> losses = new ArrayList<>();
    losses.addAll(List.of(mse(), mae(), mape(), msle(), huber(2), logCosh(), poisson()));
    losses.addAll(List.of(cosineSimilarity(), hinge(), squaredHinge(), categoricalHinge()));
    losses.addAll(List.of(dice(), dice().eachSample(), tversky(0.7, 0.3).eachSample()));
    losses.add(klDivergence());
    losses.add(binaryCrossentropy().fromLogits().labelSmoothing(0.1));
    losses.add(categoricalCrossentropy().labelSmoothing(0.1));
    losses.add(sparseCategoricalCrossentropy().fromLogits());
    losses.add(binaryFocalCrossentropy().classBalancing().alpha(0.3).gamma(1).labelSmoothing(0.1));
    losses.add(categoricalFocalCrossentropy().alpha(0.3).gamma(3).fromLogits());
    losses.add(categoricalGeneralizedCrossEntropy(0.7));
    for (Loss loss : losses) {
      for (Loss each : List.of(loss, loss.sum(), loss.weightedMean(), loss.times(0.5))) {
        option(folder, dense(3), adam(), each);
      }
    }
    option(folder, dense(3), adam(), circle().gamma(40).margin(0.2));
    Metric[] ofRegression = {
      mse(),
      mae().named("error"),
      mae().sampleWeighted(),
      rmse(),
      quantile(0.9),
      mse().plus(mae()),
      r2(),
      r2().adjusted(2).varianceWeighted()
    };
    Metric[] ofAnswers = {
      accuracy(),
      accuracy().named("right"),
      binaryAccuracy().threshold(0.3),
      precision().threshold(0.7),
      precision().threshold(-2),
      recall().topK(1),
      specificity(),
      truePositives(),
      falseNegatives().classId(0),
      specificity().sampleWeighted(),
      f1(),
      f1().threshold(0.4),
      f1().threshold(0),
      fBeta(2).micro(),
      auc(),
      auc().precisionRecall(),
      auc().macro(),
      binaryCrossentropy()
    };
    Metric[] ofClasses = {
      accuracy().named("acc"),
      accuracy().named("hits"),
      sparseCategoricalAccuracy(),
      sparseTopKCategoricalAccuracy().k(2),
      precision().macro(),
      recall().classId(1),
      f1().weighted(),
      f1().classId(2)
    };
    option(folder, dense(1), adam(), mse(), ofRegression);
    option(folder, dense(1).sigmoid(), adam(), binaryCrossentropy(), ofAnswers);
    option(folder, dense(1), adam(), binaryCrossentropy().fromLogits(), ofAnswers);
    option(folder, dense(3).softmax(), adam(), sparseCategoricalCrossentropy(), ofClasses);
    option(
        folder,
        dense(3).softmax(),
        adam(),
        categoricalCrossentropy(),
        accuracy().named("hits"),
        categoricalAccuracy(),
        topKCategoricalAccuracy().k(2));
    List<Optimizer> optimizers = new ArrayList<>();
    optimizers.addAll(List.of(sgd().momentum(0.9), adam().weightDecay(0.01).clipValue(1)));
    optimizers.addAll(List.of(adamw().withoutWeightDecay().globalClipNorm(2), lion().clipNorm(1)));
    optimizers.addAll(
        List.of(
            sgd().learningRate(exponentialDecay(0.1, 10, 0.5)),
            sgd().learningRate(inverseTimeDecay(0.1, 10, 0.5)),
            sgd().learningRate(polynomialDecay(0.1, 10)),
            sgd().learningRate(cosineDecay(0.1, 10)),
            sgd().learningRate(cosineDecayRestarts(0.1, 10)),
            sgd().learningRate(stepDecay(0.1, 10, 0.5)),
            sgd().learningRate(piecewiseConstantDecay(new int[] {3}, 0.1, 0.01))));
    optimizers.forEach(each -> option(folder, dense(2), each, mse()));
    var image = input(6, 6, 2);
    var x = spatialDropout2d(0.2).of(gaussianDropout(0.3).of(gaussianNoise(0.1).of(image)));
    x =
        batchNormalization()
            .frozen()
            .of(activation("softmax").of(conv2d(2, 3).same().l1(0.1).of(x)));
    x = multiply().of(x, image);
    var joined =
        concatenate()
            .of(
                globalAveragePooling2d().of(x),
                globalMaxPooling2d().of(x),
                flatten().of(globalAveragePooling2d().keepdims().of(x)),
                reshape(2).of(globalMaxPooling2d().keepdims().of(x)),
                flatten()
                    .of(averagePooling2d(2).of(maxPooling2d(2).of(dropout(0.1).frozen().of(x)))));
    var a = dense(3).unitNorm().of(joined);
    var b = dense(3).maxNorm(2).l1l2(0.1, 0.2).of(joined);
    var ends =
        List.of(
            dot().of(a, b),
            dot().normalized().of(a, b),
            concatenate().of(minimum().of(a, b), maximum().of(a, b), average().of(a, b)),
            add().of(subtract().of(a, b), a));
    var end = concatenate().axis(1).of(ends.toArray(new Node[0]));
    written(folder, model(image, dense(1).of(end)).compile(adam(), mse()));
    var u = input(4);
    var price = dense(1).named("price").of(u);
    var sold = dense(1).sigmoid().named("sold").of(price);
    List<Loss> both = List.of(mse().times(0.5), binaryCrossentropy().times(2));
    Metric[] ofBoth = {specificity().on("sold"), mae().on("price")};
    written(folder, model(u, List.of(price, sold)).compile(adam(), both, ofBoth));
  }

  private static void option(
      Path folder, Layer end, Optimizer optimizer, Loss loss, Metric... metrics) {
    written(folder, sequential(input(4), end).allowMismatch().compile(optimizer, loss, metrics));
  }

  private static void written(Path folder, Model model) {
    model.save(folder.resolve(written++ + " " + model + ".keras"));
    model.close();
  }

  private static Model regression(Optimizer optimizer, Loss loss) {
    return sequential(input(4), dense(5).tanh(), dense(1))
        .seed(3)
        .compile(optimizer, loss, mae(), r2());
  }

  private static void save(Path folder, String name, Model model, int classes) {
    int[] shape = name.equals("pictures") ? new int[] {8, 8, 1} : new int[] {classes > 0 ? 64 : 4};
    var random = new SplittableRandom(name.hashCode());
    float[] x = new float[SAMPLES * (classes > 0 ? 64 : 4)];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
    }
    double[] y = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      y[i] = classes > 0 ? random.nextInt(classes) : random.nextDouble();
    }
    int[] batch = new int[shape.length + 1];
    batch[0] = SAMPLES;
    System.arraycopy(shape, 0, batch, 1, shape.length);
    Values samples = Values.of(x, batch);
    model.fit(Dataset.of(samples, y), epochs(2).batchSize(4).seed(1).quiet());
    model.save(folder.resolve(name + ".keras").toString());
    model.saveWeights(folder.resolve(name + ".weights.h5").toString());
    float[] predicted = model.predictValues(samples).toFloats();
    model.fit(Dataset.of(samples, y), epochs(1).batchSize(4).shuffle(false).quiet());
    CASES.add(
        "{\"name\":\"%s\",\"shape\":%s,\"x\":%s,\"y\":%s,\"predicted\":%s,\"after\":%s}"
            .formatted(
                name,
                Arrays.toString(batch),
                Arrays.toString(x),
                Arrays.toString(y),
                Arrays.toString(predicted),
                Arrays.toString(model.predictValues(samples).toFloats())));
    model.close();
  }
}
