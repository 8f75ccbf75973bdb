package org.lossbook.metric.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lossbook.data.Values;

/** Texts, or lists of words, as rows of numbers: equal words have equal numbers. */
record Tokens(Values y, Values yHat) {
  /** Whether something is text, or a list of words or of texts. */
  static boolean are(Object given) {
    return given instanceof CharSequence
        || given instanceof Object[] all && all.length > 0 && are(all[0])
        || given instanceof List<?> list && !list.isEmpty() && are(list.get(0));
  }

  /** A text is one sequence of characters, and a list of words one of words. */
  static Tokens of(Object y, Object yHat) {
    Map<Object, Integer> numbers = new HashMap<>();
    return new Tokens(rows(y, numbers), rows(yHat, numbers));
  }

  double figure(EditDistance metric) {
    return metric.of(y, yHat);
  }

  private static Values rows(Object given, Map<Object, Integer> numbers) {
    List<?> list = list(given);
    boolean isOne = list.isEmpty() || !(list.get(0) instanceof List || isArray(list.get(0)));
    List<List<?>> sequences = new ArrayList<>();
    if (isOne) {
      sequences.add(list);
    } else {
      list.forEach(each -> sequences.add(list(each)));
    }
    int longest = Math.max(1, sequences.stream().mapToInt(List::size).max().orElse(1));
    double[] rows = new double[sequences.size() * longest];
    Arrays.fill(rows, -1);
    for (int s = 0; s < sequences.size(); s++) {
      for (int i = 0; i < sequences.get(s).size(); i++) {
        Object token = sequences.get(s).get(i);
        rows[s * longest + i] = numbers.computeIfAbsent(token, each -> numbers.size());
      }
    }
    return Values.of(rows, sequences.size(), longest);
  }

  private static boolean isArray(Object given) {
    return given instanceof Object[];
  }

  private static List<?> list(Object given) {
    if (given instanceof CharSequence text) {
      return text.codePoints().boxed().toList();
    }
    return given instanceof Object[] all ? Arrays.asList(all) : (List<?>) given;
  }
}
