package org.lossbook.loss;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lossbook.Lossbook;

/** What the Javadoc of the losses promises: a page with all that one wants to know, and is true. */
class JavadocTest {
  private static final Path SOURCES = Path.of("src/main/java/org/lossbook/loss");
  private static final Pattern BLOCK =
      Pattern.compile("<pre>\\{@code\n(.*?)\n \\* }</pre>", Pattern.DOTALL);
  private static final Pattern RESULT = Pattern.compile("// (\\[[^]]*]|-?\\d[\\d.]*)(?=$|[ ,])");

  /** A line or two of an example, and the comment behind it. */
  private record Example(String code, String comment) {
    @Override
    public String toString() {
      return code;
    }
  }

  /** The files that declare what {@link Lossbook} has a factory for. */
  static List<Path> losses() {
    return Arrays.stream(Lossbook.class.getMethods())
        .flatMap(JavadocTest::declaring)
        .distinct()
        .sorted()
        .map(name -> SOURCES.resolve(name + ".java"))
        .toList();
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
    assertThat(examples(file)).anyMatch(e -> RESULT.matcher(e.comment).find());
    if (!file.endsWith("CustomLoss.java")) {
      String doc = read(file).replaceFirst("(?s)\npublic final class .*", "");
      assertThat(doc).contains("\\(", "<p>").containsPattern("\\b(unit|nats|percent)\\b");
      assertThat(doc).containsPattern(" 1[789]\\d\\d[,;. ]| 20\\d\\d[,;. ]");
    }
  }

  /** Rounded as far as the comment is. */
  @Test
  void theExamplesComeToWhatTheyPromise() throws IOException {
    try (var files = Files.list(SOURCES);
        JShell shell = JShell.builder().executionEngine("local").build()) {
      String path = System.getProperty("surefire.test.class.path");
      shell.addToClasspath(path == null ? System.getProperty("java.class.path") : path);
      shell.eval("import static org.lossbook.Lossbook.*;");
      List<Example> all = files.sorted().flatMap(file -> examples(file).stream()).toList();
      assertThat(all).hasSizeGreaterThan(50);
      for (Example example : all) {
        String value = value(shell, example);
        Matcher promised = RESULT.matcher(example.comment);
        if (promised.find()) {
          double[] is = numbers(value);
          String[] said = promised.group(1).replaceAll("[\\[\\]]", "").split(", ");
          assertThat(is).as("%s", example).hasSameSizeAs(said);
          for (int i = 0; i < said.length; i++) {
            double half = 0.5000001 * Math.pow(10, -new BigDecimal(said[i]).scale());
            double there = Double.parseDouble(said[i]);
            assertThat(is[i]).as("%s", example).isCloseTo(there, within(half));
          }
        }
      }
    }
  }

  /** What an example comes to, as text: {@code [0.25]}, {@code [[-0.5, 0.5]]}. */
  private static String value(JShell shell, Example example) {
    String code = "java.util.Arrays.deepToString(new Object[] {" + example.code + "})";
    SnippetEvent event = shell.eval(code).get(0);
    String problems =
        shell.diagnostics(event.snippet()).map(d -> d.getMessage(null)).collect(joining());
    assertThat(event.status()).as("%s %s", example, problems).isEqualTo(Snippet.Status.VALID);
    assertThat(event.exception()).as("%s", example).isNull();
    return event.value();
  }

  private static double[] numbers(String text) {
    return Stream.of(text.replaceAll("[\"\\[\\]]", "").split(", "))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  /** A line that begins with a dot goes on with the call of the line before. */
  private static List<Example> examples(Path file) {
    List<Example> examples = new ArrayList<>();
    Matcher block = BLOCK.matcher(read(file));
    while (block.find()) {
      String lines = block.group(1).replaceAll("(?m)^ \\* ", "").replaceAll("\n +[.]", ".");
      for (String line : lines.split("\n")) {
        int end = line.contains("// ") ? line.indexOf("// ") : line.length();
        examples.add(new Example(line.substring(0, end).strip(), line.substring(end)));
      }
    }
    return examples;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
