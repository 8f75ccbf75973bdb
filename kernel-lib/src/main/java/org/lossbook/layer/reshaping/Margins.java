package org.lossbook.layer.reshaping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.config.Require;
import org.lossbook.config.Settings;

/**
 * How many numbers to add or remove before and after each axis but the channels.
 *
 * @param before for each axis
 * @param after for each axis
 */
record Margins(int[] before, int[] after) {
  private static final String[] EXAMPLES = {
    "a number, or one before and one after",
    "a number, one for each of height and width, or top, bottom, left and right",
    "a number, one for each of depth, height and width, or one before and one after each of them"
  };

  /**
   * As written in a call: one number for all, one for each axis, or two for each.
   *
   * @param defaultMargin where none is given
   */
  static Margins of(String who, int axes, int defaultMargin, int... given) {
    Require.given(given, who, EXAMPLES[axes - 1], "write " + who + "(1)");
    int[] each = given.length == 0 ? new int[] {defaultMargin} : given;
    // Of one axis two numbers are those before and after it, as Keras has them.
    int perAxis = each.length == 1 ? 0 : each.length == axes && axes > 1 ? 1 : 2;
    if (perAxis == 2 && each.length != 2 * axes) {
      throw Messages.wrong(
          "%s expects %s but receives %d numbers: %s(1) is the same on all sides.",
          who, EXAMPLES[axes - 1], given.length, who);
    }
    for (int number : each) {
      if (number < 0) {
        throw Messages.wrong(
            "%s expects numbers of 0 or more but receives %d: leave out the sign.", who, number);
      }
    }
    return new Margins(
        IntStream.range(0, axes).map(i -> each[perAxis * i]).toArray(),
        IntStream.range(0, axes).map(i -> each[perAxis == 2 ? 2 * i + 1 : perAxis * i]).toArray());
  }

  /** As a file has them: a number, a number for each axis, or pairs. */
  static Margins from(Settings settings, String name, String who, int axes, int defaultMargin) {
    Object value = settings.value(name).orElse(defaultMargin);
    List<Object> numbers = new ArrayList<>();
    for (Object each : value instanceof List<?> list ? list : List.of(value)) {
      numbers.addAll(each instanceof List<?> pair ? pair : List.of(each));
    }
    int[] given =
        numbers.stream()
            .mapToInt(
                number ->
                    number instanceof Number one && one.intValue() == one.doubleValue()
                        ? one.intValue()
                        : settings.wrong(name, "whole numbers", value))
            .toArray();
    boolean fits = given.length == 1 || given.length == axes || given.length == 2 * axes;
    return fits
        ? of(who, axes, defaultMargin, given)
        : settings.wrong(name, "one number or two for each axis", value);
  }

  /** As Keras writes them: a pair for one axis, else a list of pairs. */
  Object saved() {
    List<Object> pairs =
        IntStream.range(0, before.length)
            .<Object>mapToObj(i -> List.of(before[i], after[i]))
            .toList();
    return pairs.size() == 1 ? pairs.get(0) : pairs;
  }

  /** Those before each axis, none of them before the channels. */
  int[] beforeAll() {
    return Arrays.copyOf(before, before.length + 1);
  }

  /** Those after each axis, none of them after the channels. */
  int[] afterAll() {
    return Arrays.copyOf(after, after.length + 1);
  }
}
