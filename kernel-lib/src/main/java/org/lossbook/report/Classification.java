package org.lossbook.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lossbook.base.Messages;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.engine.Shapes;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.training.CompiledModel;
import org.lossbook.training.DataChecks;
import org.lossbook.training.OutputHead;
import org.lossbook.training.OutputLoss;
import org.lossbook.training.Predictor;

/**
 * A model's classification of each sample of a dataset.
 *
 * @param truth the label of each sample, or of each position; −1 where it does not count
 * @param predicted the predicted label of each sample
 * @param confidence the predicted probability of the true label
 * @param names of the classes
 */
record Classification(int[] truth, int[] predicted, float[] confidence, List<String> names) {
  private static final int MOST_CLASSES = 1000;
  static final int IGNORED = -1;

  /**
   * Classifies all samples with a model.
   *
   * @param who the caller, for messages: {@code confusionMatrix}
   * @throws IllegalArgumentException if the model or the targets have no classes
   */
  static Classification of(String who, Model model, Dataset data) {
    DataChecks.given(who, data);
    CompiledModel compiled = ModelState.of(who, model).compiled();
    OutputHead head = compiled.singleOutput(who);
    return of(who, model.predictValues(data), data, head, Predictor.counting(compiled, 0, data));
  }

  /**
   * The classification from a model's predictions, of each position where it has several.
   *
   * @param head the output and loss of the model
   * @param counting which rows count, if not all
   */
  static Classification of(
      String who, Values given, Dataset data, OutputHead head, Optional<boolean[]> counting) {
    OutputLoss outputLoss = head.outputLoss();
    double threshold = outputLoss.threshold();
    int outputs = head.width();
    int n = given.size() / outputs;
    Values predictions = given.reshape(n, outputs);
    int classes = outputs == 1 ? 2 : outputs;
    int[] truth = labels(who, data, n / data.size(), classes, head.ignored(), counting);
    int[] predicted = new int[n];
    float[] confidence = new float[n];
    for (int i = 0; i < n; i++) {
      predicted[i] = label(predictions, i, outputs, threshold);
      if (truth[i] == IGNORED) {
        continue;
      }
      if (outputs == 1) {
        double p = predictions.get(i);
        double yes = threshold == 0 ? 1 / (1 + Math.exp(-p)) : p;
        confidence[i] = (float) (truth[i] == 1 ? yes : 1 - yes);
      } else {
        confidence[i] = (float) share(predictions, i, truth[i], outputLoss.givesProbabilities());
      }
    }
    return new Classification(truth, predicted, confidence, names(data, classes));
  }

  /** The probability of a class in a row; logits and scores go through softmax. */
  static double share(Values rows, int row, int label, boolean isShare) {
    int from = row * rows.rowSize();
    if (isShare) {
      return rows.get(from + label);
    }
    double sum = 0;
    for (int i = 0; i < rows.rowSize(); i++) {
      sum += Math.exp(rows.get(from + i) - rows.get(from + label));
    }
    return 1 / sum;
  }

  /** The classification from true labels, and predicted labels or rows of scores. */
  static Classification ofLabels(String who, Object y, Object yHat) {
    Values truth = Values.of(who, y);
    Values said = Values.of(who, yHat);
    if (truth.size() != said.rows()) {
      throw Messages.wrong(
          "%s expects as many samples in y as in ŷ but receives %,d and %,d: give each truth"
              + " its prediction.",
          who, truth.size(), said.rows());
    }
    boolean isRow = said.rowSize() > 1;
    if (said.rowSize() > MOST_CLASSES) {
      throw Messages.wrong(
          "%s expects scores of at most %,d classes but receives rows of %,d: a table of so"
              + " many cannot be read.",
          who, MOST_CLASSES, said.rowSize());
    }
    int[] labels = new int[truth.size()];
    int[] predicted = new int[truth.size()];
    int classes = said.rowSize();
    for (int i = 0; i < labels.length; i++) {
      labels[i] = label(who, "y", truth.get(i), i);
      predicted[i] = isRow ? label(said, i, said.rowSize(), 0.5) : label(who, "ŷ", said.get(i), i);
      classes = Math.max(classes, Math.max(labels[i], predicted[i]) + 1);
    }
    var names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return new Classification(labels, predicted, new float[labels.length], names);
  }

  private static int label(String who, String where, double value, int at) {
    if (value != (int) value || value < 0 || value >= MOST_CLASSES) {
      throw Messages.wrong(
          "%s expects labels, counted from 0, but %s[%d] is %s: give whole numbers, or a row of"
              + " scores for each sample as ŷ.",
          who, where, at, value);
    }
    return (int) value;
  }

  /** The confusion matrix: one row per true class, one column per predicted class. */
  int[][] counts() {
    int[][] counts = new int[names.size()][names.size()];
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] != IGNORED) {
        counts[truth[i]][predicted[i]]++;
      }
    }
    return counts;
  }

  /**
   * The predicted class: the index of the largest output, or, for a single output, whether it
   * exceeds the threshold.
   */
  static int label(Values rows, int row, int width, double threshold) {
    if (width == 1) {
      return rows.get(row) > threshold ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < width; i++) {
      if (rows.get(row * width + i) > rows.get(row * width + best)) {
        best = i;
      }
    }
    return best;
  }

  private static int[] labels(
      String who,
      Dataset data,
      int positions,
      int classes,
      OptionalInt ignored,
      Optional<boolean[]> counting) {
    int target = Shapes.size(data.targetShape());
    int width = target / positions;
    if (target % positions != 0 || width != 1 && width != classes) {
      throw Messages.wrong(
          "%s expects a label or a row of %d for each sample, as the model has %d classes, but"
              + " the targets are rows of %d: give the dataset that the model was built for.",
          who, classes, classes, target);
    }
    int[] labels = new int[data.size() * positions];
    Values targets = Values.of(who, data.y()).reshape(labels.length, width);
    for (int i = 0; i < labels.length; i++) {
      boolean isIgnored = width == 1 && ignored.isPresent() && targets.get(i) == ignored.getAsInt();
      if (isIgnored || counting.isPresent() && !counting.get()[i]) {
        labels[i] = IGNORED;
        continue;
      }
      double given = targets.get(i);
      double value = given == -1 && classes == 2 ? 0 : given; // the negative label of hinge losses
      labels[i] = width == 1 ? (int) value : label(targets, i, width, 0.5);
      if (width == 1 && (labels[i] != value || labels[i] < 0 || labels[i] >= classes)) {
        throw Messages.wrong(
            "%s expects labels 0 to %d, as the model has %d classes, but target %d is %s: give"
                + " the dataset that the model was built for.",
            who, classes - 1, classes, i, value);
      }
    }
    return labels;
  }

  /** The class names of the dataset, or numbers. */
  static List<String> names(Dataset data, int classes) {
    return data.classNames().size() == classes
        ? data.classNames()
        : IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  boolean isMistake(int sample) {
    return truth[sample] != predicted[sample];
  }

  /** The name of the true class. */
  String truthName(int sample) {
    return names.get(truth[sample]);
  }

  /** The name of the predicted class. */
  String predictedName(int sample) {
    return names.get(predicted[sample]);
  }
}
