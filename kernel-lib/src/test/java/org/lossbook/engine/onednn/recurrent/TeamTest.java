package org.lossbook.engine.onednn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lossbook.engine.onednn.OneDnnEngine;
import org.lossbook.engine.onednn.operation.Threads;

class TeamTest {
  @Test
  void aPartThatFailsIsHeardOfAndTheNextPartsRun() {
    OneDnnEngine.instance();
    assumeThat(Threads.MOST).isGreaterThan(1);
    var done = new AtomicInteger();
    Runnable fails =
        () -> {
          throw new AssertionError("a part failed");
        };

    assertThatThrownBy(() -> new Team(new Runnable[] {done::incrementAndGet, fails}, 1).run())
        .hasMessage("a part failed");
    assertThatThrownBy(() -> new Team(new Runnable[] {fails, done::incrementAndGet}, 1).run())
        .hasMessage("a part failed");
    new Team(new Runnable[] {done::incrementAndGet, done::incrementAndGet}, 1).run();

    assertThat(done).hasValue(4);
  }
}
