package org.lossbook.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShortWaitsTest {
  @Test
  void openMpReadsAShortWaitUnlessTheReaderSetOne() {
    assumeThat(Platform.isLinux()).isTrue();
    assumeThat(System.getenv("OMP_WAIT_POLICY")).isNull();
    OneDnnEngine.instance();
    String read =
        NativeLibrary.getInstance("c")
            .getFunction("getenv")
            .invokeString(new Object[] {ShortWaits.VARIABLE}, false);
    assertThat(read)
        .isEqualTo(
            Optional.ofNullable(System.getenv(ShortWaits.VARIABLE)).orElse(ShortWaits.TURNS));
  }
}
