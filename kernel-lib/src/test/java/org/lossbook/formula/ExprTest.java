package org.lossbook.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lossbook.formula.RandomExpressions.P;
import static org.lossbook.formula.RandomExpressions.Y;

import java.util.Collections;
import org.junit.jupiter.api.Test;

class ExprTest {
  @Test
  void expressionsThatAreWrittenTheSameAreEqualAndShareANode() {
    Expr one = Y.minus(P).square().mean();
    Expr other = Y.minus(P).square().mean();
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.node()).isSameAs(other.node());
    assertThat(one).isNotEqualTo(P.minus(Y).square().mean());
  }

  @Test
  void aNodePrintsItsOperationsForADebugger() {
    assertThat(Y.minus(P).plus(0.5).mean().node()).hasToString("mean(plus(minus(y, ŷ), 0.5))");
  }

  @Test
  void whatHasNoRowsCannotBeReducedAlongThem() {
    assertThatThrownBy(() -> P.sum().mean())
        .hasMessage(
            "mean() works along the outputs of a sample but receives Σₖ ŷₖ, which already has one"
                + " number per sample: remove the call.");
    assertThatThrownBy(() -> P.batchSum().softmax())
        .hasMessageEndingWith("which already has one number per batch: remove the call.");
  }

  @Test
  void nullIsRejectedByTheNameOfTheOperation() {
    assertThatThrownBy(() -> Y.minus((Expr) null))
        .hasMessageStartingWith("minus expects an expression or its name but receives null:");
    assertThatThrownBy(() -> Y.minus(P).substituted(Collections.singletonMap(P, null)))
        .hasMessageStartingWith("substituted expects an expression or its name but receives null:");
  }
}
