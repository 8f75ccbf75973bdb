package org.lossbook.engine.onednn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
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
    Runnable works = done::incrementAndGet;
    Runnable fails =
        () -> {
          throw new AssertionError("a part failed");
        };

    assertThatThrownBy(() -> new Team(List.of(works, fails), 1).run()).hasMessage("a part failed");
    assertThatThrownBy(() -> new Team(List.of(fails, works), 1).run()).hasMessage("a part failed");
    new Team(List.of(works, works), 1).run();

    assertThat(done).hasValue(4);
  }
}
