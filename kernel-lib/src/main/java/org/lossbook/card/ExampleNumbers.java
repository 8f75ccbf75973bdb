package org.lossbook.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers in a Javadoc example: {@code vector(3, 5), vector(2.5, 5.5)}. */
final class ExampleNumbers {
  private static final Pattern TOKEN =
      Pattern.compile("vector|row|matrix|-?\\d+(?:\\.\\d+)?(?:[eE]-?\\d+)?|[(),]");

  private final Matcher tokens;
  private String next = "";

  private ExampleNumbers(String text) {
    tokens = TOKEN.matcher(text);
    advance();
  }

  /** The truth and the prediction that are given to {@code call}, such as {@code .of(}. */
  static Optional<Object[]> of(String example, String call) {
    int at = example.indexOf(call);
    if (at < 0) {
      return Optional.empty();
    }
    List<Object> given = new ExampleNumbers(example.substring(at + call.length() - 1)).list();
    return given.size() == 2 ? Optional.of(given.toArray()) : Optional.empty();
  }

  private void advance() {
    next = tokens.find() ? tokens.group() : "";
  }

  private List<Object> list() {
    List<Object> list = new ArrayList<>();
    advance(); // the opening bracket
    while (!next.isEmpty() && !next.equals(")")) {
      if (next.equals(",")) {
        advance();
      } else {
        list.add(value());
      }
    }
    advance();
    return list;
  }

  private Object value() {
    String token = next;
    advance();
    return switch (token) {
      case "vector", "row" ->
          list().stream().mapToDouble(number -> ((Number) number).doubleValue()).toArray();
      case "matrix" -> list().stream().map(double[].class::cast).toArray(double[][]::new);
      default -> Double.valueOf(token);
    };
  }
}
