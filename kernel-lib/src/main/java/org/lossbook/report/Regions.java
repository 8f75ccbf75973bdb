package org.lossbook.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.Internal;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.plot.Figure;
import org.lossbook.plot.Scatter;
import org.lossbook.training.DataChecks;
import org.lossbook.training.OutputHead;

/**
 * The decision regions of a classifier of two numbers: the plane in the colour of the class that it
 * answers, paler where it is less sure, and a dataset's samples in the colour of theirs.
 *
 * @hidden
 */
@Internal
public final class Regions {
  private static final int COLUMNS = 160;
  private static final int ROWS = 120;

  /** The plane reaches beyond the samples by this share of their extent. */
  private static final double MARGIN = 0.1;

  private Regions() {}

  /**
   * The figure.
   *
   * @throws IllegalArgumentException where a sample is not two numbers, or the model has no classes
   */
  public static Figure of(Model model, Dataset data) {
    Classification truth = classified("regions", model, data);
    double[] x = Values.of("regions", data.x()).toDoubles();
    double[][] axis = {axis(x, 0), axis(x, 1)};
    int[] labels = new int[ROWS * COLUMNS];
    double[] shares = new double[ROWS * COLUMNS];
    answer("regions", model, places(axis, ROWS, COLUMNS), labels, shares);
    return figure(
        "What the model answers where",
        groups(truth, x),
        background(axis, ROWS, COLUMNS, labels, shares));
  }

  /**
   * The true classes of the samples, which are two numbers each.
   *
   * @param who the caller, for messages
   */
  static Classification classified(String who, Model model, Dataset data) {
    DataChecks.given(who, data);
    if (!Arrays.equals(data.sampleShape(), new int[] {2})) {
      throw Messages.wrong(
          "%s expects samples of two numbers, the two axes of its figure, but receives samples of shape %s: train a model on two features, such as data.select(\"x1\", \"x2\").",
          who, Arrays.toString(data.sampleShape()));
    }
    return Classification.of(who, model, data);
  }

  /** The samples of each class. */
  static List<Scatter.Group> groups(Classification truth, double... x) {
    List<Scatter.Group> groups = new ArrayList<>();
    for (int k = 0; k < truth.names().size(); k++) {
      int group = k;
      int[] own =
          IntStream.range(0, truth.truth().length).filter(i -> truth.truth()[i] == group).toArray();
      groups.add(
          new Scatter.Group(
              truth.names().get(k),
              IntStream.of(own).mapToDouble(i -> x[2 * i]).toArray(),
              IntStream.of(own).mapToDouble(i -> x[2 * i + 1]).toArray()));
    }
    return groups;
  }

  static Figure figure(String title, List<Scatter.Group> groups, Scatter.Background plane) {
    return new Scatter(title, "x₁", "x₂", groups).before(plane).figure();
  }

  /** Where an axis begins and ends: 0 is that of the first number, 1 of the second. */
  static double[] axis(double[] x, int which) {
    var range =
        IntStream.range(0, x.length / 2).mapToDouble(i -> x[2 * i + which]).summaryStatistics();
    double extent = range.getMax() - range.getMin();
    double room = extent > 0 ? MARGIN * extent : 1;
    return new double[] {range.getMin() - room, range.getMax() + room};
  }

  /** The middles of the cells, row by row from below. */
  static Values places(double[][] axis, int rows, int columns) {
    double[] places = new double[2 * rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int at = 2 * (r * columns + c);
        places[at] = axis[0][0] + (c + 0.5) / columns * (axis[0][1] - axis[0][0]);
        places[at + 1] = axis[1][0] + (r + 0.5) / rows * (axis[1][1] - axis[1][0]);
      }
    }
    return Values.of(places, rows * columns, 2);
  }

  /**
   * What the model answers at these places.
   *
   * @param labels receives the class
   * @param strengths receives how sure it is: 0 for a guess, which of two classes is one half and
   *     of three a third, 1 where there is no doubt
   */
  static void answer(String who, Model model, Values places, int[] labels, double[] strengths) {
    Values answers = model.predictValues(places);
    OutputHead head = ModelState.of(who, model).compiled().singleOutput(who);
    double threshold = head.outputLoss().threshold();
    int outputs = head.width();
    int classes = outputs == 1 ? 2 : outputs;
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Classification.label(answers, i, outputs, threshold);
      double share =
          outputs > 1
              ? Classification.share(answers, i, labels[i], head.outputLoss().givesProbabilities())
              : yes(answers.get(i), threshold, labels[i]);
      strengths[i] = (share - 1.0 / classes) / (1 - 1.0 / classes);
    }
  }

  static Scatter.Background background(
      double[][] axis, int rows, int columns, int[] labels, double... strengths) {
    int[][] group = new int[rows][];
    double[][] strength = new double[rows][];
    for (int r = 0; r < rows; r++) {
      group[r] = Arrays.copyOfRange(labels, r * columns, (r + 1) * columns);
      strength[r] = Arrays.copyOfRange(strengths, r * columns, (r + 1) * columns);
    }
    return new Scatter.Background(axis[0][0], axis[0][1], axis[1][0], axis[1][1], group, strength);
  }

  private static double yes(double answer, double threshold, int label) {
    double p = threshold == 0 ? 1 / (1 + Math.exp(-answer)) : answer;
    return label == 1 ? p : 1 - p;
  }
}
