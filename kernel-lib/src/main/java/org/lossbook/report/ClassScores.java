package org.lossbook.report;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.training.DataChecks;
import org.lossbook.training.OutputHead;

/**
 * The scores that a model gives a dataset's classes.
 *
 * @param truth labels, or a row of 0 and 1 per sample
 * @param scores one score per sample, or a row of them
 * @param names the names of the classes, or of the labels of a multi-label model
 * @param threshold the decision threshold of a score
 */
record ClassScores(Values truth, Values scores, List<String> names, double threshold) {

  static ClassScores of(String who, Model model, Dataset data) {
    DataChecks.given(who, data);
    OutputHead head = ModelState.of(who, model).compiled().singleOutput(who);
    double threshold = head.outputLoss().threshold();
    Values given = model.predictValues(data);
    int outputs = head.width();
    int rows = given.size() / outputs;
    Values scores = given.reshape(rows, outputs);
    if (outputs > 1 && !isSeveralAnswers(model, data)) {
      var classified = Classification.of(who, given, data, head);
      double[] labels = IntStream.of(classified.truth()).asDoubleStream().toArray();
      var all =
          new ClassScores(Values.of(labels, labels.length), scores, classified.names(), threshold);
      return all.without(OptionalInt.of(Classification.IGNORED));
    }
    var all =
        new ClassScores(
            Values.of(who, data.y()).reshape(rows, outputs),
            scores,
            Classification.names(data, outputs),
            threshold);
    return outputs == 1 ? all.without(head.ignored()) : all;
  }

  /** Without the rows of the label that does not count. */
  private ClassScores without(OptionalInt ignored) {
    int[] kept =
        IntStream.range(0, truth.size())
            .filter(i -> ignored.isEmpty() || truth.get(i) != ignored.getAsInt())
            .toArray();
    if (kept.length == truth.size()) {
      return this;
    }
    int width = scores.rowSize();
    double[] y = IntStream.of(kept).mapToDouble(truth::get).toArray();
    double[] rows =
        IntStream.of(kept)
            .flatMap(i -> IntStream.range(i * width, (i + 1) * width))
            .mapToDouble(scores::get)
            .toArray();
    return new ClassScores(
        Values.of(y, y.length), Values.of(rows, y.length, width), names, threshold);
  }

  /** Whether a model is multi-label: several yes/no answers per sample. */
  static boolean isSeveralAnswers(Model model, Dataset data) {
    OutputHead head = ModelState.of("report", model).compiled().singleOutput("report");
    var training = new TrainingLoss(head.loss());
    int[] target = data.targetShape();
    int width = head.width();
    boolean isAlike =
        Shapes.areFixed(head.output().shape())
            ? Shapes.size(target) == head.size()
            : Shapes.last(target) == width;
    return width > 1 && training.takesAnswers() && isAlike;
  }
}
