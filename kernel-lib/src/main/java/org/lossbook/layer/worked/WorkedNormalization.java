package org.lossbook.layer.worked;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.data.Values;
import org.lossbook.formula.Numbers;

/**
 * A normalization: of numbers that belong together the mean, the variance and the deviation, then
 * each less the mean, divided by the deviation, times gamma, plus beta.
 *
 * @hidden
 */
@Internal
public final class WorkedNormalization {
  private final Values x;
  private final double epsilon;
  private final Optional<Values> gamma;
  private final Optional<Values> beta;
  private final List<List<String>> lines = new ArrayList<>();
  private final double[] result;

  /**
   * @param gamma the scale of each channel or place of a row; none is 1
   * @param beta what is added to it; none is 0
   */
  public WorkedNormalization(
      Values x, double epsilon, Optional<Values> gamma, Optional<Values> beta) {
    this.x = x;
    this.epsilon = epsilon;
    this.gamma = gamma;
    this.beta = beta;
    result = new double[x.size()];
  }

  /** The numbers of each row. */
  public LayerSteps ofRows(String title) {
    int width = WorkedRows.width(x);
    for (int from = 0; from < result.length; from += width) {
      int[] places = IntStream.range(from, from + width).toArray();
      String whose = width == result.length ? "" : "row " + from / width + ", ";
      normalize(places, whose, IntStream.range(0, width).toArray());
    }
    return new LayerSteps(title, List.of(), lines, Values.of(result, WorkedRows.shape(x)));
  }

  /**
   * The numbers of each channel, over all other axes.
   *
   * @param axis that of the channels
   */
  public LayerSteps ofChannels(String title, int axis) {
    var places = new Places(x.shape());
    int channels = places.extent(axis);
    String word = places.axes() == 2 && axis == 1 ? "column " : "channel ";
    for (int c = 0; c < channels; c++) {
      int channel = c;
      int[] own =
          IntStream.range(0, result.length)
              .filter(place -> places.index(place)[axis] == channel)
              .toArray();
      String whose = channels == 1 ? "" : word + c + ", ";
      normalize(own, whose, IntStream.generate(() -> channel).limit(own.length).toArray());
    }
    return new LayerSteps(title, List.of(), lines, Values.of(result, x.shape()));
  }

  /**
   * @param weights for each place, which number of gamma and beta is its own
   */
  private void normalize(int[] places, String whose, int... weights) {
    var sum = new Terms();
    for (int place : places) {
      sum.number(x.get(place));
    }
    double mean = sum.sum() / places.length;
    String meant = Terms.text(mean, false);
    double squares = 0;
    List<String> written = new ArrayList<>();
    for (int place : places) {
      double difference = x.get(place) - mean;
      squares += difference * difference;
      if (written.size() < 8) {
        written.add("(" + Numbers.text(x.get(place)) + " − " + meant + ")²");
      }
    }
    double variance = squares / places.length;
    double deviation = Math.sqrt(variance + epsilon);
    String more = places.length > written.size() ? " + …" : "";
    line(whose + "mean", "(" + sum + ")/" + places.length, mean);
    line(
        whose + "variance",
        "(" + String.join(" + ", written) + more + ")/" + places.length,
        variance);
    line(
        whose + "deviation",
        "√(" + Numbers.text(variance) + " + " + Numbers.text(epsilon) + ")",
        deviation);
    for (int i = 0; i < places.length; i++) {
      int weight = weights[i];
      double number = x.get(places[i]);
      double scale = gamma.map(all -> all.get(weight)).orElse(1.0);
      double shift = beta.map(all -> all.get(weight)).orElse(0.0);
      result[places[i]] = scale * ((number - mean) / deviation) + shift;
      String steps = "(" + Numbers.text(number) + " − " + meant + ")/" + Numbers.text(deviation);
      line(
          whose + "y" + Numbers.subscript(Integer.toString(i + 1)),
          gamma.map(all -> Terms.text(scale, true) + "·").orElse("")
              + steps
              + beta.map(all -> " + " + Terms.text(shift, false)).orElse(""),
          result[places[i]]);
    }
  }

  private void line(String name, String steps, double value) {
    lines.add(List.of(name, steps, Numbers.text(value)));
  }
}
