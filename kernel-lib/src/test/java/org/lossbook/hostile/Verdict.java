package org.lossbook.hostile;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether what a call threw is an error of the library's form: a type that means something to a
 * reader, made by the library itself, and a first line that says in words what is wrong.
 */
final class Verdict {
  private static final Pattern BARE =
      Pattern.compile(
          "Cannot invoke|Cannot load|Cannot read|Cannot store|Cannot throw|<local\\d+>|because \""
              + "|out of bounds|integer overflow|Cannot allocate|Java heap space|No value present"
              + "|cannot be cast|\\[[BCDFIJLSZ]@|@[0-9a-f]{5,}|\\bjava\\.\\w+|\\borg\\.\\w+\\.\\w+"
              + "|\\$\\$|\\$Proxy|/ by zero");
  private static final Pattern NULL = Pattern.compile("\\bnull\\b");
  // The one way to say it: the reader has written it, or has a variable of a cell that failed.
  private static final Pattern RECEIVED =
      Pattern.compile("(receives|gives|has) (an? )?(null|\"null\"|\\[null(, null)*])");
  private static final int LEAST_WORDS = 4;

  private Verdict() {}

  /** What is wrong with an error; empty where nothing is. */
  static Optional<String> of(Throwable thrown) {
    if (Stream.iterate(thrown, e -> e != null, Throwable::getCause)
        .anyMatch(Lambdas.Thrown.class::isInstance)) {
      return Optional.empty();
    }
    Class<?> type = thrown.getClass();
    boolean isOurs = type.getName().startsWith("org.lossbook.");
    if (!isOurs && type != IllegalArgumentException.class && type != IllegalStateException.class) {
      return Optional.of("a bare " + type.getSimpleName());
    }
    String from =
        thrown.getStackTrace().length == 0 ? "?" : thrown.getStackTrace()[0].getClassName();
    if (!from.startsWith("org.lossbook.")) {
      return Optional.of("made by " + from);
    }
    String first =
        thrown.getMessage() == null ? "" : thrown.getMessage().lines().findFirst().orElse("");
    if (first.strip().split("\\s+").length < LEAST_WORDS) {
      return Optional.of("a message that says nothing");
    }
    if (BARE.matcher(first).find()) {
      return Optional.of("a message in Java's own words");
    }
    String rest = RECEIVED.matcher(first).replaceAll("");
    return NULL.matcher(rest).find() ? Optional.of("a null in its text") : Optional.empty();
  }
}
