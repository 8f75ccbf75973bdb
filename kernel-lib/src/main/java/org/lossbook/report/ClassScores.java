package org.lossbook.report;

import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.TrainingLoss;
import org.lossbook.model.Model;
import org.lossbook.model.ModelState;
import org.lossbook.training.DataChecks;
import org.lossbook.training.OutputHead;
import org.lossbook.training.OutputLoss;

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
    OutputLoss outputLoss = ModelState.of(who, model).compiled().singleOutput(who).outputLoss();
    double threshold = outputLoss.threshold();
    Values scores = model.predictValues(data);
    int outputs = scores.rowSize();
    if (outputs > 1 && !isSeveralAnswers(model, data)) {
      var classified = Classification.of(who, scores, data, outputLoss);
      double[] labels = IntStream.of(classified.truth()).asDoubleStream().toArray();
      return new ClassScores(
          Values.of(labels, labels.length), scores, classified.names(), threshold);
    }
    return new ClassScores(
        Values.of(who, data.y()).reshape(data.size(), outputs),
        scores.reshape(data.size(), outputs),
        Classification.names(data, outputs),
        threshold);
  }

  /** Whether a model is multi-label: several yes/no answers per sample. */
  static boolean isSeveralAnswers(Model model, Dataset data) {
    OutputHead head = ModelState.of("report", model).compiled().singleOutput("report");
    int outputs = head.size();
    var training = new TrainingLoss(head.loss());
    return outputs > 1 && training.takesAnswers() && Shapes.size(data.targetShape()) == outputs;
  }
}
