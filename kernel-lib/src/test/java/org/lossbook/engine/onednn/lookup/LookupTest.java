package org.lossbook.engine.onednn.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lossbook.engine.Engine;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Parameters.Vector;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.Window;
import org.lossbook.engine.onednn.OneDnnEngine;

class LookupTest {
  private static final float[] TABLE = {0, 1, 10, 11, 20, 21, 30, 31};
  private final Engine engine = OneDnnEngine.instance();

  private Parameters table() {
    Parameters parameters =
        engine.parameters(List.of(Parameter.trained("t", (v, s, r) -> {}, 4, 2)));
    parameters.write(Vector.TRAINABLE, 0, TABLE, TABLE.length);
    return parameters;
  }

  private static float[] output(Plan plan, int size) {
    float[] values = new float[size];
    plan.output(0, values);
    return values;
  }

  private static float[] gradient(Parameters parameters) {
    float[] values = new float[parameters.trainableSize()];
    parameters.read(Vector.GRADIENT, 0, values, values.length);
    return values;
  }

  @Test
  void eachNumberGivesItsRowOfTheTable() {
    try (Parameters p = table()) {
      Graph graph = engine.graph(p, 2, Mode.INFERENCE);
      Tensor ids = graph.input(3);
      Tensor y = graph.lookup(ids, p.slot("t"));
      assertThat(y.shape()).containsExactly(3, 2);
      try (Plan plan = graph.plan(List.of(ids), List.of(y))) {
        plan.input(0, new float[] {3, 0, 3, 1, 2, 0});
        plan.forward();
        assertThat(output(plan, 12)).containsExactly(30, 31, 0, 1, 30, 31, 10, 11, 20, 21, 0, 1);
      }
    }
  }

  @Test
  void aRowsGradientIsTheSumOverItsPlacesAndThatOfTheOthersIsZeroInEachStep() {
    try (Parameters p = table()) {
      Graph graph = engine.graph(p, 2, Mode.TRAINING);
      Tensor ids = graph.input(2);
      Tensor y = graph.lookup(ids, p.slot("t"));
      try (Plan plan = graph.plan(List.of(ids), List.of(y))) {
        plan.input(0, new float[] {0, 1, 2, 3});
        plan.forward();
        plan.outputGradient(0, new float[] {9, 9, 9, 9, 9, 9, 9, 9});
        plan.backward();
        plan.input(0, new float[] {3, 1, 1, 1});
        plan.forward();
        plan.outputGradient(0, new float[] {1, 2, 10, 20, 100, 200, 1000, 2000});
        plan.backward();
        assertThat(gradient(p)).containsExactly(0, 0, 1110, 2220, 0, 0, 1, 2);
      }
    }
  }

  @Test
  void aTableThatTwoLookupsAndADenseKernelShareGetsTheSumOfTheirGradients() {
    try (Parameters p = table()) {
      Graph graph = engine.graph(p, 1, Mode.TRAINING);
      Tensor first = graph.input(1);
      Tensor second = graph.input(2);
      Tensor x = graph.input(4);
      Tensor a = graph.lookup(first, p.slot("t"));
      Tensor b = graph.lookup(second, p.slot("t"));
      Tensor c = graph.dense(x, p.slot("t"), Optional.empty());
      try (Plan plan = graph.plan(List.of(first, second, x), List.of(a, b, c))) {
        plan.input(0, new float[] {1});
        plan.input(1, new float[] {1, 3});
        plan.input(2, new float[] {1, 2, 3, 4});
        for (int time = 0; time < 2; time++) {
          plan.forward();
          plan.outputGradient(0, new float[] {0.5f, 0});
          plan.outputGradient(1, new float[] {10, 20, 30, 40});
          plan.outputGradient(2, new float[] {100, 200});
          plan.backward();
          assertThat(gradient(p)).containsExactly(100, 200, 210.5f, 420, 300, 600, 430, 840);
        }
      }
    }
  }

  /** Once as one operation, and once as two, because the plan gives the rows, too. */
  @Test
  void theMeanOfASamplesRowsIsTheSameOnTheWayAsAfterThem() {
    try (Parameters p = table()) {
      float[] together = averaged(p, false);
      assertThat(together).startsWith(15, 16, 20, 21);
      assertThat(together).isEqualTo(averaged(p, true));
    }
  }

  /** So many rows that threads share them; 19 columns are two times eight and three more. */
  @Test
  void meansAndGradientsOfManyRowsAreThoseOfEachOnItsOwn() {
    int batch = 30;
    int length = 70;
    int words = 500;
    int width = 19;
    var random = new Random(5);
    float[] table = numbers(random, words * width);
    float[] slopes = numbers(random, batch * width);
    float[] ids = new float[batch * length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = random.nextInt(words);
    }
    double[] means = new double[batch * width];
    double[] gradient = new double[words * width];
    for (int i = 0; i < ids.length; i++) {
      for (int k = 0; k < width; k++) {
        int word = (int) ids[i];
        means[i / length * width + k] += table[word * width + k] / (double) length;
        gradient[word * width + k] += slopes[i / length * width + k] / (double) length;
      }
    }
    try (Parameters p =
        engine.parameters(List.of(Parameter.trained("t", (v, s, r) -> {}, words, width)))) {
      p.write(Vector.TRAINABLE, 0, table, table.length);
      Graph graph = engine.graph(p, batch, Mode.TRAINING);
      Tensor in = graph.input(length);
      Tensor rows = graph.lookup(in, p.slot("t"));
      Tensor mean = graph.averagePooling(rows, Window.of(length).strides(length));
      try (Plan plan = graph.plan(List.of(in), List.of(mean))) {
        plan.input(0, ids);
        for (int run = 0; run < 20; run++) {
          plan.forward();
          plan.outputGradient(0, slopes);
          plan.backward();
        }
        assertThat(output(plan, means.length)).containsExactly(floats(means), within(1e-6f));
        assertThat(gradient(p)).containsExactly(floats(gradient), within(1e-6f));
      }
    }
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  /** The means, and the table's gradient. */
  private float[] averaged(Parameters p, boolean rowsToo) {
    Graph graph = engine.graph(p, 2, Mode.TRAINING);
    Tensor ids = graph.input(4);
    Tensor rows = graph.lookup(ids, p.slot("t"));
    Tensor mean = graph.averagePooling(rows, Window.of(4).strides(4));
    try (Plan plan = graph.plan(List.of(ids), rowsToo ? List.of(mean, rows) : List.of(mean))) {
      plan.input(0, new float[] {0, 1, 2, 3, 2, 3, 3, 0});
      plan.forward();
      float[] both = Arrays.copyOf(output(plan, 4), 12);
      plan.outputGradient(0, new float[] {4, 8, 40, 80});
      plan.backward();
      System.arraycopy(gradient(p), 0, both, 4, 8);
      return both;
    }
  }

  @Test
  void theNumbersThemselvesGetNoGradient() {
    try (Parameters p = engine.parameters(List.of(Parameter.kept("t", (v, s, r) -> {}, 4, 2)))) {
      Graph graph = engine.graph(p, 1, Mode.INPUT_GRADIENT);
      Tensor ids = graph.inputWithGradient(2);
      Tensor y = graph.lookup(ids, p.slot("t"));
      try (Plan plan = graph.plan(List.of(ids), List.of(y))) {
        plan.input(0, new float[] {0, 1});
        plan.forward();
        plan.outputGradient(0, new float[] {1, 2, 3, 4});
        plan.backward();
        float[] gradient = {7, 7};
        plan.inputGradient(0, gradient);
        assertThat(gradient).containsOnly(0);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4    | embedding(4, 2) expects words as whole numbers from 0 to 3 but receives 4 at position 1 of sample 2 of the batch: take a vocabulary of 5 words or more.",
        "-1   | embedding(4, 2) expects words as whole numbers from 0 to 3 but receives -1 at position 1 of sample 2 of the batch: number the words from 0.",
        "1.5  | embedding(4, 2) expects words as whole numbers from 0 to 3 but receives 1.5 at position 1 of sample 2 of the batch: number the words from 0.",
        "NaN  | embedding(4, 2) expects words as whole numbers from 0 to 3 but receives NaN at position 1 of sample 2 of the batch: number the words from 0.",
        "Infinity | embedding(4, 2) expects words as whole numbers from 0 to 3 but receives Infinity at position 1 of sample 2 of the batch: number the words from 0.",
        "4e9  | embedding(4, 2) expects words as whole numbers from 0 to 3 but receives 4.0E9 at position 1 of sample 2 of the batch: number the words from 0.",
      })
  void aNumberThatIsNoWordIsRefusedWithItsPlace(float word, String message) {
    try (Parameters p = table()) {
      Graph graph = engine.graph(p, 3, Mode.INFERENCE);
      Tensor ids = graph.input(2);
      try (Plan plan = graph.plan(List.of(ids), List.of(graph.lookup(ids, p.slot("t"))))) {
        plan.input(0, new float[] {0, 1, 2, 3, 0, word});
        assertThatThrownBy(plan::forward)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(message);
      }
    }
  }

  @Test
  void aVocabularyBeyondTheWholeNumbersOfFloatsIsRefused() {
    assertThatThrownBy(() -> new Words((1 << 24) + 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("embedding(16777217, 1) expects at most 16,777,216 words");
  }
}
