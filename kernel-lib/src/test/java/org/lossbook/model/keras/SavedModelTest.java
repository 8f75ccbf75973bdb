package org.lossbook.model.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.accuracy;
import static org.lossbook.Lossbook.adam;
import static org.lossbook.Lossbook.barron;
import static org.lossbook.Lossbook.batchNormalization;
import static org.lossbook.Lossbook.conv2d;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.dropout;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.flatten;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.learned;
import static org.lossbook.Lossbook.loadModel;
import static org.lossbook.Lossbook.loss;
import static org.lossbook.Lossbook.maxPooling2d;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.io.ModelFileException;
import org.lossbook.model.Model;
import org.lossbook.training.fit.FitOptions;

/** Models in files: what is read is what was written. */
class SavedModelTest {
  private static final FitOptions TWO = epochs(2).batchSize(8).quiet();
  private static final FitOptions THREE = epochs(3).batchSize(8).quiet();

  @TempDir Path folder;

  @Test
  void aModelPredictsTheSameAfterwards() {
    try (Model model = images()) {
      model.save(file("a.keras"));
      try (Model loaded = loadModel(file("a.keras"))) {
        Values samples = Values.of(numbers(72, 3), 2, 6, 6, 1);

        assertThat(loaded.predictValues(samples).toFloats())
            .isEqualTo(model.predictValues(samples).toFloats());
        assertThat(loaded.summary().toString()).isEqualTo(model.summary().toString());
        assertThat(loaded).hasToString(model.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void trainingGoesOnToTheBitAsIfItHadNeverBeenInterrupted(boolean seeded) {
    Dataset data = Dataset.of(Values.of(numbers(20 * 36, 1), 20, 6, 6, 1), labels(20));
    try (Model model = images()) {
      model.fit(data, seeded ? TWO.seed(7) : TWO);
      model.save(file("half.keras"));
      model.fit(data, seeded ? THREE.seed(7) : THREE);
      try (Model resumed = loadModel(file("half.keras"))) {
        resumed.fit(data, seeded ? THREE.seed(7) : THREE);

        assertThat(weights(resumed)).isEqualTo(weights(model));
        assertThat(resumed.history().last("loss")).isEqualTo(model.history().last("loss"));
      }
    }
  }

  @Test
  void whatALossLearnsGoesOnToTheBit() {
    Dataset data = Dataset.of(Values.of(numbers(40, 1), 20, 2), Values.of(numbers(20, 2), 20, 1));
    try (Model model =
        sequential(input(2), dense(4).tanh(), dense(1))
            .seed(3)
            .compile(adam().learningRate(0.01), barron().alpha(learned(1)).c(learned(0.5)))) {
      model.fit(data, TWO.seed(1));
      model.learningRate(0.003).save(file("learned.keras"));
      model.fit(data, THREE.seed(1));
      try (Model resumed = loadModel(file("learned.keras"))) {
        assertThat(resumed.learningRate()).isEqualTo(0.003);
        resumed.fit(data, THREE.seed(1));

        assertThat(weights(resumed)).isEqualTo(weights(model));
        assertThat(resumed.setting("alpha")).isEqualTo(model.setting("alpha"));
        assertThat(resumed.setting("c")).isEqualTo(model.setting("c"));
      }
    }
  }

  @Test
  void aLossOfOnesOwnIsLeftOutAloudAndCompiledAgain() {
    Dataset data = Dataset.of(Values.of(numbers(40, 1), 20, 2), Values.of(numbers(20, 2), 20, 1));
    var cube = loss("cube", (y, p) -> y.minus(p).abs().pow(3));
    try (Model model = sequential(input(2), dense(1)).seed(3).compile(sgd(), cube)) {
      SavedFile saved = model.save(file("own.keras"));
      assertThat(saved.toString()).contains("its loss, cube, contains your own code");
      try (Model loaded = loadModel(file("own.keras"))) {
        assertThat(weights(loaded)).isEqualTo(weights(model));
        assertThatThrownBy(() -> loaded.fit(data, TWO))
            .hasMessage(
                "fit expects a compiled model but this one is not, its loss, cube, contains your own code, so compile it again after loading; weights and layers are there: call compile(adam(), …) with its loss first.");
        assertThatThrownBy(() -> loaded.evaluate(data)).hasMessageContaining("not");
        loaded.compile(sgd(), cube).fit(data, TWO.seed(1));
        model.fit(data, TWO.seed(1));
        assertThat(weights(loaded)).isEqualTo(weights(model));
      }
    }
  }

  @Test
  void weightsAloneGoFromModelToModel() {
    try (Model model = images();
        Model other = images()) {
      other.weights("dense/bias", new double[] {1, 2, 3, 4});
      model.saveWeights(file("a.weights.h5"));
      model.save(file("a.keras"));

      assertThat(weights(other.loadWeights(file("a.weights.h5")))).isEqualTo(weights(model));
      other.weights("dense/bias", new double[] {1, 2, 3, 4});
      assertThat(weights(other.loadWeights(file("a.keras")))).isEqualTo(weights(model));
    }
  }

  @Test
  void weightsOfAnotherModelAreRefusedByName() {
    try (Model model = images();
        Model other = sequential(input(2), dense(3), dense(3)).compile(sgd(), mse());
        Model shape = sequential(input(2), dense(3), dense(1)).seed(1).compile(sgd(), mse())) {
      other.saveWeights(file("b.weights.h5"));
      var before = weights(shape);

      assertThatThrownBy(() -> model.loadWeights(file("b.weights.h5")))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("b.weights.h5 holds the weights of another model: it lacks")
          .hasMessageContaining("layers/batch_normalization/vars/0, batch_normalization/gamma;")
          .hasMessageContaining("and has nothing, which this model has not.");
      assertThatThrownBy(() -> shape.loadWeights(file("b.weights.h5")))
          .hasMessageContaining("layers/dense_1/vars/0 is [3, 3] where [3, 1] is expected");
      assertThat(weights(shape)).isEqualTo(before);
    }
  }

  @Test
  void aFileNameSaysWhatIsInIt() {
    try (Model model = images()) {
      assertThatThrownBy(() -> model.save("digits.h5"))
          .hasMessageStartingWith("save expects a file name that ends in .keras but receives \"");
      assertThatThrownBy(() -> model.save((String) null)).hasMessageContaining("but receives none");
      assertThatThrownBy(() -> loadModel(file("none.keras")))
          .isInstanceOf(ModelFileException.class)
          .hasMessageStartingWith("loading expects a .keras file but there is none at ");
      assertThatThrownBy(() -> model.save(file("nowhere/a.keras")))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("there is no such folder");
      assertThatThrownBy(() -> model.loadWeights("a.npz"))
          .hasMessageContaining("ends in .weights.h5 or .keras but receives \"a.npz\"");
    }
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  static Model images() {
    return sequential(
            input(6, 6, 1),
            conv2d(2, 3).relu().same().strides(2),
            batchNormalization(),
            maxPooling2d(2),
            flatten(),
            dropout(0.5),
            dense(4).leakyRelu(0.3),
            dense(3).softmax())
        .seed(1)
        .compile(adam(), sparseCategoricalCrossentropy(), accuracy());
  }

  /** All numbers by name; lists, which are equal where their numbers are. */
  static Map<String, List<Float>> weights(Model model) {
    Map<String, List<Float>> weights = new TreeMap<>();
    for (String name : model.weightNames()) {
      List<Float> numbers = new ArrayList<>();
      for (float number : model.weightValues(name).toFloats()) {
        numbers.add(number);
      }
      weights.put(name, numbers);
    }
    return weights;
  }

  private static float[] numbers(int count, long seed) {
    var random = new SplittableRandom(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble();
    }
    return numbers;
  }

  private static double[] labels(int count) {
    double[] labels = new double[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 3;
    }
    return labels;
  }
}
