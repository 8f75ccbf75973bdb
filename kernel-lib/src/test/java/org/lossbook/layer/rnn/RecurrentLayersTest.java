package org.lossbook.layer.rnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.*;
import static org.lossbook.Lossbook.concatenate;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.lstm;
import static org.lossbook.Lossbook.model;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.engine.Graph;
import org.lossbook.engine.Mode;
import org.lossbook.engine.Parameter;
import org.lossbook.engine.Parameters;
import org.lossbook.engine.Plan;
import org.lossbook.engine.Tensor;
import org.lossbook.engine.onednn.OneDnnEngine;
import org.lossbook.layer.Layer;
import org.lossbook.layer.LayerValue;
import org.lossbook.model.Model;

/** Recurrent layers within models, and what they say to what does not fit. */
class RecurrentLayersTest {
  private static Values sequences(int samples, int steps, int features) {
    float[] numbers = new float[samples * steps * features];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) Math.sin(1.7 * i);
    }
    return Values.of(numbers, samples, steps, features);
  }

  private static Values steps(Values all, int from, int to) {
    int[] shape = all.shape();
    float[] numbers = all.toFloats();
    float[] some = new float[shape[0] * (to - from) * shape[2]];
    int width = (to - from) * shape[2];
    for (int i = 0; i < shape[0]; i++) {
      System.arraycopy(numbers, (i * shape[1] + from) * shape[2], some, i * width, width);
    }
    return Values.of(some, shape[0], to - from, shape[2]);
  }

  static Stream<Layer> stateful() {
    return Stream.of(
        lstm(3).stateful(),
        gru(3).stateful(),
        simpleRnn(3).stateful().activation("softsign"),
        rnn(List.of(lstmCell(4), gruCell(3))).stateful());
  }

  @ParameterizedTest
  @MethodSource("stateful")
  void aStatefulLayerGoesOnWhereTheLastBatchEnded(Layer layer) {
    Values x = sequences(3, 6, 2);
    try (Model model = sequential(input(anyLength(), 2), layer, dense(1)).build()) {
      float[] whole = model.predictValues(x).toFloats();
      model.resetStates();
      model.predictValues(steps(x, 0, 2));
      model.predictValues(steps(x, 2, 5));
      float[] inParts = model.predictValues(steps(x, 5, 6)).toFloats();

      assertThat(inParts).containsExactly(whole, within(1e-6f));
      assertThat(model.predictValues(x).toFloats()).isNotEqualTo(whole);
      assertThat(model.resetStates().predictValues(x).toFloats()).containsExactly(whole);
    }
  }

  @Test
  void aPictureShowsAStateBehindItsLayerAlone() {
    var x = input(5, 4);
    var read = lstm(8).returnState().of(x);
    var network = model(x, dense(3).of(concatenate().of(read, read.output(1))));
    assertThat(network.plot().alt())
        .contains("; lstm_output 8 of lstm; concatenate 16 of lstm and");
  }

  @Test
  void statesStayBetweenTrainingAndPredictionAndHaveOneBatchSize() {
    Values x = sequences(4, 3, 2);
    Values y = Values.of(new float[4], 4, 1);
    try (Model model =
        sequential(input(3, 2), lstm(3).stateful(), dense(1))
            .compile(sgd().learningRate(1e-30), mse())) {
      model.fit(x, y, epochs(1).batchSize(4).shuffle(false).silent());
      float[] after = model.predictValues(x).toFloats();
      float[] fresh = model.resetStates().predictValues(x).toFloats();
      assertThat(after).isNotEqualTo(fresh);
      assertThat(model.predictValues(x).toFloats()).containsExactly(after, within(1e-6f));
      assertThatThrownBy(() -> model.predictValues(sequences(2, 3, 2)))
          .hasMessage(
              "lstm keeps the states of a batch of 4 samples but receives a batch of 2: give batches of one size, or call resetStates() before.");
      assertThat(model.resetStates().predictValues(sequences(2, 3, 2)).shape())
          .containsExactly(2, 1);
    }
  }

  @Test
  void gradientsOfAStatefulLayerAreCheckedFromZeroStates() {
    try (Model model =
        sequential(input(3, 2), gru(2).stateful(), dense(1)).compile(adam(), mse())) {
      Values x = sequences(2, 3, 2);
      model.predictValues(x);
      assertThat(gradientCheck(model, x, Values.of(new float[] {1, -1}, 2, 1)).agrees()).isTrue();
    }
  }

  @Test
  void sequencesOfAnyLengthAndTheirGradients() {
    try (Model model =
        sequential(
                input(anyLength(), 2),
                bidirectional(gru(3).returnSequences()),
                lstm(2).returnSequences(),
                timeDistributed(dense(2).tanh()),
                simpleRnn(2))
            .compile(adam(), mse())) {
      for (int length : new int[] {1, 4, 7}) {
        Values x = sequences(2, length, 2);
        assertThat(model.predictValues(x).shape()).containsExactly(2, 2);
        assertThat(gradientCheck(model, x, Values.of(new float[4], 2, 2)).agrees())
            .as("length %d", length)
            .isTrue();
      }
      assertThat(model.summary().toString())
          .contains("bidirectional")
          .contains("(None, None, 6)")
          .contains("time_distributed");
      assertThat(model.plot()).isNotNull();
      model.fit(
          sequences(6, 5, 2), Values.of(new float[12], 6, 2), epochs(2).batchSize(4).silent());
    }
  }

  @Test
  void statesLeadFromOneLayerToAnother(@TempDir Path folder) {
    var x = input(5, 2);
    var z = input(4, 2);
    var encoded = lstm(3).returnState().of(x);
    var decoded = lstm(3).returnSequences().of(z, encoded.output(1), encoded.output(2));
    try (Model model = model(List.of(x, z), List.of(decoded, encoded)).build()) {
      List<Values> given = List.of(sequences(2, 5, 2), sequences(2, 4, 2));
      Path file = folder.resolve("translation.keras");
      model.save(file);
      try (Model loaded = loadModel(file)) {
        assertThat(loaded.predictValues(given, "lstm_1").toFloats())
            .containsExactly(model.predictValues(given, "lstm_1").toFloats());
      }
    }
  }

  static Stream<Layer> dropping() {
    return Stream.of(
        lstm(8).recurrentDropout(0.5).returnSequences(),
        gru(8).recurrentDropout(0.5).dropout(0.5).returnSequences(),
        simpleRnn(8).dropout(0.5).returnSequences());
  }

  @ParameterizedTest
  @MethodSource("dropping")
  void dropoutIsAtWorkInTrainingAloneAndDrawnAnewForEachBatch(Layer layer) {
    try (Parameters parameters =
        OneDnnEngine.instance().parameters(layer.parameters(List.of(new int[] {4, 3})))) {
      for (Parameters.Slot slot : parameters.slots()) {
        float[] ones = new float[slot.size()];
        IntStream.range(0, ones.length).forEach(i -> ones[i] = 0.1f + 0.01f * (i % 7));
        parameters.write(slot.vector(), slot.offset(), ones, ones.length);
      }
      float[] inference = run(layer, parameters, false, 1);
      assertThat(run(layer, parameters, false, 2)).containsExactly(inference);
      float[] training = run(layer, parameters, true, 1);
      assertThat(training).isNotEqualTo(inference);
      assertThat(run(layer, parameters, true, 2)).isNotEqualTo(training);
    }
  }

  private static float[] run(Layer layer, Parameters parameters, boolean training, long seed) {
    Graph graph = OneDnnEngine.instance().graph(parameters, 2, training);
    Tensor x = graph.input(4, 3);
    Tensor y = LayerValue.tensor(layer.build(graph, List.of(x), parameters::slot));
    try (Plan plan = graph.plan(List.of(x), List.of(y))) {
      plan.seed(seed);
      plan.input(0, sequences(2, 4, 3).toFloats());
      plan.forward();
      float[] values = new float[2 * y.size()];
      plan.output(0, values);
      return values;
    }
  }

  @Test
  void aPlanThatGoesOnKeepsTheStatesOfLayersThatDoNot() {
    Layer layer = rnn(List.of(lstmCell(3), gruCell(2)));
    try (Parameters parameters =
        OneDnnEngine.instance().parameters(layer.parameters(List.of(new int[] {4, 3})))) {
      for (Parameters.Slot slot : parameters.slots()) {
        float[] drawn = new float[slot.size()];
        slot.parameter()
            .initializer()
            .fill(drawn, slot.parameter().shape(), new SplittableRandom(1));
        parameters.write(slot.vector(), slot.offset(), drawn, drawn.length);
      }
      Values x = sequences(1, 4, 3);
      float[] whole = continued(layer, parameters, x);
      parameters.forgetStates(true);
      continued(layer, parameters, steps(x, 0, 3));
      assertThat(continued(layer, parameters, steps(x, 3, 4))).containsExactly(whole);
    }
    assertThatThrownBy(
            () -> {
              Layer back = gru(2).goBackwards();
              try (Parameters parameters =
                  OneDnnEngine.instance().parameters(back.parameters(List.of(new int[] {4, 3})))) {
                continued(back, parameters, sequences(1, 4, 3));
              }
            })
        .hasMessageStartingWith("gru reads backwards, from steps that are yet to come");
  }

  private static float[] continued(Layer layer, Parameters parameters, Values x) {
    Graph graph = OneDnnEngine.instance().graph(parameters, 1, Mode.CONTINUED);
    Tensor given = graph.input(x.shape()[1], 3);
    Tensor y = LayerValue.tensor(layer.build(graph, List.of(given), parameters::slot));
    try (Plan plan = graph.plan(List.of(given), List.of(y))) {
      plan.input(0, x.toFloats());
      plan.forward();
      float[] values = new float[y.size()];
      plan.output(0, values);
      return values;
    }
  }

  @Test
  void aSequenceReadStepByStepNeedsNoCopyForEachStep() {
    Layer layer = bidirectional(gru(4).returnSequences());
    long few = bytes(layer, 50);
    long many = bytes(layer, 200);
    assertThat(many).isLessThan(6 * few);
  }

  private static long bytes(Layer layer, int length) {
    try (Parameters parameters =
        OneDnnEngine.instance().parameters(layer.parameters(List.of(new int[] {length, 3})))) {
      Graph graph = OneDnnEngine.instance().graph(parameters, 8, true);
      Tensor x = graph.input(length, 3);
      Tensor y = LayerValue.tensor(layer.build(graph, List.of(x), parameters::slot));
      try (Plan plan = graph.plan(List.of(x), List.of(y))) {
        return plan.bytes();
      }
    }
  }

  @Test
  void convolutionalLayersCountTheirParameters() {
    assertThat(count(convLstm1d(8, 3), 6, 28, 2)).isEqualTo(992);
    assertThat(count(convLstm2d(8, 3), 6, 28, 28, 1)).isEqualTo(2_624);
    assertThat(count(convLstm3d(2, 3), 2, 4, 4, 4, 1)).isEqualTo(656);
  }

  private static int count(Layer layer, int... shape) {
    return layer.parameters(shape).stream().mapToInt(Parameter::size).sum();
  }

  @Test
  void aModelIsAppliedToEachStep() {
    Values x = sequences(2, 3, 2);
    try (Model inner = sequential(input(2), dense(3).tanh(), dense(1)).build();
        Model model = sequential(input(3, 2), timeDistributed(inner)).build()) {
      Values each = inner.predictValues(Values.of(x.toFloats(), 6, 2));
      assertThat(model.predictValues(x).toFloats()).containsExactly(each.toFloats(), within(1e-6f));
    }
  }

  @Test
  void aPenaltyOnTheOutputsOfBothDirectionsCounts() {
    Values x = sequences(3, 4, 2);
    try (Model model =
        sequential(input(4, 2), bidirectional(lstm(2).activityRegularizer(l2(1))))
            .compile(adam(), mse())) {
      double squares = 0;
      for (float y : model.predictValues(x).toFloats()) {
        squares += (double) y * y;
      }
      double mean = squares / 12;
      assertThat(model.evaluate(x, Values.of(new float[12], 3, 4)).loss())
          .isCloseTo(mean + squares / 3, within(1e-5));
    }
  }

  @Test
  void theForgetGateBeginsOpen() {
    try (Model model = sequential(input(3, 2), lstm(2)).build()) {
      assertThat(model.weightValues("lstm/bias").toFloats())
          .containsExactly(0, 0, 1, 1, 0, 0, 0, 0);
    }
    try (Model model = sequential(input(3, 2), lstm(2).biasInitializer(constant(0.5))).build()) {
      assertThat(model.weightValues("lstm/bias").toFloats())
          .containsExactly(0.5f, 0.5f, 1, 1, 0.5f, 0.5f, 0.5f, 0.5f);
    }
    try (Model model = sequential(input(3, 2), lstm(2).unitForgetBias(false)).build()) {
      assertThat(model.weightValues("lstm/bias").toFloats()).containsOnly(0);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedWithAFix() {
    assertThatThrownBy(() -> lstmCell(4).outputShape(5, 2))
        .hasMessage(
            "lstm_cell expects one step [batch, features] but receives [batch, 5, 2]: rnn(…) reads a sequence with it.");
    assertThatThrownBy(() -> lstmCell(4).outputShape(2))
        .hasMessage(
            "lstm_cell expects a step and then 2 states [batch, 4] and [batch, 4] but receives no values: write of(x, h, c).");
    assertThatThrownBy(() -> bidirectional(lstmCell(4)))
        .hasMessage(
            "bidirectional expects a recurrent layer, such as lstm(64), but receives lstm_cell(4): write bidirectional(rnn(lstmCell(4))).");
    assertThatThrownBy(() -> bidirectional(dense(4)))
        .hasMessage(
            "bidirectional expects a recurrent layer, such as lstm(64), but receives dense(4), which reads no sequence step by step: write bidirectional(lstm(64)).");
    assertThatThrownBy(() -> bidirectional(lstm(4), gru(4)))
        .hasMessage(
            "bidirectional expects one layer that reads from the start and one that goes backwards but receives lstm(4) and gru(4), which read alike: add goBackwards() to the second.");
    assertThatThrownBy(() -> bidirectional(lstm(4).returnSequences(), gru(4).goBackwards()))
        .hasMessage(
            "bidirectional expects layers that give the same but only one of lstm(4) and gru(4) has returnSequences(): add it to the other.");
    assertThatThrownBy(
            () -> bidirectional(lstm(4), gru(3).goBackwards()).mergeMode("sum").outputShape(5, 2))
        .hasMessageContaining("two layers of as many units but receives lstm(4) and gru(3)");
    assertThat(bidirectional(lstm(4), gru(3).goBackwards()).outputShape(5, 2)).containsExactly(7);
    assertThatThrownBy(() -> bidirectional(lstm(4)).mergeMode("mean"))
        .hasMessageContaining(
            "one of the merge modes concat, sum, mul, ave and none but receives \"mean\"");
    assertThatThrownBy(() -> timeDistributed(dense(4)).outputShape(5))
        .hasMessage(
            "time_distributed expects sequences [batch, steps, …] but receives [batch, 5]: apply dense(4) without it.");
    assertThatThrownBy(() -> rnn(List.of()))
        .hasMessageStartingWith("stacked_rnn_cells expects cells but receives none");
    assertThatThrownBy(() -> lstm(4).recurrentActivation("firm"))
        .hasMessageContaining("receives \"firm\"");
    assertThatThrownBy(() -> lstm(4).glu().outputShape(5, 2))
        .hasMessage(
            "lstm expects a function that gives a number for each of its 4 units but glu gives 2: use tanh() or another one.");
    assertThatThrownBy(() -> convLstm2d(4, 3).outputShape(28, 28, 1))
        .hasMessage(
            "conv_lstm2d expects sequences [batch, steps, height, width, channels] but receives [batch, 28, 28, 1]: add reshape(1, 28, 28, 1) before it.");
    assertThat(convLstm2d(4, 3).outputShape(6, 28, 28, 1)).containsExactly(26, 26, 4);
    assertThatThrownBy(() -> gru(4).dropout(1.5))
        .hasMessage("gru.dropout expects a rate from 0 to below 1 but receives 1.5.");
  }
}
