package org.lossbook.layer.worked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lossbook.Lossbook.convLstm1d;
import static org.lossbook.Lossbook.gru;
import static org.lossbook.Lossbook.gruCell;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.lstm;
import static org.lossbook.Lossbook.lstmCell;
import static org.lossbook.Lossbook.row;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.simpleRnn;
import static org.lossbook.Lossbook.vector;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.data.Values;
import org.lossbook.engine.Parameter;
import org.lossbook.layer.rnn.RecurrentUnits;
import org.lossbook.model.Model;

class WorkedRecurrenceTest {
  private static final int STEPS = 4;
  private static final int FEATURES = 3;

  private final Random random = new Random(5);

  private Values numbers(int... shape) {
    int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return Values.of(random.doubles(count, -1, 1).toArray(), shape);
  }

  static Stream<RecurrentUnits<?>> layers() {
    return Stream.of(
        simpleRnn(2),
        simpleRnn(1).goBackwards().relu(),
        lstm(2),
        lstm(3).returnSequences().goBackwards(),
        lstm(2).recurrentActivation("hard_sigmoid").relu(),
        lstm(2).useBias(false).linear(),
        gru(2),
        gru(3).returnSequences(),
        gru(2).resetAfter(false).goBackwards(),
        gru(2).useBias(false).recurrentActivation("tanh"));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void theStepsEndInWhatTheEngineComputes(RecurrentUnits<?> layer) {
    Values x = numbers(STEPS, FEATURES);
    Model model = sequential(input(STEPS, FEATURES), layer.named("it")).build();
    List<Values> weights =
        layer.parameters(STEPS, FEATURES).stream()
            .map(
                parameter -> {
                  Values values = numbers(parameter.shape());
                  model.weights("it/" + parameter.name(), values);
                  return values;
                })
            .toList();

    LayerSteps steps =
        weights.size() == 3
            ? layer.explain(x, weights.get(0), weights.get(1), weights.get(2))
            : layer.explain(x, weights.get(0), weights.get(1));

    double[] all = steps.result().toDoubles();
    Values batch = Values.of(x.toDoubles(), 1, STEPS, FEATURES);
    double[] predicted = Values.of("test", model.predict(batch)).toDoubles();
    assertThat(all).hasSameSizeAs(predicted);
    for (int i = 0; i < all.length; i++) {
      assertThat(all[i]).isCloseTo(predicted[i], within(1e-5));
    }
    assertThat(steps.result().shape()).isEqualTo(layer.outputShape(STEPS, FEATURES));
  }

  @Test
  void aCellWorksOutOneStep() {
    double[] x = {0.5, -1, 2};
    double[] layer = lstm(2).explain(new double[][] {x}).result().toDoubles();
    assertThat(lstmCell(2).explain(x).result().toDoubles()).containsExactly(layer);
    assertThat(gruCell(2).explain(vector(x)).result().shape()).containsExactly(2);
  }

  @Test
  void anLstmShowsGatesCandidateMemoryAndOutputOfEachStep() {
    String steps =
        lstm(1)
            .explain(vector(1, 2), row(1, 0.5, 2, -1), row(0.5, 0, 1, 1), new double[] {0, 1, 0, 0})
            .toString();
    assertThat(steps)
        .contains("i₁", "σ(1·1 + 0·0.5 + 0) = σ(1)", "0.731059")
        .contains("f₁", "σ(1·0.5 + 0·0 + 1) = σ(1.5)", "0.817574")
        .contains("c̃₁", "tanh(1·2 + 0·1 + 0) = tanh(2)", "0.964028")
        .contains("o₁", "σ(1·(−1) + 0·1 + 0) = σ(−1)", "0.268941")
        .contains("c₁", "0.817574·0 + 0.731059·0.964028", "0.704761")
        .contains("h₁", "0.268941·tanh(0.704761) = 0.268941·0.607381", "0.16335")
        .contains("i₂", "f₂", "c̃₂", "o₂", "c₂", "h₂");
  }

  @Test
  void aSimpleLayerIsASumAndAFunction() {
    LayerSteps steps = simpleRnn(1).explain(new double[] {1, 2}, row(0.5), row(2));
    assertThat(steps.toString()).contains("h₁", "tanh(1·0.5 + 0·2 + 0) = tanh(0.5)", "0.462117");
    assertThat(steps.result().get(0)).isCloseTo(Math.tanh(1 + 2 * Math.tanh(0.5)), within(1e-9));
  }

  @Test
  void aGruSaysWhereItsResetGateActs() {
    assertThat(gru(1).explain(vector(1, 2)).toString()).contains("z₁", "r₂", "h̃₂", "(1 − ");
  }

  @Test
  void firstWeightsAreAlwaysTheSameAndTheForgetGateRemembers() {
    assertThat(lstm(2).explain(vector(1, 2))).hasToString(lstm(2).explain(vector(1, 2)).toString());
    assertThat(lstm(1).explain(vector(0)).toString()).contains("f₁", "+ 1) = σ(1)");
    assertThat(lstm(1).unitForgetBias(false).explain(vector(0)).toString()).doesNotContain("σ(1)");
  }

  @Test
  void aLongSequenceIsCutShort() {
    assertThat(lstm(2).explain(numbers(9, 2)).toString()).contains("80 more");
  }

  @Test
  void whatCannotBeWorkedOutIsRefused() {
    assertThatThrownBy(() -> lstm(1).explain(numbers(1, 2, 3)))
        .hasMessage(
            "lstm.explain expects one sequence [steps, features] or [steps] but receives shape [1, 2, 3]: give one without the axis of the batch.");
    assertThatThrownBy(() -> lstmCell(1).explain(numbers(2, 3)))
        .hasMessageContaining("one step [features]");
    assertThatThrownBy(() -> lstm(1).explain(vector(1, 2), row(1), row(1)))
        .hasMessage(
            "lstm.explain expects a kernel of shape [1, 4] but receives [1]: give one number for each weight.");
    assertThatThrownBy(() -> gru(1).useBias(false).explain(vector(1), 1, 1, 1))
        .hasMessageContaining("useBias(false)");
    assertThatThrownBy(() -> gru(2).explain(new double[1001]))
        .hasMessage(
            "gru.explain expects a sequence that can be followed, of at most 1,000 steps, but receives 1,001: give it the first few.");
    assertThatThrownBy(() -> convLstm1d(1, 2).explain(numbers(2, 3, 1)))
        .hasMessageContaining("convolutions");
    assertThatThrownBy(() -> lstm(1).explain(vector(1), null, row(1, 2, 3, 4)))
        .hasMessageContaining("a kernel");
  }

  @Test
  void eachParameterKeepsItsPlace() {
    assertThat(gru(2).parameters(STEPS, FEATURES).stream().map(Parameter::name))
        .containsExactly("kernel", "recurrent_kernel", "bias");
  }
}
