package org.lossbook.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lossbook.engine.Mode;
import org.lossbook.training.PlanCache.Key;

class PlanCacheTest {
  private final List<Integer> made = new ArrayList<>();
  private final List<Integer> freed = new ArrayList<>();

  private final class Ten implements PlanCache.Prepared {
    private final int number = made.size();

    Ten() {
      made.add(number);
    }

    @Override
    public long bytes() {
      return 10;
    }

    @Override
    public void close() {
      freed.add(number);
    }
  }

  private PlanCache.Lease<Ten> lend(PlanCache cache, long model, int batch) {
    return cache.lend(new Key(model, batch, Mode.TRAINING, List.of()), Ten.class, Ten::new);
  }

  @Test
  void whatWasMadeOnceIsLentAgain() {
    var cache = new PlanCache(100, 10);
    lend(cache, 1, 32).close();
    lend(cache, 1, 32).close();
    lend(cache, 1, 8).close();
    lend(cache, 2, 32).close();
    cache.lend(new Key(1, 32, Mode.INFERENCE, List.of()), Ten.class, Ten::new).close();

    assertThat(made).hasSize(4);
    assertThat(freed).isEmpty();
    assertThat(cache.bytes()).isEqualTo(40);
  }

  @Test
  void theLeastRecentlyUsedGoesFirst() {
    var cache = new PlanCache(35, 10);
    lend(cache, 1, 1).close(); // 0
    lend(cache, 1, 2).close(); // 1
    lend(cache, 1, 3).close(); // 2
    lend(cache, 1, 1).close();
    lend(cache, 1, 4).close(); // 3

    assertThat(freed).containsExactly(1);
    assertThat(cache.bytes()).isEqualTo(30);

    var few = new PlanCache(1000, 2);
    lend(few, 2, 1).close(); // 4
    lend(few, 2, 2).close();
    lend(few, 2, 3).close();
    assertThat(freed).containsExactly(1, 4);
    assertThat(few.size()).isEqualTo(2);
  }

  @Test
  void whatIsLentStaysUntilItComesBackAndTheYoungestStaysWhateverItsSize() {
    var cache = new PlanCache(5, 10);
    var first = lend(cache, 1, 1);
    var second = lend(cache, 1, 2);
    assertThat(freed).isEmpty();

    first.close();
    assertThat(freed).containsExactly(0);
    second.close();
    second.close();
    assertThat(freed).containsExactly(0);
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void aKeyThatIsLentOutIsMadeASecondTimeAndFreedOnReturn() {
    var cache = new PlanCache(100, 10);
    try (var one = lend(cache, 1, 1);
        var two = lend(cache, 1, 1)) {
      assertThat(two.get()).isNotSameAs(one.get());
    }
    assertThat(freed).containsExactly(1);
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void aForgottenModelLeavesNothing() {
    var cache = new PlanCache(100, 10);
    lend(cache, 1, 1).close();
    lend(cache, 2, 1).close();
    var lent = lend(cache, 1, 2);

    cache.forget(1);
    assertThat(freed).containsExactly(0);
    lent.close();
    assertThat(freed).containsExactly(0, 2);
    assertThat(cache.size()).isEqualTo(1);
  }
}
