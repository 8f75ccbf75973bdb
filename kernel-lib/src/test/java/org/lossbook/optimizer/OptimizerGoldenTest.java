package org.lossbook.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.engine.Parameter;
import org.lossbook.testing.Golden;
import org.lossbook.testing.GoldenOptimizers;

/** Each rule's steps beside Keras's. */
class OptimizerGoldenTest {
  private static final int LONG = 100;

  /** A vector of two chunks, the numbers at the end of the second: offsets count. */
  private static final int OFFSET = Optimizer.CHUNK;

  static Stream<Golden.Case> cases() {
    return Golden.cases("optimizers");
  }

  static Stream<Golden.Case> averaging() {
    return cases().filter(golden -> golden.json().has("averages"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aHundredStepsAreThoseOfKeras(Golden.Case golden) {
    Optimizer optimizer = GoldenOptimizers.of(golden.text("optimizer"), golden.object("settings"));
    float[] weights = golden.tensor("start").floats();
    List<Parameter> parameters = parameters(golden);
    Optimizer.Updater updater = optimizer.start(parameters);
    ClippedNorms norms =
        optimizer.clipping().over(parameters.stream().mapToInt(Parameter::size).toArray());
    List<Golden.Values> gradients = tensors(golden.json(), "gradients");
    List<Golden.Values> after = tensors(golden.json(), "weights");
    double[] largest = new double[weights.length];
    for (int step = 0; step < LONG; step++) {
      float[] gradient = gradients.get(step % gradients.size()).floats();
      step(updater, norms, weights, gradient);
      for (int i = 0; i < weights.length; i++) {
        // A float that was once large has lost what is small beside that.
        largest[i] = Math.max(largest[i], Math.max(1, Math.abs(weights[i])));
      }
      if (step < after.size() - 1 || step == LONG - 1) {
        double[] expected = after.get(Math.min(step, after.size() - 1)).data();
        for (int i = 0; i < weights.length; i++) {
          assertThat((double) weights[i])
              .as("weight %d after step %d", i, step + 1)
              .isCloseTo(expected[i], within(allowed(step) * largest[i]));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("averaging")
  void theAveragesAreThoseOfKeras(Golden.Case golden) {
    Optimizer optimizer = GoldenOptimizers.of(golden.text("optimizer"), golden.object("settings"));
    float[] weights = golden.tensor("start").floats();
    List<Parameter> parameters = parameters(golden);
    Optimizer.Updater updater = optimizer.start(parameters);
    ClippedNorms norms =
        optimizer.clipping().over(parameters.stream().mapToInt(Parameter::size).toArray());
    List<Golden.Values> gradients = tensors(golden.json(), "gradients");
    assertThat(updater.averages()).isFalse();
    double largest = 1;
    for (int step = 0; step < LONG; step++) {
      float[] gradient = gradients.get(step % gradients.size()).floats();
      step(updater, norms, weights, gradient);
      for (float weight : weights) {
        largest = Math.max(largest, Math.abs(weight));
      }
    }
    assertThat(updater.averages()).isTrue();
    updater.average(weights, OFFSET, weights.length);
    double[] expected = golden.tensor("averages").data();
    for (int i = 0; i < weights.length; i++) {
      assertThat((double) weights[i]).isCloseTo(expected[i], within(allowed(LONG) * largest));
    }
  }

  private static void step(
      Optimizer.Updater updater, ClippedNorms norms, float[] weights, float[] gradient) {
    updater.beginStep();
    updater.gather(gradient, OFFSET, gradient.length);
    if (norms.areNeeded() && updater.moves()) {
      norms.begin();
      norms.add(gradient, OFFSET, gradient.length);
      norms.end();
      norms.shorten(gradient, OFFSET, gradient.length);
    }
    if (updater.moves()) {
      updater.surveyAll(weights, gradient, OFFSET, gradient.length);
    }
    updater.update(weights, gradient, OFFSET, weights.length);
  }

  /** Ten steps to a millionth; each later one may round by half of a float's last place. */
  private static double allowed(int step) {
    return Math.max(1e-6, (step + 1) * 0x1p-24);
  }

  /** Those of the case, behind a first one that fills a chunk and never gets a gradient. */
  private static List<Parameter> parameters(Golden.Case golden) {
    Stream<int[]> shapes =
        StreamSupport.stream(golden.json().getAsJsonArray("shapes").spliterator(), false)
            .map(Golden::ints);
    List<int[]> all = Stream.concat(Stream.of(new int[] {OFFSET}), shapes).toList();
    return IntStream.range(0, all.size())
        .mapToObj(
            i -> Parameter.trained("variable_" + (i - 1), (into, shape, random) -> {}, all.get(i)))
        .toList();
  }

  private static List<Golden.Values> tensors(JsonObject json, String field) {
    return StreamSupport.stream(json.getAsJsonArray(field).spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(Golden.Values::of)
        .toList();
  }
}
