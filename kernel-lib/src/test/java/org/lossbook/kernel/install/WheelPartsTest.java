package org.lossbook.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WheelPartsTest {
  @Test
  void nativesOfNd4jAndWhatEveryMachineSharesAreWheelsOfTheirOwn() {
    List<Path> jars =
        List.of(
            Path.of("lossbook-0.2.0.jar"),
            Path.of("dnnl-3.11-1.5.13-macosx-arm64.jar"),
            Path.of("dnnl-3.11-1.5.13.jar"),
            Path.of("nd4j-native-1.0.0-M2.1-macosx-arm64.jar"),
            Path.of("nd4j-native-1.0.0-M2.1.jar"));
    assertThat(WheelParts.parts(jars).get("lossbook")).containsExactly(jars.get(0), jars.get(1));
    assertThat(WheelParts.parts(jars).get("lossbook-libraries"))
        .containsExactly(jars.get(2), jars.get(4));
    assertThat(WheelParts.parts(jars).get("lossbook-nd4j")).containsExactly(jars.get(3));
  }

  @Test
  void theKernelspecNamesNoFolderOfTheMachineThatWroteIt() {
    List<String> argv = KernelSpec.launched("lossbook.jar", "logging.properties");
    assertThat(argv).startsWith("python", "{resource_dir}/launch.py");
    assertThat(argv).endsWith("org.lossbook.kernel.LossbookKernel", "{connection_file}");
    assertThat(argv)
        .containsSubsequence("-cp", "{resource_dir}/lossbook.jar")
        .contains("-Djava.util.logging.config.file={resource_dir}/logging.properties")
        .noneMatch(word -> word.contains(System.getProperty("java.home")));
  }
}
