package org.lossbook.card;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sources of the library's own classes, which the jar has under {@code META-INF/lossbook}; where
 * classes were compiled into a folder alone, those of the checkout around it.
 */
final class JavadocSource {
  private static final String COMMENT = "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*";
  private static final String ANNOTATIONS = "(?:@\\w+(?:\\([^)]*\\))?\\s+)*";

  private JavadocSource() {}

  /** The text of the file that declares a class. */
  static Optional<String> of(Class<?> type) {
    String file = type.getName().replaceFirst("\\$.*", "").replace('.', '/') + ".java";
    try (InputStream in = type.getResourceAsStream("/META-INF/lossbook/" + file)) {
      if (in != null) {
        return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
      Optional<Path> source = inCheckout(type, file);
      return source.isEmpty() ? Optional.empty() : Optional.of(Files.readString(source.get()));
    } catch (IOException e) {
      throw new UncheckedIOException("The source of " + type.getName() + " cannot be read.", e);
    }
  }

  private static Optional<Path> inCheckout(Class<?> type, String file) {
    CodeSource code = type.getProtectionDomain().getCodeSource();
    try {
      Path up = code == null ? null : Path.of(code.getLocation().toURI());
      while (up != null) {
        Path source = up.resolve("src/main/java").resolve(file);
        if (Files.isRegularFile(source)) {
          return Optional.of(source);
        }
        up = up.getParent();
      }
    } catch (URISyntaxException e) {
      return Optional.empty(); // such a place is no folder
    }
    return Optional.empty();
  }

  /** The comment of a type, without its asterisks. */
  static Optional<String> ofType(String source, String name) {
    return first(
        source, "(?:public |final |abstract |sealed )*(?:class|record|interface) " + name + "\\b");
  }

  /** The comment of a method, without its asterisks; of several, the one with fewest parameters. */
  static Optional<String> ofMethod(String source, String name) {
    Optional<String> plain = first(source, "[\\w<>,. \\[\\]]+ " + name + "\\(\\)");
    return plain.isPresent() ? plain : first(source, "[\\w<>,. \\[\\]]+ " + name + "\\(");
  }

  private static Optional<String> first(String source, String declaration) {
    Matcher found =
        Pattern.compile(COMMENT + ANNOTATIONS + declaration, Pattern.DOTALL).matcher(source);
    return found.find() ? Optional.of(withoutAsterisks(found.group(1))) : Optional.empty();
  }

  private static String withoutAsterisks(String comment) {
    return Arrays.stream(comment.split("\n"))
        .map(line -> line.replaceFirst("^\\s*\\* ?", ""))
        .collect(Collectors.joining("\n"))
        .strip();
  }
}
