package org.lossbook.callback;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lossbook.base.Messages;

/**
 * A file name with placeholders in braces for the state of a run, formatted as in Python: {@code
 * {epoch:02d}}, {@code {val_loss:.2f}}.
 *
 * @param who writes the file, for messages
 * @param pattern the name with its placeholders
 */
record FileName(String who, String pattern) {
  private static final Pattern BRACES = Pattern.compile("\\{([^{}:]*)(?::([^{}]*))?}");
  private static final Pattern WHOLE = Pattern.compile("0?\\d*d");
  private static final Pattern FRACTION = Pattern.compile("\\d*(\\.\\d+)?[efg]");

  static FileName of(String who, String pattern, String... endings) {
    if (pattern == null || Stream.of(endings).noneMatch(pattern::endsWith)) {
      throw Messages.wrong(
          "%s expects a file name that ends in %s but receives %s: try %s(\"model%s\").",
          who,
          String.join(" or ", endings),
          pattern == null ? "none" : "\"" + pattern + "\"",
          who,
          endings[0]);
    }
    var name = new FileName(who, pattern);
    Matcher braces = BRACES.matcher(pattern);
    while (braces.find()) {
      name.checkFormat(braces.group(1), braces.group(2));
    }
    return name;
  }

  private static boolean isCount(String name) {
    return name.equals("epoch") || name.equals("batch");
  }

  private void checkFormat(String name, String format) {
    Pattern known = isCount(name) ? WHOLE : FRACTION;
    if (format != null && !known.matcher(format).matches()) {
      throw Messages.wrong(
          "%s expects a format such as %s for {%s} but receives \"%s\".",
          who, isCount(name) ? "02d" : ".2f", name, format);
    }
  }

  /**
   * Checks that the run has a value for every placeholder.
   *
   * @param atEpochEnds whether validation has been measured when the file is written
   */
  void check(Run run, boolean atEpochEnds) {
    Matcher braces = BRACES.matcher(pattern);
    while (braces.find()) {
      String name = braces.group(1);
      boolean there =
          isCount(name) || run.names().contains(name) && (atEpochEnds || !name.startsWith("val_"));
      if (!there) {
        throw Messages.wrong(
            "%s expects names of this run in the braces of %s but receives {%s} where there is epoch, batch, %s.",
            who, pattern, name, String.join(", ", run.names()));
      }
    }
  }

  /** The name for the current state of a run. */
  String at(Run run) {
    return BRACES
        .matcher(pattern)
        .replaceAll(brace -> Matcher.quoteReplacement(text(run, brace.group(1), brace.group(2))));
  }

  private static String text(Run run, String name, String format) {
    if (isCount(name)) {
      int count = name.equals("epoch") ? run.epoch() : run.batch();
      return String.format(Locale.ROOT, "%" + (format == null ? "d" : format), count);
    }
    double value = run.figure(name);
    return format == null
        ? Double.toString(value)
        : String.format(Locale.ROOT, "%" + format, value);
  }

  @Override
  public String toString() {
    return pattern;
  }
}
