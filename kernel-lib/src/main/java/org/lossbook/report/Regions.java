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
    DataChecks.given("regions", data);
    if (!Arrays.equals(data.sampleShape(), new int[] {2})) {
      throw Messages.wrong(
          "regions expects samples of two numbers, the two axes of its figure, but receives samples of shape %s: train a model on two features, such as data.select(\"x1\", \"x2\").",
          Arrays.toString(data.sampleShape()));
    }
    Classification truth = Classification.of("regions", model, data);
    double[] x = Values.of("regions", data.x()).toDoubles();
    double[][] axis = {axis(x, 0), axis(x, 1)};
    Scatter.Background plane = plane(model, axis);
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
    return new Scatter("What the model answers where", "x₁", "x₂", groups).before(plane).figure();
  }

  private static double[] axis(double[] x, int which) {
    var range =
        IntStream.range(0, x.length / 2).mapToDouble(i -> x[2 * i + which]).summaryStatistics();
    double extent = range.getMax() - range.getMin();
    double room = extent > 0 ? MARGIN * extent : 1;
    return new double[] {range.getMin() - room, range.getMax() + room};
  }

  private static Scatter.Background plane(Model model, double[][] axis) {
    double[] places = new double[2 * ROWS * COLUMNS];
    for (int r = 0; r < ROWS; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        int at = 2 * (r * COLUMNS + c);
        places[at] = axis[0][0] + (c + 0.5) / COLUMNS * (axis[0][1] - axis[0][0]);
        places[at + 1] = axis[1][0] + (r + 0.5) / ROWS * (axis[1][1] - axis[1][0]);
      }
    }
    Values answers = model.predictValues(Values.of(places, ROWS * COLUMNS, 2));
    OutputHead head = ModelState.of("regions", model).compiled().singleOutput("regions");
    double threshold = head.outputLoss().threshold();
    int outputs = head.width();
    int classes = outputs == 1 ? 2 : outputs;
    int[][] group = new int[ROWS][COLUMNS];
    double[][] strength = new double[ROWS][COLUMNS];
    for (int i = 0; i < ROWS * COLUMNS; i++) {
      int label = Classification.label(answers, i, outputs, threshold);
      double share =
          outputs > 1
              ? Classification.share(answers, i, label, head.outputLoss().givesProbabilities())
              : yes(answers.get(i), threshold, label);
      group[i / COLUMNS][i % COLUMNS] = label;
      // A guess is pale: of two classes one half, of three a third.
      strength[i / COLUMNS][i % COLUMNS] = (share - 1.0 / classes) / (1 - 1.0 / classes);
    }
    return new Scatter.Background(axis[0][0], axis[0][1], axis[1][0], axis[1][1], group, strength);
  }

  private static double yes(double answer, double threshold, int label) {
    double p = threshold == 0 ? 1 / (1 + Math.exp(-answer)) : answer;
    return label == 1 ? p : 1 - p;
  }
}
