package org.lossbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes that CONTRIBUTING.md and the package-infos name exist. */
class DocumentedNamesTest {
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`|\\{@(?:code|link)\\s+([^}]+)}");

  /** A class with or without its package: {@code LossRegistry}, {@code loss.spec.LossSpec}. */
  private static final Pattern CLASS_NAME =
      Pattern.compile("(?:[a-z]\\w*\\.)*([A-Z]\\w*[a-z]\\w*)");

  static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      Stream<Path> packages = files.filter(file -> file.endsWith("package-info.java"));
      return Stream.concat(Stream.of(Path.of("../CONTRIBUTING.md")), packages).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyClassThatADocumentNamesExists(Path document) throws IOException {
    assertThat(classes()).containsAll(named(Files.readString(document)));
  }

  @Test
  void namesAreFoundWithAndWithoutTheirPackage() {
    assertThat(named("`loss.spec.LossSpec`, `HEAD`, `Huber`, {@code Dense}, {@link org.a.B1c}"))
        .containsExactlyInAnyOrder("LossSpec", "Huber", "Dense", "B1c");
  }

  private static Set<String> named(String text) {
    return CODE.matcher(text.replaceAll("\\R \\* ", " "))
        .results()
        .map(code -> CLASS_NAME.matcher(code.group(1) == null ? code.group(2) : code.group(1)))
        .filter(name -> name.matches())
        .map(name -> name.group(1))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> classes() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.replace(".java", ""))
          .collect(Collectors.toUnmodifiableSet());
    }
  }
}
