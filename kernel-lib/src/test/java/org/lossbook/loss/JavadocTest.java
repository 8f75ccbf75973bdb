package org.lossbook.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.Lossbook;
import org.lossbook.loss.adversarial.AdversarialPair;
import org.lossbook.testing.JavadocExamples;

/** What the Javadoc of the losses promises: a page with all that one wants to know, and is true. */
class JavadocTest {
  private static final Path SOURCES = Path.of("src/main/java/org/lossbook/loss");

  /** The files that declare what {@link Lossbook} has a factory for. */
  static List<Path> losses() {
    return Arrays.stream(Lossbook.class.getMethods())
        .flatMap(JavadocTest::declaring)
        .distinct()
        .sorted()
        .map(JavadocTest::file)
        .toList();
  }

  private static Path file(String name) {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.endsWith(name + ".java")).findAny().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> declaring(Method factory) {
    if (factory.getReturnType() == AdversarialPair.class) {
      String name = factory.getName();
      return Stream.of(name.substring(0, 1).toUpperCase() + name.substring(1));
    }
    boolean isLoss = Loss.class.isAssignableFrom(factory.getReturnType());
    return isLoss ? Stream.of(factory.getReturnType().getSimpleName()) : Stream.empty();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aLossIsOneFileOfAtMostSixtyLines(Path file) throws IOException {
    assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(60);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aLossSaysItsFormulaItsUnitWhenToUseItItsSourceAndANumber(Path file) {
    assertThat(JavadocExamples.of(file)).anyMatch(JavadocExamples.Example::promisesANumber);
    if (!file.endsWith("CustomLoss.java")) {
      String doc = JavadocExamples.read(file).replaceFirst("(?s)\npublic final class .*", "");
      assertThat(doc).as("its formula and when to use it").contains("\\(", "<p>");
      assertThat(doc).as("its unit").containsPattern("\\b(unit|nats|percent)\\b");
      assertThat(doc)
          .as("its source's year")
          .containsPattern(" 1[789]\\d\\d[,;. ]| 20\\d\\d[,;. ]");
    }
  }

  /** Rounded as far as the comment is. */
  @Test
  void theExamplesComeToWhatTheyPromise() throws IOException {
    JavadocExamples.check(SOURCES, 50);
  }
}
