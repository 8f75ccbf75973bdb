package org.lossbook.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.engine.Bounds;
import org.lossbook.loss.MeanAbsoluteError;
import org.lossbook.loss.MeanSquaredError;
import org.lossbook.loss.RootMeanSquaredError;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.metric.Metric;
import org.lossbook.metric.accuracy.Accuracy;
import org.lossbook.metric.confusion.ConfusionMetric;
import org.lossbook.metric.confusion.FBeta;
import org.lossbook.metric.confusion.Precision;
import org.lossbook.metric.confusion.Recall;
import org.lossbook.metric.regression.R2;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.training.DataChecks;
import org.lossbook.training.OutputHead;

/** Computes reports. */
final class Reports {
  private static final List<ConfusionMetric<?>> FIGURES =
      List.of(Precision.precision(), Recall.recall(), FBeta.f1());
  private static final List<String> OF_CLASSES =
      List.of("precision", "recall", "f1", Report.SUPPORT);
  private static final List<String> OF_ERRORS =
      List.of("mse", "rmse", "mae", "r2", "median error", "largest error");
  private static final String MEANING =
      "precision: of what is predicted, how much is right; recall: of what is there, how much is found;"
          + " f1: their harmonic mean";
  private static final String ERRORS =
      "mse: in the square of the target's unit; r2: the share of its variance that is explained; the"
          + " others: in its unit";

  private static final int MOST_ANSWERS = 100;

  private Reports() {}

  static Report of(Model model, Dataset data) {
    ModelState.of("report", model);
    DataChecks.given("report", data);
    if (ClassScores.isSeveralAnswers(model, data)) {
      return ofAnswers(ClassScores.of("report", model, data));
    }
    return hasClasses(model, data)
        ? ofClasses(Classification.of("report", model, data))
        : ofMeasurements(model, data);
  }

  /**
   * Whether it is classification: by the loss, or, for a regression loss, by labels and the last
   * activation.
   */
  private static boolean hasClasses(Model model, Dataset data) {
    OutputHead head = ModelState.of("report", model).compiled().singleOutput("report");
    int outputs = head.width();
    Bounds end = head.outputLoss().bounds();
    boolean isClassifier =
        end.sumToOne() && data.classNames().size() == outputs
            || end.areProbabilities() && outputs == 1 && data.classNames().size() == 2;
    return new TrainingLoss(head.loss()).classes(outputs) > 0 || isClassifier;
  }

  /** Truth, predictions and weights, with the figures of each class. */
  private record Predicted(
      Object y, Object yHat, Object weights, List<ConfusionMetric<?>> figures, double[] support) {

    Map<String, List<Double>> each(List<String> names) {
      double[][] columns =
          figures.stream().map(f -> f.perClass().of(y, yHat, weights)).toArray(double[][]::new);
      Map<String, List<Double>> rows = new LinkedHashMap<>();
      for (int c = 0; c < names.size(); c++) {
        int at = c;
        rows.put(
            names.get(c),
            Stream.concat(Stream.of(columns).map(column -> column[at]), Stream.of(support[at]))
                .toList());
      }
      return rows;
    }

    List<Double> row(Function<ConfusionMetric<?>, Metric> averaged) {
      return Stream.concat(
              figures.stream().map(f -> averaged.apply(f).of(y, yHat, weights)),
              Stream.of(DoubleStream.of(support).sum()))
          .toList();
    }
  }

  /**
   * The report of classes, with each cell of the confusion matrix as a sample weighted by its
   * count.
   */
  static Report ofClasses(Classification classified) {
    int classes = classified.names().size();
    int[][] counts = classified.counts();
    int[] cells =
        IntStream.range(0, classes * classes)
            .filter(i -> counts[i / classes][i % classes] > 0)
            .toArray();
    double[] y = IntStream.of(cells).mapToDouble(i -> i / classes).toArray();
    double[] weights =
        IntStream.of(cells).mapToDouble(i -> counts[i / classes][i % classes]).toArray();
    double[][] yHat = new double[cells.length][classes];
    for (int i = 0; i < cells.length; i++) {
      yHat[i][cells[i] % classes] = 1;
    }
    double[] support = Stream.of(counts).mapToDouble(row -> IntStream.of(row).sum()).toArray();
    var predicted = new Predicted(y, yHat, weights, FIGURES, support);
    double accuracy = Accuracy.accuracy().of(y, yHat, weights);

    Map<String, List<Double>> rows = predicted.each(classified.names());
    double all = DoubleStream.of(support).sum();
    rows.put("accuracy", List.of(Double.NaN, Double.NaN, accuracy, all));
    rows.put("macro avg", predicted.row(ConfusionMetric::macro));
    rows.put("weighted avg", predicted.row(ConfusionMetric::weighted));
    return new Report("class", OF_CLASSES, rows, Map.of("accuracy", accuracy), List.of(MEANING));
  }

  /**
   * The report of a multi-label model; too many labels for a row each, such as pixels, have only
   * the averages.
   */
  private static Report ofAnswers(ClassScores scored) {
    Values y = scored.truth();
    int outputs = y.rowSize();
    double[] support = new double[outputs];
    for (int i = 0; i < y.size(); i++) {
      support[i % outputs] += y.get(i) > 0.5 ? 1 : 0;
    }
    double[] ones = new double[y.rows()];
    Arrays.fill(ones, 1);
    List<ConfusionMetric<?>> figures =
        FIGURES.stream().<ConfusionMetric<?>>map(f -> f.threshold(scored.threshold())).toList();
    var predicted = new Predicted(y, scored.scores(), ones, figures, support);

    Map<String, List<Double>> rows = new LinkedHashMap<>();
    if (outputs <= MOST_ANSWERS) {
      rows.putAll(predicted.each(scored.names()));
    }
    rows.put("micro avg", predicted.row(ConfusionMetric::micro));
    rows.put("macro avg", predicted.row(ConfusionMetric::macro));
    rows.put("weighted avg", predicted.row(ConfusionMetric::weighted));
    return new Report("answer", OF_CLASSES, rows, Map.of(), List.of(MEANING));
  }

  private static Report ofMeasurements(Model model, Dataset data) {
    OutputHead head = ModelState.of("report", model).compiled().singleOutput("report");
    Values predictions = model.predictValues(data);
    Values targets = Values.of("report", data.y());
    int outputs = head.width();
    if (targets.size() != predictions.size()) {
      throw Messages.wrong(
          "report expects %d numbers a target, as many as the model has outputs, but receives"
              + " %d: give the dataset that the model was built for.",
          outputs, targets.rowSize());
    }
    double[] y = targets.toDoubles();
    double[] yHat = predictions.toDoubles();
    Map<String, List<Double>> rows = new LinkedHashMap<>();
    for (int c = 0; outputs > 1 && c < outputs; c++) {
      rows.put("output " + c, errors(column(y, c, outputs), column(yHat, c, outputs), 1));
    }
    List<Double> all = errors(y, yHat, outputs);
    rows.put(outputs > 1 ? "all" : "all samples", all);
    Map<String, Double> overall = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      overall.put(OF_ERRORS.get(i), all.get(i));
    }
    return new Report("output", OF_ERRORS, rows, overall, List.of(ERRORS));
  }

  private static double[] column(double[] rows, int column, int width) {
    return IntStream.range(0, rows.length / width)
        .mapToDouble(i -> rows[i * width + column])
        .toArray();
  }

  private static List<Double> errors(double[] y, double[] yHat, int width) {
    double[] sizes =
        IntStream.range(0, y.length).mapToDouble(i -> Math.abs(y[i] - yHat[i])).sorted().toArray();
    int n = sizes.length;
    Values truth = Values.of(y, n / width, width);
    Values predicted = Values.of(yHat, n / width, width);
    return List.of(
        MeanSquaredError.mse().of(truth, predicted),
        RootMeanSquaredError.rmse().of(truth, predicted),
        MeanAbsoluteError.mae().of(truth, predicted),
        R2.r2().of(truth, predicted),
        (sizes[(n - 1) / 2] + sizes[n / 2]) / 2,
        sizes[n - 1]);
  }
}
