package org.lossbook.data.ratings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.config.Shown;
import org.lossbook.data.Values;
import org.lossbook.engine.Memory;

/** Users or items: their names, and which of them each rating is about. */
record Names(List<String> names, int[] numbers) {
  private static final int MOST = 10_000_000;
  private static final long BYTES_A_NAME = 64;

  /** Texts are numbered as they first occur; whole numbers are taken as they are. */
  static Names of(String name, Object given) {
    Require.given(given, "ratings", name, "a list of texts, or whole numbers from 0 on");
    List<?> list =
        given instanceof Object[] array
            ? Arrays.asList(array)
            : given instanceof Iterable<?> each ? list(each) : List.of();
    if (!list.isEmpty() && list.stream().allMatch(CharSequence.class::isInstance)) {
      return ofTexts(list);
    }
    Values values = Values.of("ratings", given).finite("ratings", name);
    int[] numbers = new int[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      double value = values.get(i);
      if (value < 0 || value >= MOST || value != Math.rint(value)) {
        throw Messages.wrong(
            "ratings expects texts or whole numbers from 0 on for %s but receives %s: number them 0, 1, 2, …",
            name, Shown.text(Double.toString(value)));
      }
      numbers[i] = (int) value;
    }
    return numbered(IntStream.of(numbers).max().orElse(-1) + 1, numbers);
  }

  static Names numbered(int count, int[] numbers) {
    Memory.heap(
        () -> Messages.of("ratings with %,d names", count),
        Memory.product(BYTES_A_NAME, count),
        "number them from 0 on, without gaps");
    return new Names(IntStream.range(0, count).mapToObj(Integer::toString).toList(), numbers);
  }

  private static List<Object> list(Iterable<?> each) {
    List<Object> list = new ArrayList<>();
    each.forEach(list::add);
    return list;
  }

  private static Names ofTexts(List<?> texts) {
    Map<String, Integer> known = new LinkedHashMap<>();
    int[] numbers = new int[texts.size()];
    for (int i = 0; i < numbers.length; i++) {
      String text = texts.get(i).toString();
      known.putIfAbsent(text, known.size());
      numbers[i] = known.get(text);
    }
    return new Names(List.copyOf(known.keySet()), numbers);
  }

  float[] column() {
    float[] column = new float[numbers.length];
    for (int i = 0; i < column.length; i++) {
      column[i] = numbers[i];
    }
    return column;
  }
}
