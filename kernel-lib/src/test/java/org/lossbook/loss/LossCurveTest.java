package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.Lossbook.binaryCrossentropy;
import static org.lossbook.Lossbook.categoricalCrossentropy;
import static org.lossbook.Lossbook.mae;
import static org.lossbook.Lossbook.mse;
import static org.lossbook.Lossbook.plot;
import static org.lossbook.Lossbook.sparseCategoricalCrossentropy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LossCurveTest {
  @Test
  void everyLossHasAPictureOfItselfAndItsSlopeOnItsOwnDomain() {
    for (Loss loss :
        List.of(
            mse(),
            mae(),
            binaryCrossentropy(),
            binaryCrossentropy().fromLogits(),
            categoricalCrossentropy(),
            sparseCategoricalCrossentropy().fromLogits())) {
      assertThat(loss.plot().mimeBundle()).isNotEmpty();
      assertThat(loss.plot().alt()).contains(loss.name(), "its slope");
    }
  }

  @Test
  void lossesOfOneKindAreComparedInOneFigure() {
    assertThat(plot(mse(), mae()).alt()).contains("mse", "mae");
    assertThatThrownBy(() -> plot(mse(), binaryCrossentropy()))
        .hasMessageContaining("plot expects losses of the same kind of prediction");
  }
}
