package org.lossbook.testing;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;

/** The examples in the Javadoc of a package, and whether they come to what they promise. */
public final class JavadocExamples {
  private static final Pattern BLOCK =
      Pattern.compile("<pre>\\{@code\n(.*?)\n \\* }</pre>", Pattern.DOTALL);
  private static final Pattern RESULT =
      Pattern.compile("// (\\[[-.\\d][^]]*]|-?\\d[\\d.]*)(?=$|[ ,])");
  private static final Pattern STATEMENT = Pattern.compile("var \\w+ = .*;");

  private JavadocExamples() {}

  /** A line or two of an example, and the comment behind it. */
  public record Example(String code, String comment) {
    /** Whether the comment is a number, or several. */
    public boolean promisesANumber() {
      return RESULT.matcher(comment).find();
    }

    @Override
    public String toString() {
      return code;
    }
  }

  /** Runs all examples of a package's files, and compares rounded as far as their comments are. */
  public static void check(Path sources, int atLeast) throws IOException {
    try (var files = Files.walk(sources).filter(file -> file.toString().endsWith(".java"));
        JShell shell = JShell.builder().executionEngine("local").build()) {
      String path = System.getProperty("surefire.test.class.path");
      shell.addToClasspath(path == null ? System.getProperty("java.class.path") : path);
      shell.eval("import static org.lossbook.Lossbook.*;");
      shell.eval("import java.util.List;"); // as a kernel has it
      List<Example> all = files.sorted().flatMap(file -> of(file).stream()).toList();
      assertThat(all).hasSizeGreaterThan(atLeast);
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
    boolean isStatement = STATEMENT.matcher(example.code).matches(); // for the lines that follow
    String code =
        isStatement
            ? example.code
            : "java.util.Arrays.deepToString(new Object[] {" + example.code + "})";
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
  public static List<Example> of(Path file) {
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

  /** A file's text. */
  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
