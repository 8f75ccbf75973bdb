package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.*;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.layer.weights.Regularizer;

/** What a reader's slip is answered with: who, expected, received, and what to do. */
class MistakeTest {
  private static final double[] Y = {1, 2};
  private static final double[][] ROWS = {{1, 1}, {3, 4}};
  private static final Loss NONE = null; // the variable of a cell that failed

  private static Arguments slip(ThrowingCallable call, String answer) {
    return Arguments.of(call, answer);
  }

  static Stream<Arguments> slips() {
    return Stream.of(
        slip(
            () -> mse().of(Y, Y, vector(1, -2)),
            "mse expects weights of 0 or more but weights[1] is -2: a weight cannot be negative."),
        slip(
            () -> mse().of(new double[1][2][1], Y),
            "mse expects y in the shape of ŷ but receives [1, 2, 1] and [2]: give both a row for"
                + " each sample."),
        slip(
            () -> mse().of(List.of(3, 5), Y),
            "mse expects numbers, arrays of numbers, an INDArray or numeric Tablesaw columns but"
                + " receives a List: make a double[] or double[][] of it."),
        slip(
            () -> sparseCategoricalCrossentropy().of(vector(1, 0), vector(0.05, 0.95)),
            "sparseCategoricalCrossentropy expects as many samples in y as in ŷ but receives [2]"
                + " and [2]: a vector ŷ is one sample here, so make it a matrix, a row for each"
                + " sample."),
        slip(
            () -> categoricalCrossentropy().of(vector(1, 0), matrix(row(0.1, 0.9), row(1, 0))),
            "categoricalCrossentropy expects as many samples in y as in ŷ but receives [2] and"
                + " [2, 2]: a vector y is one sample here, so make it a matrix, a row for each"
                + " sample."),
        slip(
            () -> binaryCrossentropy().of(vector(1, -1), vector(0.5, 0.5)),
            "binaryCrossentropy expects probabilities between 0 and 1 in y but y[1] is -1: encode no as 0 and yes as 1."),
        slip(
            () -> dice().output(0),
            "dice expects no setting of single samples but receives a call for one output: it is one number for the whole batch; call .eachSample() for one per sample."),
        slip(
            () -> mse().output(0).plus(binaryCrossentropy().output(1)).of(ROWS, ROWS),
            "binaryCrossentropy expects probabilities between 0 and 1 in y but y[1] is 4: encode no as 0 and yes as 1."),
        slip(
            () -> binaryCrossentropy().output(0).sum().of(new double[2][2], ROWS),
            "binaryCrossentropy expects probabilities between 0 and 1 in ŷ but ŷ[1] is 3: divide"
                + " percentages by 100, or add .fromLogits() if these are logits."),
        slip(
            () -> huber(Double.POSITIVE_INFINITY),
            "huber expects finite delta above 0 but receives Infinity: its formula has no meaning for others."),
        slip(
            () -> l2(Double.NaN),
            "l2 expects factors of 0 or more but receives NaN: below 0 it would reward large"
                + " weights."),
        slip(
            () -> mse().times(Double.NaN),
            "times expects a finite number but receives NaN: weight mse by one such as 0.5."),
        slip(
            () -> mse().plus(NONE),
            "plus expects a loss or a penalty but receives null: run the cell that makes it"
                + " first."),
        slip(
            () -> mse().plus((Regularizer) null),
            "plus expects a loss or a penalty but receives null: write plus(l2(0.01))."),
        slip(
            () -> plot(mse(), NONE),
            "plot expects losses but receives null: run the cell that makes it first."),
        slip(
            () -> uncertaintyWeighted(mse(), NONE),
            "uncertaintyWeighted expects losses but receives null: run the cell that makes it"
                + " first."),
        slip(
            () -> binaryCrossentropy().classWeight(null),
            "classWeight expects weights by label but receives null: write Map.of(0, 1, 1, 5)."),
        slip(
            () -> huber().delta(null),
            "huber expects delta but receives null: write delta(learned(1))."),
        slip(
            () -> scheduled(null),
            "scheduled expects a function of the epoch but receives null: write"
                + " scheduled(epoch -> 1.0 / (1 + epoch))."),
        slip(
            () -> loss(null, (y, p) -> y.minus(p)),
            "loss expects a name but receives null: write"
                + " loss(\"cube\", (y, p) -> y.minus(p).abs().pow(3))."),
        slip(
            () -> loss("own", (y, p) -> null),
            "own expects an expression of y and ŷ but receives null: write"
                + " loss(\"cube\", (y, p) -> y.minus(p).abs().pow(3))."));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("slips")
  void aSlipIsAnsweredWithWhatToDo(ThrowingCallable call, String answer) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(answer);
  }

  @Test
  void imagesOfOneShapeAreComparedAsTheyAre() {
    assertThat(mse().of(new double[2][3][4], new double[2][3][4])).isZero();
  }
}
