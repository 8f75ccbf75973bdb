package org.lossbook.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lossbook.data.Values;
import org.lossbook.layer.Layer;
import org.lossbook.loss.Loss;
import org.lossbook.model.Model;
import org.lossbook.plot.explorer.NetworkExplorer;
import org.lossbook.testing.JavaScriptCalls;

/** What the explorer of backpropagation computes with; it computes it in JavaScript. */
class BackpropExplorationTest {
  private static final double[][] X = {{0.5, -1}, {1.5, 2}, {-0.25, 0.75}};

  private static Model of(Loss loss, Layer... layers) {
    return sequential(layers).seed(4).allowMismatch().compile(sgd(), loss);
  }

  private record Case(Model model, Object y) {}

  private static Case of(Object y, Loss loss, Layer... layers) {
    return new Case(of(loss, layers), y);
  }

  private static List<Case> networks() {
    double[] labels = {0, 1, 2};
    double[][] one = {{1}, {0}, {1}};
    double[][] two = {{1, -1}, {0, 0.5}, {2, 1}};
    double[][] classes = {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}};
    return List.of(
        of(two, mse(), input(2), dense(3).tanh(), dense(2)),
        of(one, mae(), input(2), dense(3).useBias(false), activation("sigmoid"), dense(1).relu()),
        of(one, rmse(), input(2), activation("mish"), dense(1).activation("selu")),
        of(classes, mse(), input(2), dense(3).softmax(), dense(3).softmax()),
        of(one, huber(0.1), input(2), dense(3).swish(), dense(4).elu(), dense(1).softplus()),
        of(one, mse().times(0.5).plus(mae()), input(2), dense(1)),
        of(one, hinge(), input(2), dense(2).relu(), dense(1).tanh()),
        of(one, binaryCrossentropy(), input(2), dense(3).leakyRelu(), dense(1).sigmoid()),
        of(labels, sparseCategoricalCrossentropy(), input(2), dense(4).tanh(), dense(3).softmax()),
        of(classes, categoricalCrossentropy(), input(2), dense(4).tanh(), dense(3).softmax()),
        of(labels, sparseCategoricalCrossentropy().fromLogits(), input(2), dense(3), dense(3)));
  }

  @Test
  @Tag("slow")
  void itsNumbersAreThoseOfJava() {
    JavaScriptCalls calls = new JavaScriptCalls();
    List<double[]> expected = new ArrayList<>();
    for (Case each : networks()) {
      try (Model model = each.model()) {
        Backprop pass = backprop(model, X, each.y());
        NetworkExplorer explorer = pass.explore();
        calls.call(explorer.pass(), flat(X), explorer.weights());
        expected.add(numbers(pass));
      }
    }
    List<double[]> answers = calls.answers();
    for (int i = 0; i < answers.size(); i++) {
      // A leaky relu's slope is a float for the engine, and the decimal that was written here.
      assertThat(answers.get(i)).as("network %d", i).containsExactly(expected.get(i), within(1e-8));
    }
  }

  @Test
  void aMovedWeightHasTheNumbersOfAModelWithThatWeight() {
    try (var model = of(mse(), input(2), dense(3).tanh(), dense(1))) {
      double[][] y = {{1}, {0}, {2}};
      NetworkExplorer explorer = backprop(model, X, y).explore();
      double[] weights = explorer.weights();
      for (int i = 0; i < 6; i++) {
        weights[i] = 0.25 * i - 0.5;
      }
      JavaScriptCalls calls = new JavaScriptCalls();
      calls.call(explorer.pass(), flat(X), weights);
      model.weights("dense/kernel", Values.of(Arrays.copyOf(weights, 6), 2, 3));
      assertThat(calls.answers().get(0))
          .containsExactly(numbers(backprop(model, X, y)), within(1e-7));
    }
  }

  @Test
  void aPageHasTheStillPictureAndNeedsNoNetwork() {
    try (var model = of(mse(), input(2), dense(3).tanh(), dense(1))) {
      var shown = backprop(model, X, new double[][] {{1}, {0}, {2}}).explore().mimeBundle();
      assertThat(shown).containsOnlyKeys("text/html", "image/png");
      assertThat(shown.get("text/html").contains("Trust Notebook")).isTrue();
      assertThat(shown.get("text/html").replace("http://www.w3.org/", "").contains("http"))
          .isFalse();
    }
  }

  @Test
  void layersOfSequencesAreRefusedInWords() {
    try (var model = of(mse(), input(3, 1), lstm(2), dense(1))) {
      var pass = backprop(model, Values.of(new float[3], 1, 3, 1), new double[][] {{1}});
      assertThatThrownBy(pass::explore)
          .hasMessage(
              "backprop.explore expects dense layers and functions but receives lstm, a layer of sequences: look at backprop(model, x, y) and its plot() instead.");
    }
  }

  private static double[] numbers(Backprop pass) {
    DoubleStream numbers = DoubleStream.of(pass.value());
    for (Pass each : pass.passes()) {
      numbers = DoubleStream.concat(numbers, Arrays.stream(flat(((DensePass) each).out())));
    }
    for (Pass each : pass.passes()) {
      numbers = DoubleStream.concat(numbers, Arrays.stream(flat(((DensePass) each).delta())));
    }
    for (Pass each : pass.passes()) {
      DensePass dense = (DensePass) each;
      numbers = DoubleStream.concat(numbers, Arrays.stream(flat(dense.kernelGradient())));
      numbers = DoubleStream.concat(numbers, Arrays.stream(dense.biasGradient()));
    }
    return DoubleStream.concat(numbers, Arrays.stream(flat(pass.byInput(0)))).toArray();
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }
}
