package org.lossbook.layer.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lossbook.engine.Activation;
import org.lossbook.engine.Bounds;
import org.lossbook.engine.ElementFunction;

/** Functions that only clip, which oneDNN does within the operation before. */
class ClippedTest {
  @Test
  void clippingIsRecognisedByItsFormula() {
    assertThat(clips(KerasFunctions.byName().get("relu6"))).contains(Bounds.between(0, 6));
    assertThat(clips(KerasFunctions.byName().get("hard_tanh"))).contains(Bounds.between(-1, 1));
    assertThat(clips(KerasFunctions.relu(6, 0, 0))).contains(Bounds.between(0, 6));
    assertThat(clips(KerasFunctions.relu(2.5, 0, 0))).contains(Bounds.between(0, 2.5));
  }

  @Test
  void otherBoundedFunctionsAreNoClipping() {
    assertThat(clips(KerasFunctions.byName().get("hard_sigmoid"))).isEmpty();
    assertThat(clips(KerasFunctions.byName().get("softsign"))).isEmpty();
    assertThat(clips(KerasFunctions.relu(6, 0, 1))).isEmpty();
    assertThat(clips(KerasFunctions.relu(6, 0.1, 0))).isEmpty();
  }

  private static Optional<Bounds> clips(Activation activation) {
    return activation.function().flatMap(ElementFunction::clips);
  }
}
