package org.lossbook.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.Lossbook;
import org.lossbook.testing.JavadocExamples;

/** What the Javadoc of the metrics promises. */
class MetricJavadocTest {
  private static final Path SOURCES = Path.of("src/main/java/org/lossbook/metric");

  static Stream<Path> metrics() {
    return Arrays.stream(Lossbook.class.getMethods())
        .map(factory -> factory.getReturnType())
        .filter(type -> Metric.class.isAssignableFrom(type))
        .filter(type -> type.getPackageName().startsWith(Metric.class.getPackageName()))
        .distinct()
        .map(type -> Path.of("src/main/java", type.getName().replace('.', '/') + ".java"));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void aMetricShowsANumber(Path file) {
    assertThat(JavadocExamples.of(file)).anyMatch(JavadocExamples.Example::promisesANumber);
  }

  @Test
  void theExamplesComeToWhatTheyPromise() throws IOException {
    JavadocExamples.check(SOURCES, 15);
  }
}
