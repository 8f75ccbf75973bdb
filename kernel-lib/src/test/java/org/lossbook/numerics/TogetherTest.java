package org.lossbook.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class TogetherTest {
  private static final int PIECES = 37;

  @Test
  void everyPieceIsDoneOnceInEachRun() {
    var done = new AtomicIntegerArray(PIECES);
    for (int run = 1; run <= 500; run++) {
      Together.run(2, PIECES, (piece, thread) -> done.incrementAndGet(piece));
      assertThat(sum(done)).isEqualTo(run * PIECES);
    }
    for (int piece = 0; piece < PIECES; piece++) {
      assertThat(done.get(piece)).isEqualTo(500);
    }
  }

  @Test
  void aThreadsNumberIsItsOwnWhileItWorks() {
    var working = new AtomicIntegerArray(Together.MOST);
    Together.run(
        Together.MOST,
        PIECES,
        (piece, thread) -> {
          assertThat(working.incrementAndGet(thread)).isOne();
          working.decrementAndGet(thread);
        });
    assertThat(sum(working)).isZero();
  }

  @Test
  void aPieceThatFailsIsHeardOfWhenTheOthersAreDone() {
    var done = new AtomicIntegerArray(PIECES);
    assertThatThrownBy(
            () ->
                Together.run(
                    2,
                    PIECES,
                    (piece, thread) -> {
                      done.incrementAndGet(piece);
                      if (piece == 5) {
                        throw new IllegalStateException("piece 5");
                      }
                    }))
        .hasMessage("piece 5");
    assertThat(sum(done)).isEqualTo(PIECES);
  }

  @Test
  void aPieceMayHavePiecesItself() {
    var done = new AtomicIntegerArray(PIECES);
    Together.run(
        2,
        4,
        (outer, thread) -> Together.run(2, PIECES, (piece, t) -> done.incrementAndGet(piece)));
    assertThat(sum(done)).isEqualTo(4 * PIECES);
  }

  private static int sum(AtomicIntegerArray numbers) {
    int sum = 0;
    for (int i = 0; i < numbers.length(); i++) {
      sum += numbers.get(i);
    }
    return sum;
  }
}
