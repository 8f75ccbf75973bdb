package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.dense;
import static org.lossbook.Lossbook.earlyStopping;
import static org.lossbook.Lossbook.epochs;
import static org.lossbook.Lossbook.input;
import static org.lossbook.Lossbook.metric;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.sequential;
import static org.lossbook.Lossbook.sgd;
import static org.lossbook.Lossbook.vector;

import org.junit.jupiter.api.Test;
import org.lossbook.metric.Direction;

/** Metrics of one's own. */
class CustomMetricTest {
  private final CustomMetric close = metric("close", (y, p) -> y.minus(p).abs().atMost(0.5));

  @Test
  void itIsTheMeanOfItsExpression() {
    assertThat(close.of(vector(1, 2, 3, 4), vector(1.2, 2.9, 3.1, 4.5))).isEqualTo(0.75);
    assertThat(close.direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(close.higherIsBetter().direction()).isEqualTo(Direction.UP);
    assertThat(close.lowerIsBetter().direction()).isEqualTo(Direction.DOWN);
    assertThat(close.toString()).startsWith("close: ");
  }

  @Test
  void itsDirectionTellsACallbackWhichFigureIsBetter() {
    double[] x = {1, 2, 3, 4};
    double[] y = {2, 4, 6, 8};
    try (var model =
        sequential(input(1), dense(1))
            .seed(1)
            .compile(sgd().learningRate(0.01), mse(), close.higherIsBetter())) {
      var history =
          model.fit(
              x,
              y,
              epochs(300)
                  .callbacks(earlyStopping().monitor("close").patience(100))
                  .seed(1)
                  .quiet());
      assertThat(history.last("close")).isEqualTo(1);
      assertThat(history.epochs()).hasSizeLessThan(300);
    }
    try (var model = sequential(input(1), dense(1)).compile(sgd(), mse(), close)) {
      assertThatThrownBy(
              () -> model.fit(x, y, epochs(2).callbacks(earlyStopping().monitor("close")).quiet()))
          .hasMessageContaining("mode(\"max\") if higher is better");
    }
  }

  @Test
  void mistakesGetAnAnswer() {
    assertThatThrownBy(() -> metric(null, (y, p) -> y.minus(p)))
        .hasMessageStartingWith("metric expects a name but");
    assertThatThrownBy(() -> metric("none", null))
        .hasMessageStartingWith("metric expects an expression of y and ŷ but");
  }
}
