package org.lossbook.report;

import java.util.List;
import java.util.stream.IntStream;
import org.lossbook.data.Dataset;
import org.lossbook.data.Values;
import org.lossbook.engine.Shapes;
import org.lossbook.loss.Training;
import org.lossbook.model.Life;
import org.lossbook.model.Model;
import org.lossbook.training.DataChecks;
import org.lossbook.training.Ending;
import org.lossbook.training.Head;

/**
 * What a model says of a dataset's classes, in scores.
 *
 * @param truth labels, or a row of 0 and 1 for each sample
 * @param scores one a sample, or a row of them
 * @param names of the classes, or of the answers where they do not exclude each other
 * @param yesAbove the threshold of a score
 */
record Asked(Values truth, Values scores, List<String> names, double yesAbove) {

  static Asked of(String who, Model model, Dataset data) {
    DataChecks.given(who, data);
    Ending ending = Life.of(who, model).core().only(who).ending();
    double yesAbove = ending.yesAbove();
    Values scores = model.predictValues(data);
    int outputs = scores.rowSize();
    if (outputs > 1 && !isSeveralAnswers(model, data)) {
      var classified = Classification.of(who, scores, data, ending);
      double[] labels = IntStream.of(classified.truth()).asDoubleStream().toArray();
      return new Asked(Values.of(labels, labels.length), scores, classified.names(), yesAbove);
    }
    return new Asked(
        Values.of(who, data.y()).reshape(data.size(), outputs),
        scores.reshape(data.size(), outputs),
        Classification.names(data, outputs),
        yesAbove);
  }

  /** Whether a model answers several questions about a sample, each yes or no. */
  static boolean isSeveralAnswers(Model model, Dataset data) {
    Head head = Life.of("report", model).core().only("report");
    int outputs = head.size();
    var training = new Training(head.loss());
    return outputs > 1 && training.takesAnswers() && Shapes.size(data.targetShape()) == outputs;
  }
}
