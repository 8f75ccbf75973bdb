package org.lossbook.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;

class NativeLoadingTest {
  /** What a second process runs, whose class path lacks a jar. */
  public static final class LoadsTheEngine {
    public static void main(String[] arguments) {
      try {
        OneDnnEngine.instance();
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void aMissingNativeJarIsNamedWithThePlatformInOneMessage()
      throws IOException, InterruptedException {
    String platform = Loader.getPlatform();
    String path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jar -> !new File(jar).getName().matches("dnnl-.*" + platform + "\\.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                // As the kernelspec has it: from Java 24 on the JVM warns without it.
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                path,
                LoadsTheEngine.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(said)
        .startsWith("Lossbook expects oneDNN's native library for " + platform + " but cannot load")
        .contains("jnidnnl", "dnnl-*-" + platform + ".jar");
    assertThat(said.lines()).hasSize(1);
  }
}
