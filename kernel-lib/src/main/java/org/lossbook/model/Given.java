package org.lossbook.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.lossbook.data.DataStream;
import org.lossbook.data.Dataset;

/** Refuses what is not there, such as the variable of a cell that failed. */
final class Given {
  private static final int MOST_PICTURES = 1000; // a figure of them is 10,000 pixels high

  private Given() {}

  static Model model(String who, Model model) {
    return given(
        model, who, "a model", "var model = sequential(…).compile(adam(), mse()) makes one");
  }

  static Dataset data(String who, Dataset data) {
    return given(
        data, who, "a dataset", "digits().train() is one, and dataset(x, y) makes one of arrays");
  }

  static <T> T given(T value, String who, String expects, String fix) {
    return org.lossbook.config.Given.given(value, who, expects, fix);
  }

  static <T> List<T> all(
      Collection<?> values, Class<T> kind, String who, String expects, String fix) {
    return org.lossbook.config.Given.all(values, kind, who, expects, fix);
  }

  static <T> T[] each(T[] values, String who, String expects, String fix) {
    return org.lossbook.config.Given.each(values, who, expects, fix);
  }

  /** As a list, which is null where the array is. */
  static <T> List<T> list(T[] values) {
    return values == null ? null : Arrays.asList(values);
  }

  /** A learning rate that someone sets: with 0 nothing would ever move. */
  static double learningRate(String who, double rate) {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(
          Say.of(
              "%s expects a learning rate above 0 but receives %s: 0.001 is a usual one, and"
                  + " frozen() keeps a layer's weights as they are.",
              who, rate));
    }
    return rate;
  }

  /** What is neither a dataset nor a table has to be a stream. */
  static DataStream stream(String who, Object data) {
    if (given(data, who, "a dataset", "dataset(x, y) makes one of arrays")
        instanceof DataStream it) {
      return it;
    }
    throw new IllegalArgumentException(
        Say.of(
            "%s expects a dataset or a stream but receives a %s: dataset(x, y) makes one of arrays,"
                + " table(…) one of a table, stream(…) one of batches.",
            who, data.getClass().getSimpleName()));
  }

  /** How many pictures to show. */
  static int count(String who, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          Say.of("%s expects 1 picture or more but receives %d: 12 are two rows.", who, count));
    }
    if (count > MOST_PICTURES) {
      throw new IllegalArgumentException(
          Say.of(
              "%s expects at most %,d pictures but receives %,d: show a part, such as rows(0, 40)"
                  + " of the dataset.",
              who, MOST_PICTURES, count));
    }
    return count;
  }
}
