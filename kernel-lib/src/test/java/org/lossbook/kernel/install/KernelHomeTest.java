package org.lossbook.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KernelHomeTest {
  private static String classPath(String... entries) {
    return String.join(File.pathSeparator, entries);
  }

  @Test
  void theLibraryComesFirstAndTheRestByName() {
    assertThat(KernelHome.jarsOf(classPath("lib/zip.jar", "lossbook-0.2.0.jar", "lib/asm.jar")))
        .extracting(jar -> jar.getFileName().toString())
        .containsExactly("lossbook-0.2.0.jar", "asm.jar", "zip.jar");
  }

  @Test
  void whatAReleaseHasBesideTheJarIsLeftOut() {
    assertThat(
            KernelHome.jarsOf(
                classPath(
                    "lossbook-0.2.0-javadoc.jar",
                    "lossbook-0.2.0-sources.jar",
                    "lossbook-0.2.0.jar",
                    "classes")))
        .containsExactly(Path.of("lossbook-0.2.0.jar").toAbsolutePath());
  }

  @Test
  void aClassPathWithoutTheLibraryIsNamed() {
    assertThatThrownBy(() -> KernelHome.jarsOf("lib/asm.jar"))
        .hasMessageContaining("The library's jar is not on the class path");
  }
}
