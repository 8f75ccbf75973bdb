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
import org.lossbook.loss.Loss;
import org.lossbook.model.Model;
import org.lossbook.model.Sequential;
import org.lossbook.optimizer.Optimizer;

/** Trains small models, saves them, and writes down what they predict: for Keras to compare. */
public class SaveModels {
  private static final int SAMPLES = 20;
  private static final List<String> CASES = new ArrayList<>();

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
    var x = input(4);
    var shared = dense(4).tanh().named("shared");
    var sum = add().of(shared.of(x), shared.of(shared.of(x)));
    var u = input(4);
    var v = input(2);
    var twin = model(List.of(u, v), dense(3).of(concatenate().of(v, u))).named("twin");
    var inner = sequential(input(4), dense(3).relu(), dense(2)).named("inner");
    var frozen = dense(2).frozen().of(x);
    var ends = List.of(subtract().of(inner.of(sum), frozen), maximum().of(inner.of(x), frozen));
    var joined = concatenate().of(twin.of(sum, ends.get(0)), multiply().of(ends.get(0), ends.get(1)));
    save(
        folder,
        "branching",
        model(x, dense(1).of(average().of(joined, dense(5).of(batchNormalization().of(x))))).seed(4).compile(adam(), mse()),
        0);
    save(folder, "ours", regression(adam(), barron().alpha(0.5)), 0);
    Files.writeString(folder.resolve("expected.json"), "[" + String.join(",\n", CASES) + "]");
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
