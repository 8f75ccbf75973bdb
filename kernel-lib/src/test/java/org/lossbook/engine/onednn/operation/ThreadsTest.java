package org.lossbook.engine.onednn.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import org.junit.jupiter.api.Test;
import org.lossbook.engine.onednn.OneDnnEngine;

class ThreadsTest {
  @Test
  void openMpHearsTheCount() {
    OneDnnEngine.instance();
    Function most = Threads.OpenMp.library().orElseThrow().getFunction("omp_get_max_threads");
    Threads.use(1);
    assertThat(most.invokeInt(new Object[0])).isEqualTo(1);
    Threads.use(Threads.MOST);
    assertThat(most.invokeInt(new Object[0])).isEqualTo(Threads.MOST);
    assertThat(Threads.MOST).isBetween(1, Runtime.getRuntime().availableProcessors());
  }
}
